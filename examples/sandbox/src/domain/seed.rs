//! The persons and orders that a new sandbox has: the rows of TAL.01.16, Şekil 2.

use crate::clock::UnixMs;
use crate::domain::application::machine::{Payment, Step};
use crate::domain::application::{change, events, form};
use crate::domain::magic::{self, Magic};
use crate::domain::mask;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::applicant::{self, Applicant};
use crate::store::application::{self, Application};
use crate::store::{Connection, institution};

/// What a new sandbox holds.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The persons with their orders.
    pub persons: Vec<Person>,
    /// The institutions with those who are responsible for e-imza.
    pub institutions: Vec<Institution>,
}

/// An institution whose staff applies for certificates.
#[derive(Clone)]
pub struct Institution {
    /// Its identifier in addresses.
    pub id: String,
    /// Kurum Adı.
    pub name: String,
    /// The TCKN of each e-imza sorumlusu; they must be known.
    pub officers: Vec<String>,
}

impl std::fmt::Debug for Institution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Institution").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A person. `Debug` shows the number of orders only.
#[derive(Clone)]
pub struct Person {
    /// T.C. kimlik numarası.
    pub tckn: String,
    /// Full name.
    pub name: String,
    /// Their orders.
    pub orders: Vec<Order>,
}

/// An order. Built from [`Order::ready`] by changing fields.
#[derive(Clone)]
pub struct Order {
    /// `SD-13712`.
    pub no: String,
    /// Başvuru Tarihi, `2021-12-17`.
    pub applied_on: String,
    /// Kurum Adı.
    pub institution: String,
    /// What is ordered.
    pub product: String,
    /// `first`, `other`, `renewal`, `lost_or_stolen`, `hardware_fault`, `identity_change` or `pin_puk_lost`.
    pub reason: String,
    /// Whether the person comes from another institution.
    pub institution_change: bool,
    /// `institution` or `person`.
    pub payer: String,
    /// Whether production waits for the payment.
    pub prepaid: bool,
    /// `pre_application`, `form_saved`, `phone_verified`, `payment_pending`, `production_pending`, `in_production`,
    /// `shipped`, `delivered`, `active` or `cancelled`. One in `production_pending` stays there until it is pushed.
    pub state: String,
    /// `institution`, `person` or `timeout`.
    pub cancelled_by: Option<String>,
    /// Whether the taahhütname was opened and read to its end.
    pub commitment_read: bool,
    /// Further lines of the form: label and value.
    pub form: Vec<(String, String)>,
    /// How it may be approved: `e_onay`, `e_imza`.
    pub methods: Vec<String>,
    /// How many texts are signed, 1 to 10.
    pub texts: u8,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("orders", &self.orders.len()).finish_non_exhaustive()
    }
}

impl Order {
    /// An order whose form is filled and whose telephone is verified: only the approval is missing.
    pub fn ready(no: &str) -> Self {
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        Self {
            no: no.to_owned(),
            applied_on: "2021-12-17".to_owned(),
            institution: "Deneme Kurumu".to_owned(),
            product: "Nitelikli Elektronik Sertifika, 3 yıl".to_owned(),
            reason: "first".to_owned(),
            institution_change: false,
            payer: "person".to_owned(),
            prepaid: true,
            state: Step::PhoneVerified.name().to_owned(),
            cancelled_by: None,
            commitment_read: true,
            form: vec![
                pair("Sertifika Süresi", "3 yıl"),
                pair("Kart Okuyucu", "İstemiyorum"),
                pair("Sertifikanız İnternette Yayınlansın mı?", "Hayır"),
                pair("Kurum Adı", "Deneme Kurumu"),
                pair("Çalıştığı Birim", "Bilgi İşlem Müdürlüğü"),
                pair("Ünvan", "Mühendis"),
                pair("İl", "Kocaeli"),
                pair("Teslimat Yöntemi", "Kurye ile elden teslim"),
            ],
            methods: vec!["e_onay".to_owned(), "e_imza".to_owned()],
            texts: 1,
        }
    }
}

impl Default for Seed {
    fn default() -> Self {
        let order = |no: &str, applied_on: &str, step: Step| Order {
            applied_on: applied_on.to_owned(),
            state: step.name().to_owned(),
            ..Order::ready(no)
        };
        let orders = vec![
            order("SD-13712", "2021-12-17", Step::PhoneVerified),
            order("SD-13498", "2021-12-07", Step::ProductionPending),
            Order {
                cancelled_by: Some("institution".to_owned()),
                ..order("SD-13459", "2021-12-01", Step::Cancelled)
            },
            order("SD-13447", "2021-11-30", Step::ProductionPending),
        ];
        let mut persons = vec![Person { tckn: TCKN.to_owned(), name: NAME.to_owned(), orders }];
        persons.extend(magic::TABLE.iter().map(|(tckn, no, outcome)| Person {
            tckn: (*tckn).to_owned(),
            name: "Deneme Kullanıcı Sabit".to_owned(),
            orders: vec![Order { commitment_read: *outcome != Magic::NotRead, ..Order::ready(no) }],
        }));
        let officer = |tckn: &str, name: &str| Person {
            tckn: tckn.to_owned(),
            name: name.to_owned(),
            orders: Vec::new(),
        };
        persons.extend([
            officer(OFFICER, "Sorumlu Kullanıcı Bir"),
            officer(OTHER_OFFICER, "Sorumlu Kullanıcı İki"),
        ]);
        let institution = |id: &str, name: &str, officer: &str| Institution {
            id: id.to_owned(),
            name: name.to_owned(),
            officers: vec![officer.to_owned()],
        };
        let institutions = vec![
            institution("deneme-kurumu", "Deneme Kurumu", OFFICER),
            institution("ornek-kurum", "Örnek Kurum", OTHER_OFFICER),
        ];
        Self { persons, institutions }
    }
}

/// The person of the default seed; the number is a published example.
const TCKN: &str = "10000000146";
/// The e-imza sorumlusu of each institution of the default seed.
const OFFICER: &str = "10000011036";
const OTHER_OFFICER: &str = "10000011104";
const NAME: &str = "Deneme Kullanıcı Bir";

/// Adds what is not there yet.
pub(crate) async fn plant(service: &Service, seed: &Seed) -> Result<(), Problem> {
    for person in &seed.persons {
        add_person(service, person).await?;
    }
    for institution in &seed.institutions {
        add_institution(service, institution).await?;
    }
    Ok(())
}

/// Adds the institution, and the ones who are responsible for e-imza there.
pub(crate) async fn add_institution(service: &Service, new: &Institution) -> Result<(), Problem> {
    let mut transaction = service.store.begin().await?;
    let row = institution::Institution { id: new.id.clone(), name: new.name.clone() };
    institution::insert(&mut transaction, &row).await?;
    for tckn in &new.officers {
        let officer = applicant::by_tckn(&mut transaction, tckn).await?.ok_or(Kind::NotFound)?;
        institution::add_officer(&mut transaction, &new.id, &officer.id).await?;
    }
    Ok(transaction.commit().await?)
}

/// Adds the person and those of their orders whose numbers are free.
pub(crate) async fn add_person(service: &Service, person: &Person) -> Result<Applicant, Problem> {
    let mut transaction = service.store.begin().await?;
    let new = Applicant::new(&person.tckn, &person.name);
    let applicant = applicant::get_or_insert(&mut transaction, &new).await?;
    for order in &person.orders {
        add(&mut transaction, &applicant, order, service.now()).await?;
    }
    transaction.commit().await?;
    Ok(applicant)
}

/// What a seeded form has where its lines say nothing, by the names of the fields.
const STAND_IN: [(&str, &str); 6] = [
    ("email", "deneme@example.org"),
    ("gsm", "+905321234567"),
    ("operator", "turkcell"),
    ("info_channel", "sms"),
    ("work_phone", "0262 648 00 00"),
    ("extension", "100"),
];

/// Adds the order unless its number is taken.
pub(crate) async fn add(
    connection: &mut Connection,
    applicant: &Applicant,
    order: &Order,
    now: UnixMs,
) -> Result<(), Problem> {
    let step = Step::parse(&order.state).ok_or_else(|| Problem::new(Kind::WrongState))?;
    let mut values = form::values_of_lines(&order.form);
    let mut lines = Vec::new();
    if step == Step::PreApplication {
        values.retain(|name, _| name == "institution");
    } else {
        for (name, value) in STAND_IN {
            values.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        }
        lines.push(("Kimlik Numarası".to_owned(), mask::tckn(&applicant.tckn)));
        lines.push(("Ad Soyad".to_owned(), applicant.name.clone()));
        lines.extend(order.form.iter().cloned());
    }
    let is_verified = !matches!(step, Step::PreApplication | Step::FormSaved);
    let payment = match Payment::of_new(&order.payer, order.prepaid) {
        Payment::Pending if step.is_approved() && step != Step::PaymentPending => Payment::Received,
        payment => payment,
    };
    let application = Application {
        no: order.no.clone(),
        applicant_id: applicant.id.clone(),
        applied_on: order.applied_on.clone(),
        institution: order.institution.clone(),
        product: order.product.clone(),
        reason: order.reason.clone(),
        institution_change: order.institution_change,
        payer: order.payer.clone(),
        prepaid: order.prepaid,
        state: order.state.clone(),
        cancelled_by: order.cancelled_by.clone(),
        commitment_read: order.commitment_read,
        form: serde_json::json!(lines).to_string(),
        verified_gsm: values.get("gsm").filter(|_| is_verified).cloned(),
        form_values: serde_json::json!(values).to_string(),
        methods: order.methods.join(","),
        payment: payment.name().to_owned(),
        earliest_on: None,
        due_at: change::due_of_new(step, now),
        texts: i64::from(order.texts.clamp(1, 10)),
        version: 1,
    };
    if application::insert(connection, &application).await? {
        events::add(connection, &application.no, events::PRE_APPLICATION, now).await?;
    }
    Ok(())
}
