//! Signing on a PKCS#11 token, beside a bare loop of `C_SignInit` and `C_Sign` on the same token (SoftHSM).

use std::{hint::black_box, path::Path, process::Command, time::Duration};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    mechanism::Mechanism,
    object::{Attribute, ObjectClass},
    session::UserType,
    types::AuthPin,
};
use kamusm_cades::{
    algorithm::{SignatureAlgorithm, digest_info},
    sign::{self, Profile},
};
use kamusm_test_ca::LeafKey;
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec, module};
use kamusm_token::{
    backend::{SignOptions, Signer as _, ToBeSigned},
    deadline::Deadline,
    pin::{Pin, PinSource},
    pkcs11::{InitPolicy, Pkcs11Signer},
};

use crate::{
    material::{Material, NOW},
    rounds::{Contest, Figures},
};

const PIN: &str = "135790";
const FOLDER: &str = "KAMUSM_BENCH_FOLDER";
const SIGN_TIME: Duration = Duration::from_secs(60);
/// As many texts under one PIN entry, so that the login is not what is measured.
const ITEMS: usize = 50;

pub(crate) fn measure() -> Figures {
    match std::env::var_os(FOLDER) {
        Some(folder) => compare(Path::new(&folder)),
        None => in_own_process(),
    }
}

/// SoftHSM reads the environment of its process, which cannot be changed safely from within.
fn in_own_process() -> Figures {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let hsm = SoftHsm::in_folder(folder.path()).expect("the temporary folder can be written");
    let (variable, value) = hsm.environment();
    let output = Command::new(std::env::current_exe().expect("this program has a path"))
        .arg("card")
        .env(variable, value)
        .env(FOLDER, folder.path())
        .output()
        .expect("this program starts again");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("its own figures")
}

fn compare(folder: &Path) -> Figures {
    let hsm = SoftHsm::in_folder(folder).expect("the folder is there");
    let material = Material::new(LeafKey::Rsa2048);
    let pair = KeyPairSpec {
        private_key: Some(&material.private_key),
        certificate: Some(material.leaf.der()),
        ..KeyPairSpec::default()
    };
    hsm.provision(&TokenSpec { label: "AKIS_4711", pin: PIN, keys: &[pair] }).expect("a new token");
    let path = module().expect("SoftHSM is installed");
    let host = Pkcs11::new(&path).expect("the module loads");
    host.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).expect("the module starts");
    let signer = Pkcs11Signer::open(&path, InitPolicy::HostManaged).expect("the module is started");
    let identity = signer.identities(Deadline::after(SIGN_TIME)).expect("the token is there").remove(0);
    let to_be_signed = begin(&material);
    let items = vec![
        ToBeSigned {
            octets: to_be_signed.signed_attributes().to_vec(),
            algorithm: SignatureAlgorithm::RsaPkcs1Sha256
        };
        ITEMS
    ];
    let block = digest_info(SignatureAlgorithm::RsaPkcs1Sha256.digest(), to_be_signed.digest());
    let mut figures = Figures::new();
    let mut contest = Contest::default();
    contest.enter("card bare", || bare(&host, &block));
    contest.enter("card sign", || {
        let mut options = SignOptions::new(Deadline::after(SIGN_TIME));
        options.at_unix = Some(NOW);
        let pin = PinSource::Pin(Pin::new(PIN.as_bytes().to_vec()));
        black_box(signer.sign(&identity.id, &items, pin, &options).expect("the token signs"));
    });
    contest.run(&mut figures);
    for time in figures.values_mut() {
        *time /= f64::from(u32::try_from(ITEMS).expect("a few"));
    }
    figures
}

fn begin(material: &Material) -> sign::ToBeSigned {
    let profile = Profile::new(true, NOW);
    sign::begin(&material.text, &material.leaf, &material.chain(), &profile).expect("sound input")
}

/// Login, find the key, sign in a loop, logout.
fn bare(host: &Pkcs11, block: &[u8]) {
    let slot = host.get_slots_with_initialized_token().expect("slots")[0];
    let session = host.open_ro_session(slot).expect("a session");
    session.login(UserType::User, Some(&AuthPin::new(PIN.into()))).expect("the right PIN");
    let template = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Sign(true)];
    let key = session.find_objects(&template).expect("objects")[0];
    for _ in 0..ITEMS {
        black_box(session.sign(&Mechanism::RsaPkcs, key, block).expect("the token signs"));
    }
    session.logout().expect("logged in");
}
