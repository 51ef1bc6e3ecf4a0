//! Every problem type of the protocol's section 6 with its status, advice and words: one row each.

use super::{Outcome, Retry};

/// The words of a problem in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// The title.
    pub(crate) title: &'static str,
    /// The sentence.
    pub(crate) detail: &'static str,
}

macro_rules! kinds {
    ($($kind:ident {
        $name:literal, $status:literal, $retry:ident, $outcome:ident,
        tr: $title_tr:literal / $detail_tr:literal,
        en: $title_en:literal / $detail_en:literal,
    })*) => {
        /// A problem type, `urn:kamusm:problem:<name>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Kind {
            $(#[doc = concat!("`", $name, "`, ", $status)] $kind,)*
        }

        impl Kind {
            /// All types, in the protocol's order.
            pub(crate) const ALL: &[Self] = &[$(Self::$kind),*];

            /// The name behind the prefix.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The HTTP status.
            pub(crate) const fn status(self) -> u16 {
                match self { $(Self::$kind => $status,)* }
            }

            pub(super) const fn retry(self) -> Retry {
                match self { $(Self::$kind => Retry::$retry,)* }
            }

            pub(super) const fn outcome(self) -> Outcome {
                match self { $(Self::$kind => Outcome::$outcome,)* }
            }

            /// Title and sentence in Turkish.
            pub(crate) const fn turkish(self) -> Words {
                match self { $(Self::$kind => Words { title: $title_tr, detail: $detail_tr },)* }
            }

            /// Title and sentence in English.
            pub(crate) const fn english(self) -> Words {
                match self { $(Self::$kind => Words { title: $title_en, detail: $detail_en },)* }
            }
        }
    };
}

kinds! {
    Malformed {
        "malformed", 400, No, NotDone,
        tr: "İstek okunamadı" / "İstek beklenen biçimde değil.",
        en: "Unreadable request" / "The request does not have the expected form.",
    }
    IdempotencyKeyRequired {
        "idempotency-key-required", 400, No, NotDone,
        tr: "Idempotency-Key gerekli" / "Bu istek, en az 22 karakterlik rastgele bir Idempotency-Key başlığı ister.",
        en: "Idempotency-Key required" / "This request needs an Idempotency-Key header of at least 22 random characters.",
    }
    IdempotencyKeyReused {
        "idempotency-key-reused", 422, No, NotDone,
        tr: "Idempotency-Key başka bir istekte kullanıldı" / "Aynı anahtar başka içerikle gönderildi.",
        en: "Idempotency-Key used for another request" / "The same key came with another content.",
    }
    IdempotencyInFlight {
        "idempotency-in-flight", 409, Same, Unknown,
        tr: "İstek işleniyor" / "Aynı anahtarla gönderilen istek henüz sonuçlanmadı.",
        en: "Request in progress" / "A request with the same key is not finished yet.",
    }
    PreconditionRequired {
        "precondition-required", 428, No, NotDone,
        tr: "If-Match gerekli" / "Değişiklik için If-Match başlığı gerekir.",
        en: "If-Match required" / "A change needs an If-Match header.",
    }
    TooLarge {
        "too-large", 413, No, NotDone,
        tr: "İstek çok büyük" / "Gönderilen içerik izin verilen boyuttan büyük.",
        en: "Request too large" / "The content is larger than allowed.",
    }
    UnsupportedMediaType {
        "unsupported-media-type", 415, No, NotDone,
        tr: "İçerik türü desteklenmiyor" / "İçerik türü application/json olmalıdır.",
        en: "Unsupported media type" / "The content type must be application/json.",
    }
    NoCommonProfile {
        "no-common-profile", 406, No, NotDone,
        tr: "Ortak imza profili yok" / "Uygulamanızın imza profilleri bu hizmette geçerli değil.",
        en: "No common signature profile" / "This service accepts none of your application's signature profiles.",
    }
    Unauthenticated {
        "unauthenticated", 401, No, NotDone,
        tr: "Kimlik doğrulanmadı" / "Geçerli bir erişim anahtarı gerekir.",
        en: "Not authenticated" / "A valid bearer token is needed.",
    }
    Forbidden {
        "forbidden", 403, No, NotDone,
        tr: "Yetki yok" / "Bu işlem için yetkiniz yok.",
        en: "Forbidden" / "You may not do this.",
    }
    MethodNotAllowed {
        "method-not-allowed", 403, No, NotDone,
        tr: "Onay yöntemi kullanılamaz" / "Bu başvuru bu yöntemle onaylanamaz.",
        en: "Method of approval not allowed" / "This application cannot be approved this way.",
    }
    ChallengeExpired {
        "challenge-expired", 410, UserAction, NotDone,
        tr: "Giriş isteğinin süresi doldu" / "Girişi yeniden başlatın.",
        en: "Challenge expired" / "Start the sign-in again.",
    }
    ChallengeUsed {
        "challenge-used", 409, UserAction, NotDone,
        tr: "Giriş isteği kullanılmış" / "Girişi yeniden başlatın.",
        en: "Challenge already used" / "Start the sign-in again.",
    }
    NotFound {
        "not-found", 404, No, NotDone,
        tr: "Bulunamadı" / "Aranan kayıt yok.",
        en: "Not found" / "There is no such thing here.",
    }
    WrongState {
        "wrong-state", 409, UserAction, NotDone,
        tr: "İşlem bu aşamada yapılamaz" / "Kaydın şu anki durumu bu işleme uygun değil.",
        en: "Not possible in this state" / "The present state does not allow this.",
    }
    FormChanged {
        "form-changed", 412, UserAction, NotDone,
        tr: "Form değişti" / "Form bu arada değişti; güncel hâlini alın.",
        en: "Form changed" / "The form changed meanwhile; read it again.",
    }
    CommitmentChanged {
        "commitment-changed", 409, UserAction, NotDone,
        tr: "Taahhütname değişti" / "Taahhütnamenin yeni sürümünü okuyun.",
        en: "Commitment changed" / "Read the new version of the commitment.",
    }
    AlreadyApproved {
        "already-approved", 409, No, NotDone,
        tr: "Başvuru onaylanmış" / "Bu başvuru daha önce onaylandı.",
        en: "Already approved" / "This application has been approved before.",
    }
    TooLateToCancel {
        "too-late-to-cancel", 409, No, NotDone,
        tr: "İptal için geç" / "Üretim başladığı için başvuru iptal edilemez.",
        en: "Too late to cancel" / "Production has started.",
    }
    NothingToPay {
        "nothing-to-pay", 409, No, NotDone,
        tr: "Ödenecek borç yok" / "Bu siparişe ait borç bulunmuyor.",
        en: "Nothing to pay" / "There is no debt for this order.",
    }
    EvidenceExpired {
        "evidence-expired", 410, No, NotDone,
        tr: "Belgenin saklama süresi doldu" / "Belge artık saklanmıyor.",
        en: "Evidence expired" / "The document is no longer kept.",
    }
    NoPriorConsent {
        "no-prior-consent", 409, UserAction, NotDone,
        tr: "E-onaya önceden izin verilmemiş" / "E-onay için daha önce izin verilmiş olmalıdır.",
        en: "No prior consent" / "E-onay needs a consent given earlier.",
    }
    NoValidCertificate {
        "no-valid-certificate", 409, UserAction, NotDone,
        tr: "Geçerli sertifika yok" / "Adınıza kayıtlı geçerli bir nitelikli elektronik sertifika bulunamadı.",
        en: "No valid certificate" / "There is no valid qualified certificate of yours.",
    }
    FormInvalid {
        "form-invalid", 422, UserAction, NotDone,
        tr: "Formda hata var" / "Formdaki bazı alanlar düzeltilmelidir.",
        en: "Invalid form" / "Some fields of the form must be corrected.",
    }
    IdentityMismatch {
        "identity-mismatch", 409, UserAction, NotDone,
        tr: "Kimlik bilgileri uyuşmuyor" / "Bilgiler nüfus kaydından farklı.",
        en: "Identity mismatch" / "The data differ from the civil register.",
    }
    PhoneNotVerified {
        "phone-not-verified", 409, UserAction, NotDone,
        tr: "Telefon doğrulanmamış" / "Cep telefonunuzu doğrulayın.",
        en: "Phone not verified" / "Verify your mobile phone first.",
    }
    SmsCodeWrong {
        "sms-code-wrong", 422, UserAction, NotDone,
        tr: "SMS kodu yanlış" / "Girilen kod yanlış.",
        en: "Wrong SMS code" / "The code is wrong.",
    }
    SmsCodeExpired {
        "sms-code-expired", 410, UserAction, NotDone,
        tr: "SMS kodunun süresi doldu" / "Yeni bir SMS kodu isteyin.",
        en: "SMS code expired" / "Ask for a new SMS code.",
    }
    SmsAttemptsExhausted {
        "sms-attempts-exhausted", 429, UserAction, NotDone,
        tr: "Deneme hakkı bitti" / "Yeni bir SMS kodu isteyin.",
        en: "No tries left" / "Ask for a new SMS code.",
    }
    SmsLimit {
        "sms-limit", 429, After, NotDone,
        tr: "SMS sınırı" / "Bir süre sonra yeniden isteyin.",
        en: "SMS limit" / "Ask again later.",
    }
    NotRead {
        "not-read", 422, UserAction, NotDone,
        tr: "Taahhütname okunmamış" / "Nitelikli Elektronik Sertifika Sahibi Taahhütnamesini açıp sonuna kadar okuyun.",
        en: "Commitment not read" / "Open the certificate holder's commitment and read it to its end.",
    }
    NotAccepted {
        "not-accepted", 422, UserAction, NotDone,
        tr: "Onay kutusu işaretlenmemiş" / "Taahhütnameyi kabul ettiğinizi işaretleyin.",
        en: "Not accepted" / "Tick that you accept the commitment.",
    }
    CodeMalformed {
        "code-malformed", 400, UserAction, NotDone,
        tr: "Doğrulama kodu hatalı" / "Kod 16 karakterlidir; yeniden kopyalayıp yapıştırın.",
        en: "Malformed code" / "A code has 16 characters; copy and paste it again.",
    }
    CodeUnknown {
        "code-unknown", 404, NewCode, NotDone,
        tr: "Doğrulama kodu bilinmiyor" / "Böyle bir doğrulama kodu yok; sayfadan yeni bir kod alın.",
        en: "Unknown code" / "There is no such code; get a new one on the page.",
    }
    CodeExpired {
        "code-expired", 410, NewCode, NotDone,
        tr: "Doğrulama kodunun süresi doldu" / "Kod 10 dakika geçerlidir; sayfadan yeni bir kod alın.",
        en: "Code expired" / "A code lasts ten minutes; get a new one on the page.",
    }
    CodeAlreadyUsed {
        "code-already-used", 409, NewCode, NotDone,
        tr: "Doğrulama kodu kullanılmış" / "Kod başka bir uygulamada kullanıldı. Bu siz değilseniz sayfada iptal edin.",
        en: "Code already used" / "Another application used the code. If that was not you, cancel it on the page.",
    }
    CodeCancelled {
        "code-cancelled", 410, NewCode, NotDone,
        tr: "Doğrulama kodu iptal edildi" / "Kod iptal edildi veya yerine yenisi alındı.",
        en: "Code cancelled" / "The code was cancelled or replaced by a newer one.",
    }
    WrongEnvironment {
        "wrong-environment", 421, UserAction, NotDone,
        tr: "Kod başka bir ortama ait" / "Bu kod başka bir ortamda alınmış.",
        en: "Wrong environment" / "The code belongs to another environment.",
    }
    ClientTooOld {
        "client-too-old", 426, No, NotDone,
        tr: "Uygulama eski" / "Uygulamanızı güncelleyin.",
        en: "Client too old" / "Update your application.",
    }
    AwaitingConfirmation {
        "awaiting-confirmation", 409, After, NotDone,
        tr: "Sayfada onay bekleniyor" / "Başvuru sayfasında “Evet, benim” düğmesine basın.",
        en: "Waiting for the page" / "Press “Evet, benim” on the application's page.",
    }
    ConfirmationRefused {
        "confirmation-refused", 410, NewCode, NotDone,
        tr: "Oturum reddedildi" / "Başvuru sayfasında “Bu ben değilim” denildi.",
        en: "Refused on the page" / "The page answered “Bu ben değilim”.",
    }
    SessionUnknown {
        "session-unknown", 404, NewCode, NotDone,
        tr: "Oturum bilinmiyor" / "Böyle bir imza oturumu yok.",
        en: "Unknown session" / "There is no such sign session.",
    }
    SessionExpired {
        "session-expired", 410, NewCode, NotDone,
        tr: "Oturumun süresi doldu" / "İmza oturumu sona erdi; sayfadan yeni bir kod alın.",
        en: "Session expired" / "The sign session is over; get a new code on the page.",
    }
    SessionCancelled {
        "session-cancelled", 410, NewCode, NotDone,
        tr: "Oturum iptal edildi" / "İmza oturumu iptal edildi.",
        en: "Session cancelled" / "The sign session was cancelled.",
    }
    SessionSuperseded {
        "session-superseded", 410, NewCode, NotDone,
        tr: "Yerine yeni oturum açıldı" / "Daha yeni bir doğrulama kodu alındı.",
        en: "Session superseded" / "A newer code was issued.",
    }
    NoExtensionsLeft {
        "no-extensions-left", 409, NewCode, NotDone,
        tr: "Süre daha fazla uzatılamaz" / "Uzatma hakkı bitti.",
        en: "No extensions left" / "The time cannot be extended again.",
    }
    AlreadySubmitted {
        "already-submitted", 409, No, Done,
        tr: "İmzalar gönderilmiş" / "Bu oturumun imzaları daha önce alındı.",
        en: "Already submitted" / "The signatures of this session were received before.",
    }
    SubmissionConflict {
        "submission-conflict", 409, No, Done,
        tr: "Başka imzalar alınmış" / "Bu oturum için daha önce başka imzalar alındı.",
        en: "Submission conflict" / "Other signatures were received for this session before.",
    }
    NothingSubmitted {
        "nothing-submitted", 404, No, NotDone,
        tr: "Gönderilen imza yok" / "Bu oturumda henüz imza gönderilmedi.",
        en: "Nothing submitted" / "No signature was submitted in this session.",
    }
    SignatureInvalid {
        "signature-invalid", 422, UserAction, NotDone,
        tr: "İmza geçersiz" / "İmza doğrulanamadı.",
        en: "Invalid signature" / "The signature could not be verified.",
    }
    ContentMismatch {
        "content-mismatch", 422, UserAction, NotDone,
        tr: "İmzalanan metin farklı" / "İmzalanan metin, hizmetin verdiği metin değil.",
        en: "Content mismatch" / "What was signed is not the service's text.",
    }
    SignerMismatch {
        "signer-mismatch", 422, UserAction, NotDone,
        tr: "İmzalayan başvuru sahibi değil" / "Sertifika başvuru sahibine ait değil.",
        en: "Signer mismatch" / "The certificate is not the applicant's.",
    }
    CertificateExpired {
        "certificate-expired", 422, UserAction, NotDone,
        tr: "Sertifikanın süresi dolmuş" / "Geçerli bir sertifika seçin.",
        en: "Certificate expired" / "Choose a valid certificate.",
    }
    CertificateNotYetValid {
        "certificate-not-yet-valid", 422, UserAction, NotDone,
        tr: "Sertifika henüz geçerli değil" / "Sertifikanın geçerliliği başlamadı.",
        en: "Certificate not yet valid" / "The certificate's validity has not begun.",
    }
    CertificateRevoked {
        "certificate-revoked", 422, UserAction, NotDone,
        tr: "Sertifika iptal edilmiş" / "Sertifika iptal edilmiş veya askıda.",
        en: "Certificate revoked" / "The certificate is revoked or on hold.",
    }
    CertificateNotQualified {
        "certificate-not-qualified", 422, UserAction, NotDone,
        tr: "Sertifika nitelikli değil" / "Sertifika nitelikli elektronik sertifika değil.",
        en: "Certificate not qualified" / "The certificate is not a qualified one.",
    }
    CertificateUntrusted {
        "certificate-untrusted", 422, UserAction, NotDone,
        tr: "Sertifikaya güvenilmiyor" / "Sertifikanın yayıncısı tanınmıyor.",
        en: "Certificate untrusted" / "The certificate's issuer is not known.",
    }
    KeyUsageWrong {
        "key-usage-wrong", 422, UserAction, NotDone,
        tr: "Anahtar kullanımı uygun değil" / "Sertifika inkâr edilemez imza için verilmemiş.",
        en: "Wrong key usage" / "The certificate was not issued for non-repudiation.",
    }
    CertificateNotChecked {
        "certificate-not-checked", 422, UserAction, NotDone,
        tr: "Sertifika önceden denetlenmedi" / "İmza, bu oturumda denetlenen sertifika ile atılmalıdır.",
        en: "Certificate not checked" / "The signature must be of the certificate that was checked in this session.",
    }
    PolicyViolation {
        "policy-violation", 422, UserAction, NotDone,
        tr: "İmza politikasına aykırı" / "İmza, hizmetin imza profiline uymuyor.",
        en: "Policy violation" / "The signature breaks the service's signature profile.",
    }
    IncompleteSubmission {
        "incomplete-submission", 422, UserAction, NotDone,
        tr: "Eksik gönderim" / "Bütün metinlerin imzaları bir arada gönderilmelidir.",
        en: "Incomplete submission" / "The signatures of all texts must come together.",
    }
    RateLimited {
        "rate-limited", 429, After, NotDone,
        tr: "Çok fazla istek" / "Bir süre sonra yeniden deneyin.",
        en: "Too many requests" / "Try again later.",
    }
    SlowDown {
        "slow-down", 429, After, NotDone,
        tr: "Yavaşlayın" / "Çok sayıda hatalı kod denendi; bir süre bekleyin.",
        en: "Slow down" / "Too many wrong codes were tried; wait a while.",
    }
    UpstreamUnavailable {
        "upstream-unavailable", 503, After, NotDone,
        tr: "Bağlı hizmete ulaşılamıyor" / "Gerekli bir hizmet şu anda yanıt vermiyor.",
        en: "Upstream unavailable" / "A service that is needed does not answer.",
    }
    SmsGatewayDown {
        "sms-gateway-down", 503, After, NotDone,
        tr: "SMS gönderilemiyor" / "SMS hizmeti şu anda çalışmıyor.",
        en: "SMS gateway down" / "No SMS can be sent at the moment.",
    }
    Maintenance {
        "maintenance", 503, After, NotDone,
        tr: "Bakım çalışması" / "Hizmet bakımda.",
        en: "Maintenance" / "The service is under maintenance.",
    }
    ServiceUnavailable {
        "service-unavailable", 503, After, Unknown,
        tr: "Hizmet verilemiyor" / "Hizmet şu anda yanıt veremiyor.",
        en: "Service unavailable" / "The service cannot answer at the moment.",
    }
    Internal {
        "internal", 500, Same, Unknown,
        tr: "Beklenmeyen hata" / "İşlem sırasında bir hata oluştu.",
        en: "Internal error" / "Something went wrong.",
    }
}
