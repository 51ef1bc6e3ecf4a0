//! Texts of Kamu SM's instruction TAL.01.16 rev. 04, word by word: what pages and decoded statuses have to say.
//!
//! A line is a paragraph, or a point with its number; the tables of the banks are apart.

/// "Başvuru Formu ve Ödeme Bekleniyor".
pub const FORM_AND_PAYMENT: &[&str] = &[
    "1. Form doldurma/onaylama işlemi tamamlanmamıştır.",
    "2. Ödemeniz tarafımıza ulaşmamıştır. Ödeme bilgileriniz sisteme yansıdıktan sonra ödemenizi aşağıda belirtilen \
     yöntemlerden biri ile yapabilirsiniz. Ödeme bilgilerinizin sisteme yansıması işlem yoğunluğuna göre değişkenlik \
     gösterebilir.",
    "a. \"Borç Sorgulama ve Ödeme\" sayfasından, ilgili siparişlerinize ait borçlarınızı sorgulayarak kredi/banka \
     kartınızla,",
    "b. Aşağıdaki bankalardan ve ödeme kanallarından;",
    "Ödeme işlemini gerçekleştirebilirsiniz. Ödeme yaptıysanız dekontunuzu bilgi@kamusm.gov.tr adresimize konuyu \
     açıklayan bir mail ile gönderiniz.",
];

/// "Üretim Bekleniyor".
pub const PRODUCTION: &[&str] = &[
    "Geçerli durumdaki başvurunuz için gerekli belgeleriniz tamamlanmış olup siparişiniz üretime hazırlanmaktadır. \
     Başvuru türlerine göre üretim tarihleri değişkenlik gösterebilir.",
    "a. İlk Sertifika/Diğer: Sertifika hemen üretime alınır. Kurumlar arası geçişlerde üretim tarihi farklılık \
     gösterebilir.",
    "b. Yenileme: Tarihi en güncel olan aktif sertifikanın süresinin dolmasına 2 ay kala üretime alınır. Kurumlar \
     arası geçişlerde üretim tarihi farklılık gösterebilir.",
    "c. Kayıp/Çalınma - Donanım Arızası - Kimlik Bilgisi Güncelleme - PIN/PUK Kayıp/Çalınma: Sertifika hemen üretime \
     alınır ve üretildiği an aktif olur. Kullanıcının aynı kurumdan alınmış tüm sertifikaları iptal edilir.",
];

/// "İptal Edildi".
pub const CANCELLED: &[&str] = &[
    "Ön başvurunuz iptal edilmiştir. (Kurum/Kişi talebi ya da zaman aşımına istinaden) Yeniden ön başvuru açtırmak \
     istiyorsanız kamusm.gov.tr personel yardım sayfasında yer alan adımları takip edebilirsiniz.",
];

/// "Ödeme Bekleniyor", Şekil 6.
pub const RESULT: &[&str] = &[
    "1. Nitelikli Elektronik Sertifika başvuru formunuz tarafımıza iletilmiştir.",
    "2. Üretim sürecinin başlatılabilmesi için ödeme yapmanız gerekmektedir. Ödeme bilgilerinizin sisteme yansıması \
     işlem yoğunluğuna göre değişkenlik gösterebilir. Ödeme bilgileriniz sisteme yansıdıktan sonra ödemenizi aşağıda \
     belirtilen yöntemlerden biri ile yapabilirsiniz.",
    "a) SANAL POS; Ödemenizi T.C. kimlik numaranız ile Borç Sorgulama ve Ödeme sayfasından, ilgili siparişlerinize ait \
     borçlarınızı sorgulayarak kredi/banka kartıyla yapabilirsiniz.",
    "b) Kurumsal Ödeme; Aşağıdaki bankalardan ve ödeme kanallarından ödeme işlemini gerçekleştirebilirsiniz.",
    "3. Başvurunuzun son durumunu Başvuru İşlemleri sayfasından takip edebilirsiniz.",
];
