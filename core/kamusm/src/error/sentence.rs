//! The sentence for the person behind each [`Code`]: what happened and what to do, in Turkish and English.

use super::Code;

/// The languages of the sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Türkçe.
    #[default]
    Turkish,
    /// English.
    English,
}

impl Language {
    /// The language of a tag as in RFC 5646; everything but English is answered in Turkish.
    pub fn from_tag(tag: &str) -> Self {
        if tag.as_bytes().get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"en")) {
            Self::English
        } else {
            Self::Turkish
        }
    }

    /// The tag, for `Accept-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Turkish => "tr",
            Self::English => "en",
        }
    }
}

/// A row of the table of errors.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// Its name, as it stands behind `KAMUSM_RESULT_`.
    pub name: &'static str,
    /// English sentence for the person.
    pub english: &'static str,
    /// Turkish sentence for the person.
    pub turkish: &'static str,
}

const fn entry(code: Code, name: &'static str, english: &'static str, turkish: &'static str) -> Entry {
    Entry { code, name, english, turkish }
}

impl Code {
    /// Every code, in the order of the numbers.
    pub const fn all() -> &'static [Entry] {
        ENTRIES
    }

    /// The code with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        ENTRIES.iter().map(|entry| entry.code).find(|code| code.number() == number)
    }

    /// The name, as it stands behind `KAMUSM_RESULT_`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The sentence for the person.
    pub fn sentence(self, language: Language) -> &'static str {
        let entry = self.entry();
        match language {
            Language::Turkish => entry.turkish,
            Language::English => entry.english,
        }
    }

    fn entry(self) -> &'static Entry {
        // The table is complete: a test compares it with the enum.
        ENTRIES.iter().find(|entry| entry.code == self).unwrap_or(&ENTRIES[ENTRIES.len() - 1])
    }
}

#[rustfmt::skip]
const ENTRIES: &[Entry] = &[
    entry(Code::Null, "NULL", "The program passed nothing where something is needed. Report this to its maker.", "Program gerekli bir bilgiyi vermedi. Programı yapana bildirin."),
    entry(Code::Utf8, "UTF8", "The program passed text that is not UTF-8. Report this to its maker.", "Program UTF-8 olmayan bir metin verdi. Programı yapana bildirin."),
    entry(Code::Range, "RANGE", "A value is outside its range. Check what was entered.", "Bir değer izin verilen aralığın dışında. Girdiğinizi denetleyin."),
    entry(Code::State, "STATE", "The program asked for something out of turn. Report this to its maker.", "Program bir işlemi sırası dışında istedi. Programı yapana bildirin."),
    entry(Code::Stale, "STALE", "The answer came for a step that is over. Nothing was changed.", "Yanıt, bitmiş bir adıma geldi. Hiçbir şey değişmedi."),
    entry(Code::BufferTooSmall, "BUFFER_TOO_SMALL", "The program's buffer is too small. Report this to its maker.", "Programın ayırdığı yer yetersiz. Programı yapana bildirin."),
    entry(Code::UnsupportedStep, "UNSUPPORTED_STEP", "The program does not know this step. Install its newest version.", "Program bu adımı tanımıyor. Yeni sürümünü kurun."),
    entry(Code::Config, "CONFIG", "The configuration is incomplete or contradicts itself. Report this to the person who set the program up.", "Yapılandırma eksik veya çelişkili. Programı kuran kişiye bildirin."),
    entry(Code::Closed, "CLOSED", "The program used something it had closed. Report this to its maker.", "Program kapattığı bir nesneyi kullandı. Programı yapana bildirin."),
    entry(Code::Unreachable, "UNREACHABLE", "The service cannot be reached. Check the internet connection and try again.", "Hizmete ulaşılamıyor. İnternet bağlantınızı denetleyip yeniden deneyin."),
    entry(Code::Tls, "TLS", "A secure connection could not be made. Check the date of the computer and the network, then try again.", "Güvenli bağlantı kurulamadı. Bilgisayarın tarihini ve ağı denetleyip yeniden deneyin."),
    entry(Code::Timeout, "TIMEOUT", "The service did not answer in time. Try again in a moment.", "Hizmet süresinde yanıt vermedi. Biraz sonra yeniden deneyin."),
    entry(Code::BadResponse, "BAD_RESPONSE", "The service gave an answer that cannot be understood. Try again later; if it stays, report it.", "Hizmetin yanıtı anlaşılamadı. Sonra yeniden deneyin; sürerse bildirin."),
    entry(Code::Redirected, "REDIRECTED", "The connection was redirected elsewhere and was therefore stopped. Check the network you are using.", "Bağlantı başka bir yere yönlendirildi ve bu yüzden durduruldu. Kullandığınız ağı denetleyin."),
    entry(Code::CaptivePortal, "CAPTIVE_PORTAL", "A web page of the network answered instead of the service. Sign in to the network in a browser, then try again.", "Hizmet yerine ağın giriş sayfası yanıt verdi. Tarayıcıda ağa giriş yapıp yeniden deneyin."),
    entry(Code::ResponseTooLarge, "RESPONSE_TOO_LARGE", "The answer is larger than allowed and was not read. Report this.", "Yanıt izin verilenden büyük ve okunmadı. Bildirin."),
    entry(Code::DigestMismatch, "DIGEST_MISMATCH", "The text was damaged on the way. Try again.", "Metin yolda bozuldu. Yeniden deneyin."),
    entry(Code::Malformed, "MALFORMED", "The service did not understand the request. Install the newest version or report this.", "Hizmet isteği anlamadı. Yeni sürümü kurun veya bildirin."),
    entry(Code::IdempotencyKeyRequired, "IDEMPOTENCY_KEY_REQUIRED", "The request lacks its key. Report this.", "İstekte anahtar eksik. Bildirin."),
    entry(Code::IdempotencyKeyReused, "IDEMPOTENCY_KEY_REUSED", "The same request key was used for another request. Start again with a new code.", "Aynı istek anahtarı başka bir istekte kullanıldı. Yeni bir kodla baştan başlayın."),
    entry(Code::IdempotencyInFlight, "IDEMPOTENCY_IN_FLIGHT", "The same request is still being worked on. Wait a moment.", "Aynı istek hâlâ işleniyor. Biraz bekleyin."),
    entry(Code::PreconditionRequired, "PRECONDITION_REQUIRED", "The request must say which version it changes. Report this.", "İstek hangi sürümü değiştirdiğini söylemeli. Bildirin."),
    entry(Code::TooLarge, "TOO_LARGE", "The service refused the data because they are too large. Report this.", "Hizmet, veriyi çok büyük olduğu için kabul etmedi. Bildirin."),
    entry(Code::UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "The service does not take this kind of data. Report this.", "Hizmet bu türde veri almıyor. Bildirin."),
    entry(Code::NoCommonProfile, "NO_COMMON_PROFILE", "The service and this program share no signature profile. Install the newest version.", "Hizmet ile programın ortak imza profili yok. Yeni sürümü kurun."),
    entry(Code::Unauthenticated, "UNAUTHENTICATED", "You are not signed in, or your sign-in is over. Sign in again.", "Giriş yapmadınız veya oturumunuz bitti. Yeniden giriş yapın."),
    entry(Code::Forbidden, "FORBIDDEN", "You may not do this. Ask your institution's e-signature officer.", "Bu işlem için yetkiniz yok. Kurumunuzun e-imza sorumlusuna başvurun."),
    entry(Code::MethodNotAllowed, "METHOD_NOT_ALLOWED", "This way of approval is not available for the application. Choose the other one.", "Bu onay yöntemi başvurunuz için kullanılamıyor. Diğerini seçin."),
    entry(Code::ChallengeExpired, "CHALLENGE_EXPIRED", "The sign-in took too long. Start the sign-in again.", "Giriş çok uzun sürdü. Girişe yeniden başlayın."),
    entry(Code::ChallengeUsed, "CHALLENGE_USED", "This sign-in was already used. Start the sign-in again.", "Bu giriş isteği kullanılmış. Girişe yeniden başlayın."),
    entry(Code::NotFound, "NOT_FOUND", "There is no such record. Check the number.", "Böyle bir kayıt yok. Numarayı denetleyin."),
    entry(Code::WrongState, "WRONG_STATE", "The application is not at this stage. Look at its status.", "Başvuru bu aşamada değil. Başvurunun durumuna bakın."),
    entry(Code::FormChanged, "FORM_CHANGED", "The form was changed elsewhere. Open it again.", "Form başka bir yerde değiştirildi. Yeniden açın."),
    entry(Code::CommitmentChanged, "COMMITMENT_CHANGED", "The commitment text was renewed. Read the new one.", "Taahhütname yenilendi. Yenisini okuyun."),
    entry(Code::AlreadyApproved, "ALREADY_APPROVED", "The application is already approved. Nothing needs to be done.", "Başvuru zaten onaylanmış. Yapmanız gereken bir şey yok."),
    entry(Code::TooLateToCancel, "TOO_LATE_TO_CANCEL", "It is too late to cancel; production has started. Call the support.", "İptal için geç kalındı; üretim başladı. Destek hattını arayın."),
    entry(Code::NothingToPay, "NOTHING_TO_PAY", "There is nothing to pay.", "Ödenecek bir borç yok."),
    entry(Code::EvidenceExpired, "EVIDENCE_EXPIRED", "The evidence was deleted because its storage period is over.", "Saklama süresi dolduğu için kanıt silinmiş."),
    entry(Code::NoPriorConsent, "NO_PRIOR_CONSENT", "You have not agreed to e-onay before. Approve with e-imza, or give the consent first.", "Daha önce e-onaya onay vermemişsiniz. E-imza ile onaylayın veya önce onay verin."),
    entry(Code::NoValidCertificate, "NO_VALID_CERTIFICATE", "You have no valid e-signature certificate. Approve in another way.", "Geçerli bir e-imza sertifikanız yok. Başka bir yolla onaylayın."),
    entry(Code::FormInvalid, "FORM_INVALID", "Some fields of the form are wrong. Correct the marked fields.", "Formun bazı alanları hatalı. İşaretli alanları düzeltin."),
    entry(Code::IdentityMismatch, "IDENTITY_MISMATCH", "Your identity data differ from the registry's. Press \"Kimlik Bilgilerimi Güncelle\".", "Kimlik bilgileriniz nüfus kaydıyla uyuşmuyor. Kimlik Bilgilerimi Güncelle düğmesine basın."),
    entry(Code::PhoneNotVerified, "PHONE_NOT_VERIFIED", "Your mobile phone is not verified yet. Verify it with the SMS code.", "Cep telefonunuz doğrulanmamış. SMS koduyla doğrulayın."),
    entry(Code::SmsCodeWrong, "SMS_CODE_WRONG", "The SMS code is wrong. Type it again.", "SMS kodu yanlış. Yeniden girin."),
    entry(Code::SmsCodeExpired, "SMS_CODE_EXPIRED", "The SMS code is out of date. Ask for a new one.", "SMS kodunun süresi doldu. Yeni kod isteyin."),
    entry(Code::SmsAttemptsExhausted, "SMS_ATTEMPTS_EXHAUSTED", "The SMS code was wrong too often. Ask for a new one.", "SMS kodu çok kez yanlış girildi. Yeni kod isteyin."),
    entry(Code::SmsLimit, "SMS_LIMIT", "Too many SMS codes were asked for. Wait an hour.", "Çok fazla SMS kodu istendi. Bir saat bekleyin."),
    entry(Code::NotRead, "NOT_READ", "The commitment text was not read to its end. Open and read it.", "Taahhütname sonuna kadar okunmamış. Açıp okuyun."),
    entry(Code::NotAccepted, "NOT_ACCEPTED", "The box was not ticked. Tick it to approve.", "Onay kutusu işaretlenmemiş. Onaylamak için işaretleyin."),
    entry(Code::CodeMalformed, "CODE_MALFORMED", "The verification code is incomplete or mistyped. Copy it again from the page.", "Doğrulama kodu eksik veya hatalı. Sayfadan yeniden kopyalayın."),
    entry(Code::CodeUnknown, "CODE_UNKNOWN", "The service does not know this verification code. Get a new one on the application page.", "Hizmet bu doğrulama kodunu tanımıyor. Başvuru sayfasından yeni kod alın."),
    entry(Code::CodeExpired, "CODE_EXPIRED", "The verification code is out of date. Get a new one on the application page.", "Doğrulama kodunun süresi doldu. Başvuru sayfasından yeni kod alın."),
    entry(Code::CodeAlreadyUsed, "CODE_ALREADY_USED", "The verification code was already used. If it was not you, cancel it on the application page; then get a new one.", "Doğrulama kodu kullanılmış. Kullanan siz değilseniz başvuru sayfasında iptal edin; sonra yeni kod alın."),
    entry(Code::CodeCancelled, "CODE_CANCELLED", "The verification code was cancelled. Get a new one on the application page.", "Doğrulama kodu iptal edilmiş. Başvuru sayfasından yeni kod alın."),
    entry(Code::WrongEnvironment, "WRONG_ENVIRONMENT", "The verification code belongs to another service (test or production). Get a code on the right page.", "Doğrulama kodu başka bir ortama (deneme veya gerçek) ait. Doğru sayfadan kod alın."),
    entry(Code::ClientTooOld, "CLIENT_TOO_OLD", "This program is too old for the service. Install its newest version.", "Program bu hizmet için çok eski. Yeni sürümünü kurun."),
    entry(Code::AwaitingConfirmation, "AWAITING_CONFIRMATION", "The application page waits for you to confirm. Press \"Evet, benim\" there.", "Başvuru sayfası onayınızı bekliyor. Orada Evet, benim düğmesine basın."),
    entry(Code::ConfirmationRefused, "CONFIRMATION_REFUSED", "On the application page it was said that this is not you. Get a new code there.", "Başvuru sayfasında bunun siz olmadığı belirtildi. Oradan yeni kod alın."),
    entry(Code::SessionUnknown, "SESSION_UNKNOWN", "The service does not know this signing session. Get a new code.", "Hizmet bu imza oturumunu tanımıyor. Yeni kod alın."),
    entry(Code::SessionExpired, "SESSION_EXPIRED", "The time for signing is over. Get a new code on the application page.", "İmzalama süresi doldu. Başvuru sayfasından yeni kod alın."),
    entry(Code::SessionCancelled, "SESSION_CANCELLED", "The signing was cancelled on the application page.", "İmzalama başvuru sayfasında iptal edilmiş."),
    entry(Code::SessionSuperseded, "SESSION_SUPERSEDED", "A newer code was issued. Use the newer one.", "Daha yeni bir kod alınmış. Yeni kodu kullanın."),
    entry(Code::NoExtensionsLeft, "NO_EXTENSIONS_LEFT", "The time for signing cannot be extended any more. Get a new code.", "İmzalama süresi artık uzatılamaz. Yeni kod alın."),
    entry(Code::AlreadySubmitted, "ALREADY_SUBMITTED", "The signature was already submitted. Look at the application's status.", "İmza zaten gönderilmiş. Başvurunun durumuna bakın."),
    entry(Code::SubmissionConflict, "SUBMISSION_CONFLICT", "Another signature was already accepted. Look at the application's status.", "Başka bir imza zaten kabul edilmiş. Başvurunun durumuna bakın."),
    entry(Code::NothingSubmitted, "NOTHING_SUBMITTED", "The service has no signature for this session yet.", "Hizmette bu oturum için henüz imza yok."),
    entry(Code::RateLimited, "RATE_LIMITED", "Too many requests. Wait a moment.", "Çok fazla istek yapıldı. Biraz bekleyin."),
    entry(Code::SlowDown, "SLOW_DOWN", "The service asks to go slower. Wait a moment.", "Hizmet daha yavaş ilerlemenizi istiyor. Biraz bekleyin."),
    entry(Code::UpstreamUnavailable, "UPSTREAM_UNAVAILABLE", "A system behind the service is not available. Try again later.", "Hizmetin bağlandığı bir sistem şu anda kullanılamıyor. Sonra yeniden deneyin."),
    entry(Code::SmsGatewayDown, "SMS_GATEWAY_DOWN", "SMS cannot be sent now. Try again later.", "Şu anda SMS gönderilemiyor. Sonra yeniden deneyin."),
    entry(Code::Maintenance, "MAINTENANCE", "The service is under maintenance. Try again later.", "Hizmet bakımda. Sonra yeniden deneyin."),
    entry(Code::ServiceUnavailable, "SERVICE_UNAVAILABLE", "The service is not available now. Try again later.", "Hizmet şu anda kullanılamıyor. Sonra yeniden deneyin."),
    entry(Code::ServiceInternal, "SERVICE_INTERNAL", "The service had an internal error. Try again later; if it stays, report it.", "Hizmette iç hata oluştu. Sonra yeniden deneyin; sürerse bildirin."),
    entry(Code::UnknownProblem, "UNKNOWN_PROBLEM", "The service refused for a reason that this program does not know. Read the service's own words or install the newest version.", "Hizmet, programın tanımadığı bir nedenle reddetti. Hizmetin açıklamasını okuyun veya yeni sürümü kurun."),
    entry(Code::MatchCode, "MATCH_CODE", "The control numbers differ: the text may not come from the service. Do not sign; get a new code.", "Kontrol sayıları uyuşmuyor: metin hizmetten gelmiyor olabilir. İmzalamayın; yeni kod alın."),
    entry(Code::Receipt, "RECEIPT", "The receipt could not be verified. Look at the application's status on the page.", "Alındı belgesi doğrulanamadı. Başvurunun durumuna sayfadan bakın."),
    entry(Code::OutcomeUnknown, "OUTCOME_UNKNOWN", "The signature was sent but no answer came. Look at the application's status before you sign again.", "İmza gönderildi ama yanıt gelmedi. Yeniden imzalamadan önce başvurunun durumuna bakın."),
    entry(Code::TextProfile, "TEXT_PROFILE", "The text contains characters that could hide something. It is not shown and not signed; report this.", "Metinde bir şey gizleyebilecek karakterler var. Gösterilmedi ve imzalanmadı; bildirin."),
    entry(Code::TextMismatch, "TEXT_MISMATCH", "The text speaks of another application or session. It is not shown and not signed; report this.", "Metin başka bir başvuru veya oturumdan söz ediyor. Gösterilmedi ve imzalanmadı; bildirin."),
    entry(Code::Cancelled, "CANCELLED", "The signing was cancelled.", "İmzalama iptal edildi."),
    entry(Code::Declined, "DECLINED", "You did not accept the text; nothing was signed.", "Metni kabul etmediniz; hiçbir şey imzalanmadı."),
    entry(Code::CardServiceDown, "CARD_SERVICE_DOWN", "The smart card service of the computer does not run. Start it or restart the computer.", "Bilgisayarın akıllı kart hizmeti çalışmıyor. Hizmeti veya bilgisayarı yeniden başlatın."),
    entry(Code::CardServiceDenied, "CARD_SERVICE_DENIED", "This user may not use the smart card service. Ask the administrator.", "Bu kullanıcının akıllı kart hizmetine izni yok. Sistem yöneticisine başvurun."),
    entry(Code::NoReader, "NO_READER", "No card reader was found. Plug the reader in.", "Kart okuyucu bulunamadı. Okuyucuyu takın."),
    entry(Code::NoToken, "NO_TOKEN", "No card is in the reader. Insert the card.", "Okuyucuda kart yok. Kartı takın."),
    entry(Code::UnsupportedToken, "UNSUPPORTED_TOKEN", "There is no driver for this card. Install the driver of the card (AKİS).", "Bu kart için sürücü yok. Kartın sürücüsünü (AKİS) kurun."),
    entry(Code::ModuleNotFound, "MODULE_NOT_FOUND", "The card's driver was not found. Install it or correct its path.", "Kart sürücüsü bulunamadı. Kurun veya yolunu düzeltin."),
    entry(Code::ModuleLoad, "MODULE_LOAD", "The card's driver could not be loaded. Install the driver that fits this computer.", "Kart sürücüsü yüklenemedi. Bu bilgisayara uygun sürücüyü kurun."),
    entry(Code::ModuleInit, "MODULE_INIT", "The card's driver did not start. Restart the program; if it stays, reinstall the driver.", "Kart sürücüsü başlamadı. Programı yeniden başlatın; sürerse sürücüyü yeniden kurun."),
    entry(Code::ModuleHung, "MODULE_HUNG", "The card's driver does not answer. Pull the card, restart the program and try again.", "Kart sürücüsü yanıt vermiyor. Kartı çıkarıp programı yeniden başlatın ve yeniden deneyin."),
    entry(Code::ModuleCrashed, "MODULE_CRASHED", "The card's driver crashed. Insert the card again; if it stays, reinstall the driver.", "Kart sürücüsü çöktü. Kartı yeniden takın; sürerse sürücüyü yeniden kurun."),
    entry(Code::IdentityGone, "IDENTITY_GONE", "The chosen certificate is no longer there. Insert the same card again.", "Seçilen sertifika artık yok. Aynı kartı yeniden takın."),
    entry(Code::KeyNotFound, "KEY_NOT_FOUND", "The card has no key for this certificate. Choose another certificate.", "Kartta bu sertifikanın anahtarı yok. Başka bir sertifika seçin."),
    entry(Code::KeyAmbiguous, "KEY_AMBIGUOUS", "Several keys on the card could belong to this certificate. Ask the card's issuer.", "Kartta bu sertifikaya ait olabilecek birden çok anahtar var. Kartı verene başvurun."),
    entry(Code::KeyNotPermitted, "KEY_NOT_PERMITTED", "The card does not let this key sign. Choose another certificate.", "Kart bu anahtarla imzalamaya izin vermiyor. Başka bir sertifika seçin."),
    entry(Code::MechanismUnsupported, "MECHANISM_UNSUPPORTED", "The card or its driver cannot make this kind of signature. Install the newest driver.", "Kart veya sürücüsü bu tür imzayı atamıyor. Yeni sürücüyü kurun."),
    entry(Code::PinRequired, "PIN_REQUIRED", "A PIN is needed. Type your PIN.", "PIN gerekli. PIN kodunuzu girin."),
    entry(Code::PinIncorrect, "PIN_INCORRECT", "The PIN is wrong and a try was used. Type it carefully; after three wrong PINs the card locks.", "PIN yanlış ve bir hak kullanıldı. Dikkatle girin; üç yanlış girişte kart kilitlenir."),
    entry(Code::PinFinalTry, "PIN_FINAL_TRY", "Only one PIN try is left. Go on only if you are sure of your PIN.", "Tek PIN hakkınız kaldı. Yalnız PIN kodunuzdan eminseniz devam edin."),
    entry(Code::PinLocked, "PIN_LOCKED", "The PIN is locked. Unlock it with your PUK or call the support (444 5 576).", "PIN kilitli. PUK ile kilidi açın veya destek hattını (444 5 576) arayın."),
    entry(Code::PinLength, "PIN_LENGTH", "The PIN is too short or too long. No try was used; type it again.", "PIN çok kısa veya çok uzun. Hak kullanılmadı; yeniden girin."),
    entry(Code::PinMustChange, "PIN_MUST_CHANGE", "The PIN must be changed before the first use. Change it with the card's own program.", "İlk kullanımdan önce PIN değiştirilmeli. Kartın kendi programıyla değiştirin."),
    entry(Code::PinCancelled, "PIN_CANCELLED", "The PIN entry was cancelled at the reader.", "PIN girişi okuyucuda iptal edildi."),
    entry(Code::PadTimeout, "PAD_TIMEOUT", "No PIN was typed at the reader in time. Try again.", "Okuyucuda süresinde PIN girilmedi. Yeniden deneyin."),
    entry(Code::PadUnavailable, "PAD_UNAVAILABLE", "The reader has no keys of its own. Type the PIN on the computer.", "Okuyucunun kendi tuş takımı yok. PIN kodunu bilgisayardan girin."),
    entry(Code::TokenBusy, "TOKEN_BUSY", "Another program is using the card. Close it and try again.", "Kartı başka bir program kullanıyor. Onu kapatıp yeniden deneyin."),
    entry(Code::TokenRemoved, "TOKEN_REMOVED", "The card was pulled. Insert it and sign again.", "Kart çıkarıldı. Takıp yeniden imzalayın."),
    entry(Code::TokenReset, "TOKEN_RESET", "Another program reset the card. Sign again.", "Başka bir program kartı sıfırladı. Yeniden imzalayın."),
    entry(Code::TokenDeadline, "TOKEN_DEADLINE", "The time for signing was over before the card had signed. Sign again.", "Kart imzalamadan süre doldu. Yeniden imzalayın."),
    entry(Code::TokenOther, "TOKEN_OTHER", "The card's driver reported an error. Insert the card again; if it stays, report it.", "Kart sürücüsü hata bildirdi. Kartı yeniden takın; sürerse bildirin."),
    entry(Code::PadRequired, "PAD_REQUIRED", "The PIN of this card is typed at the reader. Use the reader's own keys.", "Bu kartın PIN kodu okuyucudan girilir. Okuyucunun tuş takımını kullanın."),
    entry(Code::NoSigningCertificate, "NO_SIGNING_CERTIFICATE", "There is no certificate that can sign. Check which card is inserted.", "İmza atabilecek bir sertifika yok. Hangi kartın takılı olduğunu denetleyin."),
    entry(Code::CertificateExpired, "CERTIFICATE_EXPIRED", "The certificate is out of date. Use a valid one.", "Sertifikanın süresi dolmuş. Geçerli bir sertifika kullanın."),
    entry(Code::CertificateNotYetValid, "CERTIFICATE_NOT_YET_VALID", "The certificate is not valid yet. Wait for its first day or use another one.", "Sertifika henüz geçerli değil. İlk gününü bekleyin veya başka bir sertifika kullanın."),
    entry(Code::CertificateRevoked, "CERTIFICATE_REVOKED", "The certificate is revoked. Use another one.", "Sertifika iptal edilmiş. Başka bir sertifika kullanın."),
    entry(Code::SignerMismatch, "SIGNER_MISMATCH", "The certificate belongs to another person than the applicant. Insert your own card.", "Sertifika, başvuru sahibinden başka birine ait. Kendi kartınızı takın."),
    entry(Code::CertificateUntrusted, "CERTIFICATE_UNTRUSTED", "The certificate's issuer is not trusted by the service. Use another certificate.", "Sertifikayı verene hizmet güvenmiyor. Başka bir sertifika kullanın."),
    entry(Code::CertificateNotQualified, "CERTIFICATE_NOT_QUALIFIED", "The certificate is not a qualified one (NES). Use your qualified certificate.", "Sertifika nitelikli (NES) değil. Nitelikli sertifikanızı kullanın."),
    entry(Code::KeyUsageWrong, "KEY_USAGE_WRONG", "The certificate is not meant for signing. Use your signing certificate.", "Sertifika imza için değil. İmza sertifikanızı kullanın."),
    entry(Code::CertificateNotChecked, "CERTIFICATE_NOT_CHECKED", "The signature was made with another certificate than the checked one. Sign again.", "İmza, denetlenen sertifikadan başkasıyla atıldı. Yeniden imzalayın."),
    entry(Code::CertificateMalformed, "CERTIFICATE_MALFORMED", "The certificate cannot be read. Use another one or call the support.", "Sertifika okunamıyor. Başka bir sertifika kullanın veya destek hattını arayın."),
    entry(Code::CertificateIsSeal, "CERTIFICATE_IS_SEAL", "The certificate is an institution's seal. Use your personal certificate.", "Sertifika bir kurum mührü. Kişisel sertifikanızı kullanın."),
    entry(Code::UnsupportedKey, "UNSUPPORTED_KEY", "The certificate's key is of a kind that is not supported. Use another certificate.", "Sertifikanın anahtar türü desteklenmiyor. Başka bir sertifika kullanın."),
    entry(Code::Algorithm, "ALGORITHM", "A signature algorithm is not allowed. Report this.", "İmza algoritmasına izin verilmiyor. Bildirin."),
    entry(Code::SelfCheck, "SELF_CHECK", "The card made a signature that does not fit its certificate. Nothing was sent; call the support.", "Kartın imzası sertifikasına uymuyor. Hiçbir şey gönderilmedi; destek hattını arayın."),
    entry(Code::Tsp, "TSP", "The time-stamp could not be had. Try again later.", "Zaman damgası alınamadı. Sonra yeniden deneyin."),
    entry(Code::SignatureInvalid, "SIGNATURE_INVALID", "The service found the signature invalid. Sign again; if it stays, report it.", "Hizmet imzayı geçersiz buldu. Yeniden imzalayın; sürerse bildirin."),
    entry(Code::ContentMismatch, "CONTENT_MISMATCH", "The service found another text in the signature. Report this.", "Hizmet imzada başka bir metin buldu. Bildirin."),
    entry(Code::PolicyViolation, "POLICY_VIOLATION", "The signature does not follow the service's policy. Install the newest version or report this.", "İmza hizmetin kurallarına uymuyor. Yeni sürümü kurun veya bildirin."),
    entry(Code::IncompleteSubmission, "INCOMPLETE_SUBMISSION", "Not every text was signed. Sign again.", "Metinlerin hepsi imzalanmamış. Yeniden imzalayın."),
    entry(Code::JournalUnavailable, "JOURNAL_UNAVAILABLE", "The journal cannot be written, so nothing is signed. Free some disk space and try again.", "Kayıt defteri yazılamıyor, bu yüzden imza atılmıyor. Diskte yer açıp yeniden deneyin."),
    entry(Code::JournalRead, "JOURNAL_READ", "The journal cannot be read. Check the rights of its folder.", "Kayıt defteri okunamıyor. Klasörünün izinlerini denetleyin."),
    entry(Code::JournalWrite, "JOURNAL_WRITE", "The journal cannot be written. Free some disk space or check the rights of its folder.", "Kayıt defteri yazılamıyor. Diskte yer açın veya klasörünün izinlerini denetleyin."),
    entry(Code::JournalCorrupt, "JOURNAL_CORRUPT", "The journal is damaged. Keep the file and report this.", "Kayıt defteri bozulmuş. Dosyayı saklayıp bildirin."),
    entry(Code::JournalLocked, "JOURNAL_LOCKED", "Another program is using the journal. Close it and try again.", "Kayıt defterini başka bir program kullanıyor. Onu kapatıp yeniden deneyin."),
    entry(Code::JournalKey, "JOURNAL_KEY", "The key of the journal is missing or wrong. Use the same user account as before.", "Kayıt defterinin anahtarı yok veya yanlış. Önceki kullanıcı hesabını kullanın."),
    entry(Code::Internal, "INTERNAL", "An internal error of the library. Restart the program and report this.", "Kitaplıkta iç hata oluştu. Programı yeniden başlatıp bildirin."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_row_and_the_rows_are_in_order() {
        let source = include_str!("code.rs");
        let numbers: Vec<i32> = source
            .lines()
            .filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = ")?.1.parse().ok())
            .filter(|number: &i32| *number < 0)
            .collect();
        assert!(numbers.len() > 100);
        assert_eq!(numbers, Code::all().iter().map(|entry| entry.code.number()).collect::<Vec<_>>());
        assert!(numbers.windows(2).all(|pair| pair[0] > pair[1]), "numbers fall and none stands twice");
    }

    #[test]
    fn names_are_the_variants_in_capitals() {
        for entry in Code::all() {
            let letters: String = entry.name.chars().filter(|c| *c != '_').collect();
            assert!(letters.eq_ignore_ascii_case(&format!("{:?}", entry.code)), "{}", entry.name);
        }
    }

    #[test]
    fn sentences_differ_by_language_and_end_as_sentences() {
        for entry in Code::all() {
            assert_ne!(entry.english, entry.turkish);
            assert!(entry.english.ends_with('.') && entry.turkish.ends_with('.'), "{}", entry.name);
        }
        assert_eq!(Language::from_tag("en-GB"), Language::English);
        assert_eq!(Language::from_tag("de"), Language::Turkish);
    }
}
