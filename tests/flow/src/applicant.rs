//! A person with an application that only waits for its approval.

use std::sync::atomic::{AtomicU32, Ordering};

use kamusm_sandbox::{Issued, IssuedCode, LeafKey, LeafSpec, Order, Person, Sandbox};

/// TCKNs whose check digits are right; each test has a service of its own.
const TCKN: &str = "17291716060";
const NAME: &str = "Işıl Çağrı Öğünç";
static NEXT: AtomicU32 = AtomicU32::new(20_001);

/// The applicant of a test.
#[derive(Debug)]
#[non_exhaustive]
pub struct Applicant {
    /// The application's number.
    pub application: String,
    /// The applicant's number.
    pub tckn: String,
}

impl Applicant {
    /// A new application with this many texts for the person of all tests.
    pub fn with_texts(sandbox: &Sandbox, texts: u8) -> Self {
        let application = format!("SD-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let order = Order { texts, ..Order::ready(&application) };
        let person = Person { tckn: TCKN.into(), name: NAME.into(), orders: vec![order] };
        sandbox.admin().add_person(person).expect("the service takes a person");
        let applicant = Self { application, tckn: TCKN.into() };
        // The service issues a code only to a person who has a valid certificate.
        applicant.certificate(sandbox, applicant.leaf(LeafKey::P256));
        applicant
    }

    /// What a right certificate of this person looks like.
    pub fn leaf(&self, key: LeafKey) -> LeafSpec {
        LeafSpec { key, tckn: Some(self.tckn.clone()), common_name: NAME.into(), ..LeafSpec::default() }
    }

    /// A fresh doğrulama kodu.
    pub fn code(&self, sandbox: &Sandbox) -> String {
        self.issue(sandbox).code
    }

    /// A fresh doğrulama kodu with its identifier on the page.
    pub fn issue(&self, sandbox: &Sandbox) -> IssuedCode {
        sandbox.admin().issue_sign_code(&self.application).expect("the service issues a code")
    }

    /// A bearer token of the page.
    pub fn token(&self, sandbox: &Sandbox) -> String {
        sandbox.admin().person_token(&self.tckn).expect("the service knows the person")
    }

    /// A certificate with its key.
    pub fn certificate(&self, sandbox: &Sandbox, spec: LeafSpec) -> Issued {
        sandbox.admin().issue_certificate(spec).expect("the service issues a certificate")
    }
}
