//! What can be asked of the service for a person who is signed in.

use std::{collections::HashMap, sync::Arc};

use kamusm::{
    application::{self, ApplicationNumber, PersonToken},
    approval::{self, EOnay},
    commitment::Commitment,
    config::Config,
    error::Error,
    event, evidence, form,
    idempotency::IdempotencyKey,
    institution::{self, InstitutionId},
    payment, person, phone, reference, result, sign_code,
    sms_code::SmsCode,
};

use crate::{call::Call, entropy, form::Form, institution::PreApplication, message::Message};

/// An operation of the service. `number` is a Sipariş No, such as `SD-13712`; somebody else's is `NOT_FOUND`.
#[derive(uniffi::Enum)]
pub enum Operation {
    /// Asks who is signed in. Message: `Me`.
    Me,
    /// Has the person's data read anew in the population register. Message: `IdentityRefresh`.
    RefreshIdentity,
    /// Agrees to e-onay. Message: `Consent`.
    ConsentToEonay {
        /// Whether the person ticked the box.
        accepted: bool,
    },
    /// Asks for all applications, the latest first. Message: `Applications`.
    Applications,
    /// Asks for one application. Message: `Application`.
    Application {
        /// Which application.
        number: String,
    },
    /// Waits up to 25 s for another version of an application. Message: `Application` or `Unchanged`.
    WatchApplication {
        /// Which application.
        number: String,
        /// The version that is known.
        etag: String,
    },
    /// Cancels an application before its production. Message: `Application`.
    CancelApplication {
        /// Which application.
        number: String,
    },
    /// Asks for the form. Message: `Form`.
    Form {
        /// Which application.
        number: String,
    },
    /// Saves the form. Message: `Form`.
    SaveForm {
        /// Which application.
        number: String,
        /// The version that is changed.
        etag: String,
        /// The values by the names of their fields.
        values: HashMap<String, String>,
    },
    /// Asks for a list that a field chooses from. Message: `Choices`.
    Choices {
        /// Which list.
        list: String,
        /// The province, for lists that differ by it.
        province: Option<String>,
    },
    /// Has a code sent to the phone in the form. Message: `PhoneVerification`.
    StartPhoneVerification {
        /// Which application.
        number: String,
    },
    /// Tries the code that came. Message: `PhoneVerified`.
    TryPhoneCode {
        /// Which application.
        number: String,
        /// Which verification.
        id: String,
        /// The code as the person typed it.
        code: String,
    },
    /// Asks how the application can be approved. Message: `Approval`.
    Approval {
        /// Which application.
        number: String,
    },
    /// Approves by e-onay. Message: `ApplicationResult`.
    Approve {
        /// Which application.
        number: String,
        /// The proofs of reading.
        view_ids: Vec<String>,
        /// The form that the person saw.
        form_digest: String,
        /// Whether the person ticked the box.
        accepted: bool,
    },
    /// Asks for the text of a taahhütname. Message: `Text`.
    Commitment {
        /// Which taahhütname.
        id: String,
        /// The digest that its text must have.
        digest: String,
    },
    /// Tells that the person read a taahhütname. Message: `Id`, the proof of reading.
    ViewCommitment {
        /// Which application.
        number: String,
        /// Which taahhütname.
        id: String,
        /// The digest of the text that was read.
        digest: String,
        /// Whether it was read to its end.
        read_to_end: bool,
    },
    /// Issues a doğrulama kodu. Message: `SignCode`.
    IssueSignCode {
        /// Which application.
        number: String,
        /// The proofs of reading.
        view_ids: Vec<String>,
    },
    /// Asks what became of a code. Message: `SignCode`.
    SignCode {
        /// Which application.
        number: String,
        /// Which code.
        id: String,
    },
    /// As `SignCode`; the service may hold its answer back up to 25 s until something changes. Message: `SignCode`.
    WatchSignCode {
        /// Which application.
        number: String,
        /// Which code.
        id: String,
    },
    /// "Evet, benim" or "Bu ben değilim", which ends session and code. Message: `SignCode`.
    ConfirmSignCode {
        /// Which application.
        number: String,
        /// Which code.
        id: String,
        /// Whether it is the person.
        confirmed: bool,
    },
    /// Takes a code back, and the session that it was redeemed for. Message: `Empty`.
    WithdrawSignCode {
        /// Which application.
        number: String,
        /// Which code.
        id: String,
    },
    /// Asks what became of the approval. Message: `ApplicationResult`.
    Result {
        /// Which application.
        number: String,
    },
    /// Asks who pays what. Message: `Payment`.
    Payment {
        /// Which application.
        number: String,
    },
    /// Begins a payment at the virtual POS. Message: `PaymentIntent`.
    StartPayment {
        /// Which application.
        number: String,
    },
    /// Asks what happened, the latest first. Message: `Events`.
    Events {
        /// Which application.
        number: String,
    },
    /// Asks for the accepted signatures. Message: `EvidenceList`.
    EvidenceList {
        /// Which application.
        number: String,
    },
    /// Downloads an accepted signature. Message: `Octets`.
    DownloadEvidence {
        /// Which application.
        number: String,
        /// Which piece.
        id: String,
        /// Its media type in the list.
        media_type: String,
        /// Its digest in the list, which the octets must have.
        digest: String,
    },
    /// Tells of staff who may apply, 1 to 500. Message: `Placed`.
    SubmitPreApplications {
        /// The institution's id.
        institution: String,
        /// The staff.
        items: Vec<PreApplication>,
    },
    /// Asks for the pre-applications of an institution. Message: `StaffApplications`.
    StaffApplications {
        /// The institution's id.
        institution: String,
    },
    /// Asks for one pre-application. Message: `StaffApplication`.
    StaffApplication {
        /// The institution's id.
        institution: String,
        /// Which one.
        number: String,
    },
    /// Waits up to 25 s for another version of a pre-application. Message: `StaffApplication` or `Unchanged`.
    WatchStaffApplication {
        /// The institution's id.
        institution: String,
        /// Which one.
        number: String,
        /// The version that is known.
        etag: String,
    },
}

impl Operation {
    pub(crate) fn call(self, c: &Config, t: &PersonToken) -> Result<Arc<Call>, Error> {
        let key = || entropy::drawn().map(|entropy| IdempotencyKey::new(*entropy));
        let of = |number: &str| ApplicationNumber::parse(number);
        let at = |institution: &str| InstitutionId::parse(institution);
        Ok(match self {
            Self::Me => Call::new(person::Me::read(c, t), |me| Message::Me { me: me.into() }),
            Self::RefreshIdentity => Call::new(person::Me::refresh_identity(c, t, &key()?), |refresh| {
                Message::IdentityRefresh { refresh: refresh.into() }
            }),
            Self::ConsentToEonay { accepted } => {
                Call::new(person::Me::consent_to_eonay(c, t, accepted, &key()?), |consent| Message::Consent {
                    consent: consent.into(),
                })
            }
            Self::Applications => Call::new(application::Application::list(c, t), |applications| {
                Message::Applications { applications: each(applications) }
            }),
            Self::Application { number } => {
                Call::new(application::Application::read(c, t, &of(&number)?), application)
            }
            Self::WatchApplication { number, etag } => {
                Call::new(application::Application::watch(c, t, &of(&number)?, &etag), |changed| {
                    changed.map_or(Message::Unchanged, application)
                })
            }
            Self::CancelApplication { number } => {
                Call::new(application::Application::cancel(c, t, &of(&number)?, &key()?), application)
            }
            Self::Form { number } => Call::new(form::Form::read(c, t, &of(&number)?), form),
            Self::SaveForm { number, etag, values } => {
                let values = values.into_iter().collect();
                Call::new(form::Form::save(c, t, &of(&number)?, &etag, &values), form)
            }
            Self::Choices { list, province } => {
                let call = match province {
                    Some(province) => reference::Choice::list_of_province(c, t, &list, &province),
                    None => reference::Choice::list(c, t, &list),
                };
                Call::new(call, |choices| Message::Choices { choices: each(choices) })
            }
            Self::StartPhoneVerification { number } => {
                let call = phone::PhoneVerification::start(c, t, &of(&number)?, &key()?);
                Call::new(call, |sent| Message::PhoneVerification { verification: sent.into() })
            }
            Self::TryPhoneCode { number, id, code } => {
                let code = SmsCode::parse(&zeroize::Zeroizing::new(code))?;
                let call = phone::PhoneVerification::attempt(c, t, &of(&number)?, &id, &code, &key()?);
                Call::new(call, |verified| Message::PhoneVerified { verified })
            }
            Self::Approval { number } => {
                Call::new(approval::Approval::read(c, t, &of(&number)?), |approval| Message::Approval {
                    approval: approval.into(),
                })
            }
            Self::Approve { number, view_ids, form_digest, accepted } => {
                let approve = EOnay { view_ids: &view_ids, form_digest: &form_digest, accepted };
                Call::new(approval::Approval::approve(c, t, &of(&number)?, &approve, &key()?), result)
            }
            Self::Commitment { id, digest } => {
                Call::new(Commitment::new(id, digest).content(c, t), |text| Message::Text { text })
            }
            Self::ViewCommitment { number, id, digest, read_to_end } => {
                let commitment = Commitment::new(id, digest);
                let call = commitment.view(c, t, &of(&number)?, read_to_end, &key()?);
                Call::new(call, |id| Message::Id { id })
            }
            Self::IssueSignCode { number, view_ids } => {
                Call::new(sign_code::SignCode::issue(c, t, &of(&number)?, &view_ids, &key()?), sign_code)
            }
            Self::SignCode { number, id } => {
                Call::new(sign_code::SignCode::read(c, t, &of(&number)?, &id), sign_code)
            }
            Self::WatchSignCode { number, id } => {
                Call::new(sign_code::SignCode::watch(c, t, &of(&number)?, &id), sign_code)
            }
            Self::ConfirmSignCode { number, id, confirmed } => {
                Call::new(sign_code::SignCode::confirm(c, t, &of(&number)?, &id, confirmed), sign_code)
            }
            Self::WithdrawSignCode { number, id } => {
                Call::new(sign_code::SignCode::withdraw(c, t, &of(&number)?, &id), |()| Message::Empty)
            }
            Self::Result { number } => {
                Call::new(result::ApplicationResult::read(c, t, &of(&number)?), result)
            }
            Self::Payment { number } => Call::new(payment::Payment::read(c, t, &of(&number)?), |payment| {
                Message::Payment { payment: payment.into() }
            }),
            Self::StartPayment { number } => {
                Call::new(payment::Payment::start(c, t, &of(&number)?, &key()?), |intent| {
                    Message::PaymentIntent { intent: intent.into() }
                })
            }
            Self::Events { number } => Call::new(event::Event::list(c, t, &of(&number)?), |events| {
                Message::Events { events: each(events) }
            }),
            Self::EvidenceList { number } => {
                Call::new(evidence::Evidence::list(c, t, &of(&number)?), |evidence| Message::EvidenceList {
                    evidence: each(evidence),
                })
            }
            Self::DownloadEvidence { number, id, media_type, digest } => {
                let evidence = evidence::Evidence::new(id, media_type, digest);
                Call::new(evidence.download(c, t, &of(&number)?), |octets| Message::Octets { octets })
            }
            Self::SubmitPreApplications { institution, items } => {
                let items: Result<Vec<_>, Error> = items.into_iter().map(PreApplication::parsed).collect();
                let call = institution::submit(c, t, &at(&institution)?, &items?, &key()?)?;
                Call::new(call, |placed| Message::Placed { placed: each(placed) })
            }
            Self::StaffApplications { institution } => {
                Call::new(institution::list(c, t, &at(&institution)?), |applications| {
                    Message::StaffApplications { applications: each(applications) }
                })
            }
            Self::StaffApplication { institution, number } => {
                Call::new(institution::read(c, t, &at(&institution)?, &of(&number)?), staff_application)
            }
            Self::WatchStaffApplication { institution, number, etag } => {
                let call = institution::watch(c, t, &at(&institution)?, &of(&number)?, &etag);
                Call::new(call, |changed| changed.map_or(Message::Unchanged, staff_application))
            }
        })
    }
}

fn each<T, U: From<T>>(items: Vec<T>) -> Vec<U> {
    items.into_iter().map(U::from).collect()
}

fn application(application: application::Application) -> Message {
    Message::Application { application: application.into() }
}

fn form(form: form::Form) -> Message {
    Message::Form { form: Arc::new(Form(form)) }
}

fn sign_code(sign_code: sign_code::SignCode) -> Message {
    Message::SignCode { sign_code: sign_code.into() }
}

fn result(result: result::ApplicationResult) -> Message {
    Message::ApplicationResult { result: result.into() }
}

fn staff_application(application: institution::StaffApplication) -> Message {
    Message::StaffApplication { application: application.into() }
}
