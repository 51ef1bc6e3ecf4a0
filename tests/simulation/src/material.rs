//! What all worlds of a process begin with: a service's database, and a person with certificate and key.

use std::sync::{Arc, Mutex, PoisonError};

use kamusm_sandbox::in_process;
use kamusm_sandbox::{LeafKey, LeafSpec, Order, Person, Sandbox, Seed};
use kamusm_token::backend::{SignOptions, Signer as _, ToBeSigned};
use kamusm_token::deadline::Deadline;
use kamusm_token::pin::{Pin, PinSource};
use kamusm_token::soft::SoftSigner;

use crate::clock::VirtualClock;
use crate::disk::{Crash, Disk, Image};
use crate::vfs::{self, Mount};

const TCKN: &str = "10000000146";
const PIN: &[u8] = b"135790";
const SIGN_TIME: std::time::Duration = std::time::Duration::from_secs(60);

/// An order of one text and one of two.
pub(crate) const ORDERS: [(&str, usize); 2] = [("SD-1", 1), ("SD-2", 2)];

/// The beginning of every world.
pub struct Material {
    pub(crate) image: Image,
    pub(crate) certificate: Vec<u8>,
    signer: SoftSigner,
}

/// The service of the worlds.
pub(crate) fn builder(clock: &VirtualClock) -> kamusm_sandbox::Builder {
    let orders =
        ORDERS.map(|(no, texts)| Order { texts: u8::try_from(texts).unwrap_or(1), ..Order::ready(no) });
    let person =
        Person { tckn: TCKN.to_owned(), name: "Deneme Kullanıcı Bir".to_owned(), orders: orders.to_vec() };
    let seed = Seed { persons: vec![person], institutions: Vec::new() };
    Sandbox::builder().seed(seed).clock(clock.clone())
}

/// Made once: keys take long.
pub fn material() -> Arc<Material> {
    static MADE: Mutex<Option<Arc<Material>>> = Mutex::new(None);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.get_or_insert_with(|| {
        // In a thread of its own: the randomness of the caller's world goes on where it was.
        std::thread::scope(|scope| scope.spawn(|| Arc::new(make())).join().expect("the material is made"))
    })
    .clone()
}

fn make() -> Material {
    in_process::seed(0);
    let runtime = crate::world::runtime();
    let disk = Arc::new(Disk::new(&Image::default(), 0));
    let mount = Mount::new(disk.clone());
    let issued = runtime.block_on(async {
        let service = builder(&VirtualClock::new()).in_process(mount.directory(), vfs::NAME).await;
        let service = service.expect("a service begins on an empty disk");
        // RSA: its signatures have one length, so equal histories write equal lengths.
        let spec = LeafSpec { tckn: Some(TCKN.to_owned()), key: LeafKey::Rsa2048, ..LeafSpec::default() };
        let issued = service.issue_certificate(spec).await.expect("the service issues a certificate");
        service.close().await;
        issued
    });
    disk.restart(Crash::Kill);
    let pin = Some(Pin::new(PIN.to_vec()));
    let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, pin);
    Material {
        image: disk.image(),
        certificate: issued.certificate_der,
        signer: signer.expect("key and certificate fit"),
    }
}

impl Material {
    /// What the card gives after its PIN.
    pub(crate) fn sign(&self, request: &kamusm::session::SignRequest) -> Vec<Option<Vec<u8>>> {
        let items: Vec<ToBeSigned> = request
            .items()
            .iter()
            .map(|item| ToBeSigned { octets: item.to_be_signed.clone(), algorithm: item.algorithm })
            .collect();
        let identities = self.signer.identities(Deadline::after(SIGN_TIME)).expect("a soft signer lists");
        let mut options = SignOptions::new(Deadline::after(SIGN_TIME));
        options.at_unix = Some(request.signing_time_unix_s());
        let pin = PinSource::Pin(Pin::new(PIN.to_vec()));
        let values = self.signer.sign(&identities[0].id, &items, pin, &options).expect("a soft signer signs");
        values.into_iter().map(Some).collect()
    }
}

impl std::fmt::Debug for Material {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Material").finish_non_exhaustive()
    }
}
