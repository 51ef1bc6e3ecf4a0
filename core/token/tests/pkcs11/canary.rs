//! A PIN that nobody else would write: after the call it is nowhere. It never stands in the clear in this program.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::Command;

use kamusm_test_ca::LeafSpec;
use kamusm_test_softhsm::{SoftHsm, TokenSpec, in_own_process, module};
use kamusm_test_spy::Spy;
use kamusm_token::pin::{Pin, PinSource};

use crate::backend;
use crate::fixture::{Card, TOKEN_LABEL, issue, options, pair, returns, soon};

/// How often the canary stands in the PIN: an allocator writes over the head of what is freed.
const TIMES: usize = 10;
/// Each octet of the canary with one bit pattern over it.
const VEILED: [u8; 20] = *b"\x1e\x14\x1b\x14\x07\x0c\x78\x66\x64\x6d\x62\x6c\x60\x67\x63\x6a\x74\x70\x7e\x19";
const VEIL: u8 = 0x55;
/// Names to the process that makes the card the folder of its tokens.
const FOLDER: &str = "KAMUSM_TEST_CANARY";

fn typed() -> PinSource {
    let mut pin = Pin::empty();
    VEILED.repeat(TIMES).iter().for_each(|octet| pin.push(octet ^ VEIL));
    PinSource::Pin(pin)
}

fn is_canary(window: &[u8]) -> bool {
    window.iter().zip(VEILED).all(|(octet, veiled)| octet ^ VEIL == veiled)
}

fn holds_canary(octets: &[u8]) -> bool {
    octets.windows(VEILED.len()).any(is_canary)
}

/// How often the canary stands in the memory of this process that can be written to.
fn copies() -> usize {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = File::open("/proc/self/mem").unwrap();
    let mut page = vec![0; 1 << 20];
    let mut found = 0;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        let (start, end) = range.split_once('-').unwrap();
        let number = |text| u64::from_str_radix(text, 16).unwrap();
        let (mut at, end) = (number(start), number(end));
        while rights.starts_with("rw") && at < end {
            let octets = usize::try_from((end - at).min(1 << 20)).unwrap();
            if memory.seek(SeekFrom::Start(at)).is_err() || memory.read_exact(&mut page[..octets]).is_err() {
                break;
            }
            found += page[..octets].windows(VEILED.len()).filter(|window| is_canary(window)).count();
            // What was looked at must not be found again.
            page.fill(0);
            at += 1 << 20;
        }
    }
    found
}

/// Makes the card, in a process of its own: SoftHSM may keep what it is given.
#[test]
fn a_card_with_the_canary_is_made() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let hsm = SoftHsm::in_folder(Path::new(&folder)).unwrap();
    let pin: Vec<u8> = VEILED.repeat(TIMES).iter().map(|octet| octet ^ VEIL).collect();
    let leaf = issue(&LeafSpec::default());
    let pin = String::from_utf8(pin).unwrap();
    hsm.provision(&TokenSpec { label: TOKEN_LABEL, pin: &pin, keys: &[pair(&leaf)] }).unwrap();
}

fn card(hsm: &SoftHsm) -> Card {
    let made = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "canary::a_card_with_the_canary_is_made"])
        .env(FOLDER, hsm.folder())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
    let signer = backend::open(spy.module(), soon()).unwrap();
    Card { spy, signer }
}

fn assert_no_file_holds_it(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_no_file_holds_it(&path);
        } else {
            assert!(!holds_canary(&fs::read(&path).unwrap()), "{}", path.display());
        }
    }
}

#[test]
fn the_pin_is_nowhere_after_the_call() {
    in_own_process!(|hsm| {
        let card = card(&hsm);
        let identity = card.identity();
        let pin = typed();
        assert!(copies() > 0, "whoever looks finds it while it is there");
        if backend::STARTS_ONCE {
            // SoftHSM keeps copies of its own; here it is about ours, so the spy takes the PIN and keeps none.
            card.spy.tell(&[returns("C_Login", 0)]);
            card.sign(&identity, 1, pin, &options()).unwrap_err();
        } else {
            card.assert_signs(&identity, 2, pin, &options());
        }
        assert_eq!(card.logins(), 1);
        assert_eq!(copies(), 0);
        assert_no_file_holds_it(hsm.folder());
    });
}

#[test]
fn the_pin_is_nowhere_after_a_refusal() {
    in_own_process!(|hsm| {
        let card = card(&hsm);
        let identity = card.identity();
        for rv in [0xA0, 0xA4, 0x5, 0x30] {
            card.spy.tell(&[returns("C_Login", rv)]);
            let error = card.sign(&identity, 1, typed(), &options()).unwrap_err();
            assert!(!holds_canary(format!("{error:?} {error}").as_bytes()));
            assert_eq!(copies(), 0, "{error:?}");
        }
    });
}
