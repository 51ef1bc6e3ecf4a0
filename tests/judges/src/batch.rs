//! The batch: a folder of signatures that the judges go through.
//!
//! A file is named `KEY-FORM-VARIANT.STATE.p7m` if its content is attached, `….p7s` if it is detached; the content
//! stands beside it as `….txt`. `STATE` says what a judge has to find: nothing in `sound`.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, io};

use kamusm_test_ca::LeafKey;

use crate::damage::Damage;
use crate::form::{self, Form};
use crate::issuer::{Issuer, Person};
use crate::text::{self, Text};

pub(crate) fn write(folder: &Path) -> io::Result<()> {
    let signatures = folder.join("signatures");
    fs::create_dir_all(&signatures)?;
    let issuer = Issuer::new(now()?);
    for (key, kind) in KEYS {
        let person = issuer.person(kind)?;
        for attached in [true, false] {
            let signer = Signer { key, person: &person, attached, now: issuer.now, folder: &signatures };
            signer.write_all()?;
        }
    }
    let revoked = issuer.person(LeafKey::P256)?;
    // Same names, other keys.
    let stranger = Issuer::new(issuer.now).person(LeafKey::P256)?;
    for (state, person) in [("revoked", &revoked), ("stranger", &stranger)] {
        let signer = Signer { key: "p256", person, attached: true, now: issuer.now, folder: &signatures };
        let content = text::turkish().octets;
        signer.store("plain", state, &signer.sign(&content, &form::PLAIN)?, &content)?;
    }
    let [root, sub] = issuer.crls(&revoked);
    fs::write(folder.join("root.pem"), issuer.root_pem())?;
    fs::write(folder.join("root.crl"), root)?;
    fs::write(folder.join("sub.crl"), sub)
}

const KEYS: [(&str, LeafKey); 4] = [
    ("rsa2048", LeafKey::Rsa2048),
    ("p256", LeafKey::P256),
    ("p384", LeafKey::P384),
    ("p521", LeafKey::P521),
];

/// Real time: not every judge can be told another.
fn now() -> io::Result<i64> {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
    i64::try_from(elapsed.as_secs()).map_err(io::Error::other)
}

/// One person and one of the two kinds of file.
struct Signer<'a> {
    key: &'static str,
    person: &'a Person,
    attached: bool,
    now: i64,
    folder: &'a Path,
}

impl Signer<'_> {
    /// Every form over one text, and one form over every text.
    fn write_all(&self) -> io::Result<()> {
        let turkish = text::turkish();
        self.write(form::PLAIN.name, &turkish, &form::PLAIN)?;
        for form in form::OTHERS {
            self.write(form.name, &turkish, &form)?;
        }
        for text in text::others() {
            self.write(&format!("text-{}", text.name), &text, &form::PLAIN)?;
        }
        Ok(())
    }

    /// A sound signature with its damaged twins.
    fn write(&self, variant: &str, text: &Text, form: &Form) -> io::Result<()> {
        let cms = self.sign(&text.octets, form)?;
        self.store(variant, "sound", &cms, &text.octets)?;
        for damage in Damage::ALL {
            if let Some((cms, content)) = damage.apply(&cms, &text.octets) {
                self.store(variant, damage.name(), &cms, &content)?;
            }
        }
        Ok(())
    }

    fn sign(&self, content: &[u8], form: &Form) -> io::Result<Vec<u8>> {
        self.person.sign(content, &form.profile(self.attached, self.now))
    }

    fn store(&self, variant: &str, state: &str, cms: &[u8], content: &[u8]) -> io::Result<()> {
        let (kind, end) = if self.attached { ("attached", "p7m") } else { ("detached", "p7s") };
        let file = |end| self.folder.join(format!("{}-{kind}-{variant}.{state}.{end}", self.key));
        fs::write(file(end), cms)?;
        fs::write(file("txt"), content)
    }
}
