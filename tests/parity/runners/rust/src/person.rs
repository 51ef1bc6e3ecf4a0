//! Who chooses and signs: the person with a token, or a program with a signing service.

use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

use kamusm::{
    Code, Error,
    error::Result,
    session::{Answer, Requirements, SignRequest},
    token,
};
use kamusm_token::{
    backend::Signer,
    cancel::CancelToken,
    deadline::Deadline,
    identity::Identity,
    pin::{Pin, PinSource},
    pkcs11::{InitPolicy, Pkcs11Signer},
    soft::SoftSigner,
};

use crate::{hex::hex, network::remote_signature, scenario::Scenario};

const LIST_TIME: Duration = Duration::from_secs(10);

pub(crate) struct Person<'a> {
    scenario: &'a Scenario,
    signer: Option<Box<dyn Signer>>,
    pins: VecDeque<&'a str>,
    chosen: Option<Identity>,
    left_out: bool,
}

impl<'a> Person<'a> {
    pub(crate) fn new(scenario: &'a Scenario) -> Result<Self> {
        let signer = scenario.get("token").map(|_| open(scenario)).transpose()?;
        let pins = scenario.all("pin").collect();
        Ok(Self { scenario, signer, pins, chosen: None, left_out: false })
    }

    pub(crate) fn identities(&self) -> Result<Vec<Identity>> {
        match &self.signer {
            Some(signer) => Ok(signer.identities(Deadline::after(LIST_TIME))?),
            None => Ok(Vec::new()),
        }
    }

    pub(crate) fn choose(&mut self, requirements: &Requirements) -> Result<Answer> {
        let refused: Vec<String> =
            requirements.refusals().iter().map(|refusal| hex(refusal.fingerprint)).collect();
        let none = || Error::new(Code::NoSigningCertificate, "no certificate is left");
        if self.scenario.get("signer").is_some() {
            let der = self.scenario.file("certificate");
            let left = refused.is_empty();
            return Ok(if left { requirements.certificate(&der, &[]) } else { requirements.failed(none()) });
        }
        let listed = self.identities()?;
        let fits = |identity: &&Identity| {
            let fingerprint = hex(identity.certificate.fingerprint());
            match self.scenario.get("pick") {
                Some(wanted) => fingerprint == wanted && !refused.contains(&fingerprint),
                None => identity.usable.is_ok() && !refused.contains(&fingerprint),
            }
        };
        self.chosen = listed.iter().find(fits).cloned();
        Ok(match &self.chosen {
            Some(identity) => requirements.certificate(identity.certificate.der(), &[]),
            None => requirements.failed(none()),
        })
    }

    pub(crate) fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer> {
        if let Some(address) = self.scenario.get("signer") {
            let sign = |item: &kamusm::session::SignItem| Some(remote_signature(address, &item.to_be_signed));
            let mut values: Vec<_> = request.items().iter().map(sign).collect();
            if self.scenario.get("partial").is_some() && values.len() > 1 && !self.left_out {
                self.left_out = true;
                *values.last_mut().expect("there is more than one") = None;
            }
            return Ok(request.signatures(values));
        }
        let (Some(signer), Some(identity), Some(pin)) = (&self.signer, &self.chosen, self.pins.pop_front())
        else {
            return Ok(request.cancelled());
        };
        let mut options = token::options(request, cancel);
        options.allow_final_try = self.scenario.get("allow_final_try").is_some();
        let pin = PinSource::Pin(Pin::new(pin.as_bytes().to_vec()));
        token::settle(request, token::sign(request, signer.as_ref(), identity, pin, &options))
    }
}

fn open(scenario: &Scenario) -> Result<Box<dyn Signer>> {
    let password = || scenario.get("token_password").map(|password| Pin::new(password.as_bytes().to_vec()));
    let path = scenario.text("token_path");
    Ok(match scenario.text("token") {
        "module" => Box::new(Pkcs11Signer::open(Path::new(path), InitPolicy::Tolerant)?),
        "pkcs12" => {
            let password = password().unwrap_or_else(Pin::empty);
            Box::new(SoftSigner::from_pkcs12(&scenario.file("token_path"), password)?)
        }
        _ => {
            let text = String::from_utf8_lossy(&scenario.file("token_path")).into_owned();
            Box::new(SoftSigner::from_pem(&text, password())?)
        }
    })
}
