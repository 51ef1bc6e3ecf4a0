//! Faults by chance: whatever a module does, one PIN entry makes one login at most, none follows one that failed, no
//! PIN is used once the caller has left, and this process goes on.
//!
//! `KAMUSM_SEED=… KAMUSM_COUNT=… cargo test …` goes the same way again, or a longer one; `cargo xtask campaign cards`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "whoever wants to go the same way again needs the seed")]

mod chance;
mod plan;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kamusm_cades::algorithm::SignatureAlgorithm;
use kamusm_test_ca::{LeafKey, LeafSpec};
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, in_own_process};
use kamusm_token::backend::{SignOptions, Signer};
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::identity::Identity;
use kamusm_token::pkcs11::{InitPolicy, Pkcs11Signer};

use crate::fixture::{Card, PIN, issue, items, options, pair, soon, typed};
use chance::Chance;
use plan::{Entry, Place, Plan};

/// For calls that hang; waited out in full.
const HANG_TIME: Duration = Duration::from_millis(300);
/// A deadline is missed only by a machine that stands still.
const LATENESS_MAX: Duration = Duration::from_secs(20);

#[test]
fn a_pin_entry_is_one_login_whatever_the_module_does() {
    in_own_process!(|hsm| {
        let (mut chance, seed) = Chance::new();
        let count = chance::count(500);
        let mut ground = Ground::prepare(&hsm);
        for run in 0..count {
            let plan = Plan::by(&mut chance);
            ground.go(&plan).unwrap_or_else(|why| panic!("seed {seed}, run {run}: {why}\n{plan:?}"));
        }
        println!("campaign={}", ground.counts());
    });
}

/// The cards, and both ways to them.
struct Ground {
    card: Card,
    here: Pkcs11Signer,
    identities: Vec<Identity>,
    outcomes: BTreeMap<String, u64>,
    user_logins: usize,
    context_logins: usize,
    latest: Duration,
}

impl Ground {
    /// P-256, RSA, a key that always authenticates, and one that shares its ID with another.
    fn prepare(hsm: &SoftHsm) -> Self {
        let rsa = LeafSpec { key: LeafKey::Rsa2048, ..LeafSpec::default() };
        let leaves = [
            issue(&LeafSpec::default()),
            issue(&rsa),
            issue(&LeafSpec::default()),
            issue(&LeafSpec::default()),
        ];
        let twin = issue(&LeafSpec::default());
        let always = KeyPairSpec { id: &[3], always_authenticate: true, ..pair(&leaves[2]) };
        let keys = [
            KeyPairSpec { id: &[1], ..pair(&leaves[0]) },
            KeyPairSpec { id: &[2], ..pair(&leaves[1]) },
            always,
            KeyPairSpec { certificate: None, id: &[4], always_authenticate: true, ..pair(&twin) },
            KeyPairSpec { id: &[4], always_authenticate: true, ..pair(&leaves[3]) },
        ];
        let card = Card::with(hsm, &keys);
        let identities = card.list();
        assert_eq!(identities.len(), leaves.len());
        let here = Pkcs11Signer::open(card.spy.module(), InitPolicy::Tolerant).unwrap();
        Self {
            card,
            here,
            identities,
            outcomes: BTreeMap::new(),
            user_logins: 0,
            context_logins: 0,
            latest: Duration::ZERO,
        }
    }

    fn go(&mut self, plan: &Plan) -> Result<(), String> {
        let spy = &self.card.spy;
        spy.forget();
        spy.tell(&plan.directives);
        let identity = &self.identities[plan.identity];
        let time = if plan.hangs() { HANG_TIME } else { Duration::from_secs(60) };
        let mut options = SignOptions::new(Deadline::after(time));
        options.allow_final_try = plan.allow_final_try;
        let pin = match plan.entry {
            Entry::Right => PIN,
            Entry::Wrong => "000000",
            Entry::Empty => "",
        };
        let signer: &dyn Signer = match plan.place {
            Place::Helper => &*self.card.signer,
            Place::Here => &self.here,
        };
        let algorithm = SignatureAlgorithm::for_key(identity.key.unwrap()).unwrap();
        let items = items(plan.items, algorithm);
        let began = Instant::now();
        let signed = signer.sign(&identity.id, &items, typed(pin), &options);
        let late = began.elapsed().saturating_sub(time);
        let asked = spy.count("C_Login");
        self.latest = self.latest.max(late);

        self.put_right(plan)?;
        let Login { user, context } = self.judge_logins(plan, &signed)?;
        let spy = &self.card.spy;
        expect(late < LATENESS_MAX, || format!("told {late:?} after the deadline"))?;
        expect(spy.count("C_Login") == asked, || "a PIN was used after the caller had left".into())?;
        match &signed {
            Ok(signatures) => {
                let key = identity.certificate.public_key().unwrap();
                let fits = items
                    .iter()
                    .zip(signatures)
                    .all(|(item, signature)| key.verify(algorithm.into(), &item.octets, signature).is_ok());
                expect(signatures.len() == items.len() && fits, || "a wrong signature left".into())?;
            }
            Err(error) => judge_error(plan, error)?,
        }
        self.user_logins += user;
        self.context_logins += context;
        *self.outcomes.entry(name(&signed)).or_default() += 1;
        Ok(())
    }

    /// The module behaves again; a call of this process that hung has returned.
    fn put_right(&self, plan: &Plan) -> Result<(), String> {
        self.card.spy.tell(&[]);
        if plan.place == Place::Here && plan.hangs() {
            let patience = soon();
            while let Err(error) = self.here.identities(soon()) {
                expect(!patience.has_passed(), || format!("the module stays away: {error:?}"))?;
                std::thread::yield_now();
            }
        }
        Ok(())
    }

    fn judge_logins(&self, plan: &Plan, signed: &Result<Vec<Vec<u8>>, TokenError>) -> Result<Login, String> {
        let calls = self.card.spy.calls();
        let number_of = |line: &str| calls.iter().filter(|call| *call == line).count();
        let found = Login { user: number_of("C_Login 1"), context: number_of("C_Login 2") };
        let answers = self.card.spy.logins();
        expect(found.user <= 1, || format!("{} logins", found.user))?;
        let after_failure = answers.iter().skip_while(|login| login.rv == 0).skip(1).count();
        expect(after_failure == 0, || format!("logins after one that failed: {answers:?}"))?;
        let user_first = answers.first().is_none_or(|login| login.user == 1);
        expect(user_first, || format!("a confirmation without a login: {answers:?}"))?;
        let mut prepared = false;
        for call in &calls {
            match call.as_str() {
                "C_Login 2" if !std::mem::take(&mut prepared) => {
                    return Err("two confirmations for one signature".into());
                }
                call if call.starts_with("C_SignInit") => prepared = true,
                _ => {}
            }
        }
        let refused = plan.is_refused_before_login();
        expect(!refused || found.user == 0, || format!("a PIN that had to stay here was used: {signed:?}"))?;
        Ok(found)
    }

    fn counts(&self) -> String {
        let outcomes: Vec<String> =
            self.outcomes.iter().map(|(name, count)| format!("\"{name}\":{count}")).collect();
        // At the end the cards are as they were.
        for identity in &self.identities {
            self.card.assert_signs(identity, 2, typed(PIN), &options());
        }
        format!(
            "{{\"user logins\":{},\"context logins\":{},\"latest after its deadline (ms)\":{},\"outcomes\":{{{}}}}}",
            self.user_logins,
            self.context_logins,
            self.latest.as_millis(),
            outcomes.join(",")
        )
    }
}

struct Login {
    user: usize,
    context: usize,
}

fn judge_error(plan: &Plan, error: &TokenError) -> Result<(), String> {
    let told = format!("{error:?} {error}");
    expect(!told.contains(PIN), || format!("the PIN in an error: {told}"))?;
    let is_hang = matches!(error, TokenError::ModuleHung { .. } | TokenError::Deadline);
    expect(plan.hangs() || !is_hang, || format!("nothing hung: {told}"))?;
    let is_crash = matches!(error, TokenError::ModuleCrashed { .. });
    expect(plan.crashes() || !is_crash, || format!("nothing crashed: {told}"))?;
    let pin = matches!(error, TokenError::PinIncorrect { .. });
    expect(!pin || error.used_a_try(), || format!("a try was used: {told}"))
}

/// Name of the variant.
fn name(signed: &Result<Vec<Vec<u8>>, TokenError>) -> String {
    match signed {
        Ok(_) => "signed".into(),
        Err(error) => format!("{error:?}").split([' ', '{', '(']).next().unwrap_or_default().to_owned(),
    }
}

fn expect(holds: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why()) }
}
