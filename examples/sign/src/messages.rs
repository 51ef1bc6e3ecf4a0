//! Every word that the program says to the person, Turkish and English side by side.

use std::fmt::Display;

use kamusm::error::Language;

macro_rules! messages {
    ($($name:ident: $turkish:literal, $english:literal;)*) => {
        /// A sentence or a word; `{}` stands for what is filled in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Message { $($name,)* }

        impl Message {
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$name,)*];

            const fn in_language(self, language: Language) -> &'static str {
                match (self, language) {
                    $(
                        (Self::$name, Language::English) => $english,
                        (Self::$name, _) => $turkish,
                    )*
                }
            }
        }
    };
}

#[rustfmt::skip]
messages! {
    InOrder: "{}: sorun yok", "{}: in order";

    Title: "Kamu SM e-İmza Uygulaması", "Kamu SM e-signature application";
    TestService: "Deneme ortamı: burada atılan imza gerçek bir başvuruya gitmez.", "Test service: what is signed here reaches no real application.";

    CodeHeading: "Doğrulama kodu", "Verification code";
    CodeHint: "Başvuru sayfasında gösterilen kodu yapıştırıp Enter tuşuna basın. Vazgeçmek için Esc.", "Paste the code that the application page shows and press Enter. Esc cancels.";
    CodePrompt: "Doğrulama kodu: ", "Verification code: ";

    UnfinishedHeading: "Yarım kalan işlem", "Unfinished signing";
    UnfinishedSince: "Başlangıç: {}", "Begun: {}";
    UnfinishedPrompt: "Sürdürülsün mü? (evet/hayır): ", "Go on with it? (yes/no): ";
    UnfinishedTorn: "Son kaydı yarım kalmış dosya: {}. Ondan önceki kayıt geçerli.", "A file whose last record was torn off: {}. The record before it counts.";
    UnfinishedUnusable: "Kayıtlardan biri kullanılamıyor: {} ({})", "One of the records cannot be used: {} ({})";
    KeyFile: "Kayıtların anahtarı işletim sisteminin anahtarlığına konamadı; yalnız sizin okuyabildiğiniz şu dosyada: {}", "The key of the records could not be put into the keyring of the operating system; it is in this file, which only you can read: {}";
    NoJournal: "{} Kayıt tutmadan imzalamak için --no-journal kullanın. ({})", "{} To sign without a record use --no-journal. ({})";
    JournalLost: "İşlemin kaydı yazılamadı; sonuç yine de geçerli. ({})", "The record of this signing could not be written; the result stands all the same. ({})";

    Connecting: "Hizmete bağlanılıyor…", "Connecting to the service…";
    WaitingForConfirmation: "Başvuru sayfası onayınızı bekliyor. Orada Evet, benim düğmesine basın; burada bekleniyor.", "The application page waits for you. Press Evet, benim (yes, it is me) there; this program waits.";
    WaitingForRetry: "Hizmete ulaşılamadı; birazdan yeniden denenecek.", "The service could not be reached; it will be tried again in a moment.";
    WaitingForChecks: "İmzanız ulaştı; hizmet denetliyor…", "Your signature has arrived; the service is checking it…";
    Extended: "Süre dolmuştu; yeniden başlatıldı.", "The time was over; it was started again.";
    Cancelling: "İptal ediliyor…", "Cancelling…";

    TextsHeading: "Sözleşme", "Agreement";
    RemainingTime: "Kalan Süre: {}", "Time left: {}";
    CreatedAt: "Oluşturma Tarihi: {}", "Created: {}";
    SigningTime: "İmzalama Tarihi: {}", "Signing time: {}";
    FirstPagePrompt: "Sayfa {}/{} - devam: Enter, vazgeç: Esc ", "Page {} of {} - next: Enter, cancel: Esc ";
    PagePrompt: "Sayfa {}/{} - devam: Enter, geri: g, vazgeç: Esc ", "Page {} of {} - next: Enter, back: b, cancel: Esc ";

    SummaryHeading: "Kim, neyi, nerede imzalıyor?", "Who signs what, where?";
    Who: "Kim: {}, T.C. kimlik no {}", "Who: {}, TCKN {}";
    What: "Ne: {} numaralı başvuru, {}", "What: application {}, {}";
    Institution: "Kurum: {}", "Institution: {}";
    Where: "Nerede: {}, {}", "Where: {}, {}";
    WarningRevokes: "Dikkat: yeni sertifika üretildiğinde aynı kurumdan alınmış bütün sertifikalarınız iptal edilir.", "Warning: when the new certificate is made, all your certificates of the same institution are revoked.";
    WarningDate: "Dikkat: kurum değişikliği nedeniyle üretim tarihi farklı olabilir.", "Warning: because the institution changes, the date of production may differ.";
    WarningOther: "Dikkat: {}", "Warning: {}";
    MatchCode: "Kontrol sayısı: {}", "Control number: {}";
    MatchCodeHint: "Başvuru sayfasında da bu sayı yazmalı. Farklıysa hayır yazın.", "The application page must show the same number. If it differs, answer no.";
    SignInPrompt: "Metni okudum, giriş yapmak istiyorum (evet/hayır): ", "I have read the text, I want to sign in (yes/no): ";
    AcceptPrompt: "Metni okudum, sayı aynı, kabul ediyorum (evet/hayır): ", "I have read the text, the number is the same, I accept (yes/no): ";
    YesOrNo: "Lütfen evet ya da hayır yazın.", "Please type yes or no.";

    CertificateHeading: "Sertifika Seçimi", "Certificate";
    CertificatePrompt: "Sertifika Seçiniz (1-{}): ", "Choose a certificate (1-{}): ";
    CertificateOwner: "{}, T.C. kimlik no {}", "{}, TCKN {}";
    CertificateDetails: "Geçerlilik {} - {}; {}", "Valid {} - {}; {}";
    Unusable: "Kullanılamayan sertifikalar ve nedenleri:", "Certificates that cannot be used, and why:";
    NotWanted: "--certificate ile istenen bu değil.", "It is not the one that --certificate asks for.";
    OnlyOne: "Kullanılabilecek tek sertifika olduğu için bu seçildi.", "It was chosen because no other one can be used.";
    NotInList: "Lütfen listedeki sayılardan birini yazın.", "Please type one of the numbers of the list.";
    InsertCard: "Kartınızı takın; takıldığında kendiliğinden devam edilir. Vazgeçmek için Esc. ", "Insert your card; it goes on by itself then. Esc cancels. ";

    FileHeading: "Sertifika dosyası", "Certificate file";
    PasswordPrompt: "Dosyanın parolası: ", "Password of the file: ";
    PasswordWrong: "Parola yanlış ya da dosya bozuk. Yeniden yazın.", "The password is wrong or the file is damaged. Type it again.";

    PinHeading: "PIN Kodu", "PIN";
    PinHint: "PIN kodunuzu yazıp Enter tuşuna basın. Göster/gizle: Tab. Vazgeç: Esc.", "Type your PIN and press Enter. Show/hide: Tab. Cancel: Esc.";
    PinPrompt: "PIN Kodu: ", "PIN: ";
    PinAtReader: "PIN kodunu okuyucudan girin.", "Type the PIN at the reader.";
    TriesLeft: "Kalan PIN hakkı: {}", "PIN tries left: {}";
    TriesReduced: "Bu kartta daha önce yanlış PIN girilmiş; PIN hakkınız azalmış olabilir.", "A wrong PIN was typed for this card before; fewer tries may be left.";
    LastTry: "Bu son PIN hakkınız. Yine yanlış girilirse kart kilitlenir.", "This is the last PIN try. If it is wrong again, the card locks.";
    LastTryPrompt: "PIN kodunuzdan eminseniz evet yazın: ", "If you are sure of your PIN, type yes: ";
    Signing: "İmzalanıyor, kartı çıkarmayın.", "Signing, leave the card where it is.";
    Signed: "İmza atıldı, hizmete gönderiliyor…", "Signed; sending it to the service…";
    AgainPrompt: "Yeniden denemek için Enter, vazgeçmek için Esc. ", "Enter to try again, Esc to cancel. ";

    OutcomeHeading: "Sonuç", "Result";
    Accepted: "İmzanız kabul edildi.", "Your signature was accepted.";
    ReceivedAt: "Hizmete ulaşma: {}", "Received: {}";
    ReturnToPage: "Şimdi başvuru sayfasına dönün: {}", "Now return to the application page: {}";
    SeeSuccess: "Sayfada \"İşlem Başarılı\" yazmalı. Bu pencereyi kapatabilirsiniz.", "It should say \"İşlem Başarılı\" (success). You may close this window.";
    Received: "İmzanız hizmete ulaştı ama denetimi henüz bitmedi. Yeniden imzalamayın; sonucu başvuru sayfasından izleyin.", "Your signature has arrived but its checks are not done. Do not sign again; watch the application page.";
    MayHaveArrived: "İmzanız hizmete ulaşmış olabilir. Yeniden imzalamadan önce başvurunun durumuna bakın.", "Your signature may have arrived. Look at the application's status before you sign again.";
    SupportNumber: "Destek hattına söyleyeceğiniz istek numarası: {}", "Request number for the support: {}";
    Saved: "Kanıt dosyaları: {}", "Evidence files: {}";
    NotSaved: "Kanıt dosyaları yazılamadı: {}", "The evidence files could not be written: {}";

    EDevletHeading: "e-Devlet ile giriş", "Sign-in by e-Devlet";
    EDevletHint: "Şu adresi tarayıcınızda açın. Girişten sonra tarayıcının açamadığı adresi kopyalayıp buraya yapıştırın.", "Open this address in your browser. After the sign-in copy the address that the browser could not open and paste it here.";
    EDevletPrompt: "Dönülen adres: ", "Address that it came back to: ";
    SignedIn: "Giriş yapıldı: {}, T.C. kimlik no {}", "Signed in: {}, TCKN {}";
    ErrorCode: "Hata kodu: {} ({})", "Error code: {} ({})";
    MayHaveHappened: "İsteğiniz hizmete ulaşmış olabilir. Yinelemeden önce başvurunun durumuna bakın.", "Your request may have arrived. Look at the application's status before you repeat it.";
    JsonNeedsToken: "--json ile --token-file gerekir.", "--json needs --token-file.";
    OnlyForPersons: "Bu adım kişinin kendisine aittir; --json ile yapılamaz.", "This step belongs to the person; it cannot be done with --json.";
    ApplicationsHeading: "Başvurularım", "My applications";
    NoApplications: "Başvurunuz yok.", "You have no application.";

    FormHeading: "Başvuru Bilgileri", "Application form";
    FormField: "  {} ({}): {}", "  {} [{}]: {}";
    LockedField: "  {} ({}, değiştirilemez): {}", "  {} ({}, locked): {}";
    FormSaved: "Form kaydedildi.", "The form was saved.";
    FieldWrong: "{} ({}): {}", "{} [{}]: {}";
    Choices: "   Seçenekler: {}", "   Choices: {}";
    FieldRequired: "doldurulması gerekir.", "must be filled.";
    FieldFormat: "biçimi yanlış.", "is not written as it must be.";
    FieldUnknownValue: "seçeneklerden biri değil ya da böyle bir alan yok.", "is none of the choices, or there is no such field.";
    FieldLocked: "burada değiştirilemez.", "cannot be changed here.";
    FieldTooLong: "çok uzun.", "is too long.";
    FieldCharacters: "kullanılamayan karakter içeriyor.", "holds characters that it may not.";
    FieldChecksum: "denetim haneleri tutmuyor.", "has wrong check digits.";

    PhoneHeading: "Cep telefonu doğrulama", "Mobile phone";
    SmsSent: "Kod gönderildi: {}", "A code was sent to {}";
    SmsTriesLeft: "Kalan kod deneme hakkı: {}", "Tries left for the code: {}";
    SmsPrompt: "SMS kodu: ", "Code of the SMS: ";
    SmsNoCode: "SMS kodu 6 rakamdır.", "The code of the SMS is 6 digits.";
    PhoneVerified: "Cep telefonunuz doğrulandı.", "Your mobile phone is verified.";

    ApprovalHeading: "Onay", "Approval";
    ApprovePrompt: "Taahhütnameyi okudum, kabul ediyorum ve başvurumu onaylıyorum (evet/hayır): ", "I have read the taahhütname, I accept it and approve my application (yes/no): ";
    StatusIs: "Başvuru Durumu: {}", "Status: {}";

    Bank: "Banka", "Bank";
    ChannelBranch: "Banka Şubesi", "Branch";
    ChannelInternet: "İnternet Şubesi", "Internet";
    ChannelMobile: "Mobil Şube", "Mobile";
    ChannelAtm: "ATM", "Cash machine";
    ChannelCallCentre: "Çağrı Merkezi", "Call centre";
    PaymentHeading: "Ödeme", "Payment";
    Amount: "Tutar: {},{} {}", "Amount: {}.{} {}";
    InstitutionPays: "Kurum ödemeli", "The institution pays";
    PersonPays: "Kişi ödemeli", "The person pays";
    PaymentState: "Ödeme durumu: {}", "State of the payment: {}";
    PaymentNotRequired: "gerekmiyor", "not required";
    PaymentPending: "bekleniyor", "awaited";
    PaymentReceived: "alındı", "received";
    PaymentRefunded: "iade edildi", "refunded";
    EventsHeading: "Olanlar", "What happened";

    EvidenceHeading: "Kanıt", "Evidence";
    NoEvidence: "Bu başvuruda saklanan imza yok.", "No signature is kept for this application.";
    SignatureValid: "{}: {}, imza geçerli; {}", "{}: {}, the signature is valid; {}";
    SignatureInvalid: "{}: {}, İMZA DOĞRULANAMADI; {}; {}", "{}: {}, THE SIGNATURE IS NOT VALID; {}; {}";
    RecordKept: "{}: {}, imza değil; özeti listedekiyle aynı", "{}: {}, no signature; its digest is the listed one";

    UsageWrong: "Komut satırı anlaşılamadı. Yardım: kamusm-sign --help", "The command line was not understood. Help: kamusm-sign --help";
    NoTerminal: "Bu program bir terminal ister. Başka bir programdan çalıştırmak için --json kullanın.", "This program needs a terminal. To run it from another program use --json.";
    CannotRead: "{} okunamıyor: {}", "{} cannot be read: {}";
    EmptyDescriptor: "{} numaralı dosya tanıtıcısından bir satır okunamadı: {}", "No line can be read from file descriptor {}: {}";
    ConfigurationWrong: "Hizmet adresi ya da bir ayar uygun değil: {}", "The service's address or a setting is not suitable: {}";
}

/// The messages in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(Language);

impl Words {
    pub(crate) fn new(language: Language) -> Self {
        Self(language)
    }

    pub(crate) fn language(self) -> Language {
        self.0
    }

    /// A message in which nothing is filled in.
    pub(crate) fn say(self, message: Message) -> &'static str {
        message.in_language(self.0)
    }

    /// A message with its places filled in, in order.
    pub(crate) fn fill(self, message: Message, values: &[&dyn Display]) -> String {
        let mut parts = message.in_language(self.0).split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, value) in parts.zip(values) {
            text.push_str(&value.to_string());
            text.push_str(part);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printable::printable;

    #[test]
    fn every_message_exists_in_both_languages_with_the_same_places() {
        for message in Message::ALL {
            let [turkish, english] = [Language::Turkish, Language::English].map(|it| message.in_language(it));
            assert!(!turkish.trim().is_empty() && !english.trim().is_empty(), "{message:?}");
            assert_ne!(turkish, english, "{message:?}");
            assert_eq!(turkish.matches("{}").count(), english.matches("{}").count(), "{message:?}");
            for text in [turkish, english] {
                assert_eq!(printable(text), text, "{message:?} is shown as it stands");
            }
        }
    }

    #[test]
    fn places_are_filled_in_order_and_not_again() {
        let words = Words::new(Language::Turkish);
        assert_eq!(words.fill(Message::Where, &[&"{}", &"b"]), "Nerede: {}, b");
        assert_eq!(words.fill(Message::RemainingTime, &[&150]), "Kalan Süre: 150");
    }
}
