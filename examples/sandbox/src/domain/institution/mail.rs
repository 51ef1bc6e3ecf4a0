//! The mail to a person whose order was begun: where and how to apply (TAL.01.16, 4.1).

/// The first line is the subject.
pub(super) fn text(base_url: &str, name: &str, institution: &str, no: &str) -> String {
    format!(
        "Nitelikli elektronik sertifika ön başvurunuz oluşturuldu: {no}\n\
         \n\
         Sayın {name},\n\
         \n\
         {institution} tarafından bildirilmeniz üzerine adınıza {no} numaralı ön başvuru oluşturulmuştur.\n\
         \n\
         Başvuru nereden yapılır?\n\
         {base_url}/ adresindeki Kamu SM Online İşlemler sayfasından: NES İşlemleri → Bireysel İşlemler → \
         Başvuru İşlemleri → Başvurularım\n\
         \n\
         Başvuru nasıl yapılır?\n\
         1. e-Devlet veya e-İmza ile giriş yapın.\n\
         2. Listede {no} numaralı siparişi açıp “Başvuruyu Tamamla” düğmesine basın.\n\
         3. Formdaki boş alanları doldurun; cep telefonunuza gönderilen kodu yazın.\n\
         4. Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi'ni okuyup e-onay veya e-imza ile onaylayın.\n\
         \n\
         Yardım: 444 5 576, bilgi@kamusm.gov.tr\n"
    )
}
