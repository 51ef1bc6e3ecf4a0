//! The status texts of Kamu SM's instruction TAL.01.16 rev. 04, Şekil 2 and Şekil 6, quoted as sandbox data.
//!
//! The channels differ from text to text there, so each text brings its own table.

use serde::Serialize;
use utoipa::ToSchema;

/// A part of a text.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        #[schema(value_type = String)]
        text: &'static str,
    },
    /// A numbered point.
    Item {
        /// Its number or letter.
        #[schema(value_type = String)]
        label: &'static str,
        /// The text.
        #[schema(value_type = String)]
        text: &'static str,
    },
    /// Where to pay.
    Channels {
        /// Each bank.
        banks: Vec<Bank>,
    },
}

/// A bank and its channels.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Bank {
    /// Its name.
    #[schema(value_type = String)]
    pub(crate) name: &'static str,
    /// Banka Şubesi
    pub(crate) branch: bool,
    /// İnternet Şubesi
    pub(crate) internet: bool,
    /// Mobil Şube
    pub(crate) mobile: bool,
    /// ATM
    pub(crate) atm: bool,
    /// Çağrı Merkezi
    pub(crate) call_centre: bool,
}

impl Bank {
    /// In the order of the table's columns.
    pub(crate) fn channels(&self) -> [bool; 5] {
        [self.branch, self.internet, self.mobile, self.atm, self.call_centre]
    }
}

const fn bank(name: &'static str, atm: bool, call_centre: bool) -> Bank {
    Bank { name, branch: true, internet: true, mobile: true, atm, call_centre }
}

const fn paragraph(text: &'static str) -> Block {
    Block::Paragraph { text }
}

const fn item(label: &'static str, text: &'static str) -> Block {
    Block::Item { label, text }
}

const FORM_NOT_COMPLETE: &str = "Form doldurma/onaylama işlemi tamamlanmamıştır.";

/// "Başvuru Formu ve Ödeme Bekleniyor"
pub(crate) fn form_and_payment_pending() -> Vec<Block> {
    vec![
        item("1.", FORM_NOT_COMPLETE),
        item(
            "2.",
            "Ödemeniz tarafımıza ulaşmamıştır. Ödeme bilgileriniz sisteme yansıdıktan sonra ödemenizi aşağıda \
             belirtilen yöntemlerden biri ile yapabilirsiniz. Ödeme bilgilerinizin sisteme yansıması işlem \
             yoğunluğuna göre değişkenlik gösterebilir.",
        ),
        item(
            "a.",
            "\"Borç Sorgulama ve Ödeme\" sayfasından, ilgili siparişlerinize ait borçlarınızı sorgulayarak \
             kredi/banka kartınızla,",
        ),
        item("b.", "Aşağıdaki bankalardan ve ödeme kanallarından;"),
        Block::Channels { banks: vec![bank("VAKIFBANK", true, true), bank("ZİRAAT BANKASI", true, true)] },
        paragraph(
            "Ödeme işlemini gerçekleştirebilirsiniz. Ödeme yaptıysanız dekontunuzu bilgi@kamusm.gov.tr adresimize \
             konuyu açıklayan bir mail ile gönderiniz.",
        ),
    ]
}

/// "Başvuru Formu Bekleniyor": our own; nothing is owed.
pub(crate) fn form_pending() -> Vec<Block> {
    vec![item("1.", FORM_NOT_COMPLETE)]
}

/// "Üretimde": our own, as all below but "İptal Edildi" and the result page.
pub(crate) fn in_production() -> Vec<Block> {
    vec![paragraph(
        "Sertifikanız ve kartınız üretilmektedir. Başvuru artık değiştirilemez ve iptal edilemez.",
    )]
}

/// "Kargoya Verildi"
pub(crate) fn shipped() -> Vec<Block> {
    vec![paragraph("Kartınız üretilmiş ve seçtiğiniz teslimat yöntemiyle yola çıkmıştır.")]
}

/// "Teslim Edildi"
pub(crate) fn delivered() -> Vec<Block> {
    vec![paragraph("Kartınız size teslim edilmiştir. Kullanmaya başlamadan önce PIN oluşturmanız gerekir.")]
}

/// "Sertifika Aktif"
pub(crate) fn active() -> Vec<Block> {
    vec![paragraph("Sertifikanız kullanıma açılmıştır.")]
}

/// "Üretim Bekleniyor"
pub(crate) fn production_pending() -> Vec<Block> {
    vec![
        paragraph(
            "Geçerli durumdaki başvurunuz için gerekli belgeleriniz tamamlanmış olup siparişiniz üretime \
             hazırlanmaktadır. Başvuru türlerine göre üretim tarihleri değişkenlik gösterebilir.",
        ),
        item(
            "a.",
            "İlk Sertifika/Diğer: Sertifika hemen üretime alınır. Kurumlar arası geçişlerde üretim tarihi \
             farklılık gösterebilir.",
        ),
        item(
            "b.",
            "Yenileme: Tarihi en güncel olan aktif sertifikanın süresinin dolmasına 2 ay kala üretime alınır. \
             Kurumlar arası geçişlerde üretim tarihi farklılık gösterebilir.",
        ),
        item(
            "c.",
            "Kayıp/Çalınma - Donanım Arızası - Kimlik Bilgisi Güncelleme - PIN/PUK Kayıp/Çalınma: Sertifika \
             hemen üretime alınır ve üretildiği an aktif olur. Kullanıcının aynı kurumdan alınmış tüm \
             sertifikaları iptal edilir.",
        ),
    ]
}

/// "İptal Edildi"
pub(crate) fn cancelled() -> Vec<Block> {
    vec![paragraph(
        "Ön başvurunuz iptal edilmiştir. (Kurum/Kişi talebi ya da zaman aşımına istinaden) Yeniden ön başvuru \
         açtırmak istiyorsanız kamusm.gov.tr personel yardım sayfasında yer alan adımları takip edebilirsiniz.",
    )]
}

/// The result page, "Ödeme Bekleniyor".
pub(crate) fn result() -> Vec<Block> {
    vec![
        item("1.", "Nitelikli Elektronik Sertifika başvuru formunuz tarafımıza iletilmiştir."),
        item(
            "2.",
            "Üretim sürecinin başlatılabilmesi için ödeme yapmanız gerekmektedir. Ödeme bilgilerinizin sisteme \
             yansıması işlem yoğunluğuna göre değişkenlik gösterebilir. Ödeme bilgileriniz sisteme yansıdıktan \
             sonra ödemenizi aşağıda belirtilen yöntemlerden biri ile yapabilirsiniz.",
        ),
        item(
            "a)",
            "SANAL POS; Ödemenizi T.C. kimlik numaranız ile Borç Sorgulama ve Ödeme sayfasından, ilgili \
             siparişlerinize ait borçlarınızı sorgulayarak kredi/banka kartıyla yapabilirsiniz.",
        ),
        item(
            "b)",
            "Kurumsal Ödeme; Aşağıdaki bankalardan ve ödeme kanallarından ödeme işlemini gerçekleştirebilirsiniz.",
        ),
        Block::Channels { banks: vec![bank("VAKIFBANK", true, true), bank("ZİRAAT BANKASI", false, false)] },
        item("3.", "Başvurunuzun son durumunu Başvuru İşlemleri sayfasından takip edebilirsiniz."),
    ]
}
