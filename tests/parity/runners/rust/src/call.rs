//! Kind `call`: one call of the whole application, by its name.

mod institution;
mod sign_in;

use std::fs;

use kamusm::{
    application::{Application, ApplicationNumber, PersonToken},
    approval::{Approval, EOnay},
    call::Call,
    commitment::Commitment,
    config::Config,
    drive::{Failure, Transport as _},
    error::{Code, Error, Result},
    event::Event,
    evidence::Evidence,
    form::{Form, FormValues},
    idempotency::IdempotencyKey,
    payment::Payment,
    person::Me,
    phone::PhoneVerification,
    reference::Choice,
    request::{Request, Response},
    result::ApplicationResult,
    sign_code::SignCode,
    sms_code::SmsCode,
};
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_token::cancel::CancelToken;
use serde_json::{Value, json};

use crate::{
    error,
    hex::hex,
    message,
    network::{Network, config},
    scenario::Scenario,
};

pub(crate) fn trace(scenario: &Scenario) -> Value {
    let made = Going::new(scenario).and_then(|going| going.perform(scenario.text("call")));
    match made {
        Ok(Some(message)) => json!({ "message": message, "thrown": null }),
        Ok(None) => json!({ "unsupported": scenario.text("call") }),
        Err(thrown) => json!({ "message": null, "thrown": error::of_call(&thrown) }),
    }
}

struct Going<'a> {
    scenario: &'a Scenario,
    config: Config,
    network: Network,
    token: PersonToken,
}

impl<'a> Going<'a> {
    fn new(scenario: &'a Scenario) -> Result<Self> {
        let config = config(scenario)?;
        Ok(Self {
            scenario,
            network: Network::new(scenario, &config)?,
            // The sign-in is what has no token yet.
            token: PersonToken::parse(scenario.get("person_token").unwrap_or("none"))?,
            config,
        })
    }

    /// The message as JSON; nothing where the name is not known.
    fn perform(&self, name: &str) -> Result<Option<Value>> {
        if let Some(told) = self.of_person(name)? {
            return Ok(Some(told));
        }
        if let Some(told) = institution::perform(self, name)? {
            return Ok(Some(told));
        }
        match self.scenario.get("number") {
            Some(number) => self.of_application(name, &ApplicationNumber::parse(number)?),
            None => Ok(None),
        }
    }

    fn of_person(&self, name: &str) -> Result<Option<Value>> {
        let (config, token) = (&self.config, &self.token);
        Ok(Some(match name {
            "me.read" => message::me(&self.ask(&Me::read(config, token))?),
            "me.refresh" => {
                message::identity_refresh(&self.ask(&Me::refresh_identity(config, token, &key()))?)
            }
            "me.consent" => {
                let accepted = self.is_true("accepted");
                message::consent(&self.ask(&Me::consent_to_eonay(config, token, accepted, &key()))?)
            }
            "reference.list" => {
                let list = self.scenario.text("list");
                message::choices(&self.ask(&match self.scenario.get("province") {
                    Some(province) => Choice::list_of_province(config, token, list, province),
                    None => Choice::list(config, token, list),
                })?)
            }
            "edevlet.address" => sign_in::address(self)?,
            "edevlet.sign_in" => sign_in::returned(self)?,
            _ => return Ok(None),
        }))
    }

    fn of_application(&self, name: &str, number: &ApplicationNumber) -> Result<Option<Value>> {
        let (config, token) = (&self.config, &self.token);
        let (id, etag) = (self.scenario.text("id"), self.scenario.text("etag"));
        Ok(Some(match name {
            "application.read" => message::application(&self.ask(&Application::read(config, token, number))?),
            "application.watch" => {
                let changed = self.ask(&Application::watch(config, token, number, etag))?;
                changed.as_ref().map_or(Value::Null, message::application)
            }
            "application.cancel" => {
                message::application(&self.ask(&Application::cancel(config, token, number, &key()))?)
            }
            "form.read" => message::form(&self.ask(&Form::read(config, token, number))?),
            "form.check" => {
                error::fields(&self.ask(&Form::read(config, token, number))?.check(&self.values()))
            }
            "form.save" => {
                message::form(&self.ask(&Form::save(config, token, number, etag, &self.values()))?)
            }
            "phone.start" => {
                message::phone(&self.ask(&PhoneVerification::start(config, token, number, &key()))?)
            }
            "phone.attempt" => {
                let code = SmsCode::parse(self.scenario.text("sms_code"))?;
                json!(self.ask(&PhoneVerification::attempt(config, token, number, id, &code, &key()))?)
            }
            "approval.read" => message::approval(&self.ask(&Approval::read(config, token, number))?),
            "approval.approve" => {
                let (views, form_digest) = (self.views(), self.scenario.text("form_digest"));
                let wish = EOnay { view_ids: &views, form_digest, accepted: self.is_true("accepted") };
                message::result(&self.ask(&Approval::approve(config, token, number, &wish, &key()))?)
            }
            "commitment.content" => json!(self.ask(&self.commitment(number)?.content(config, token))?),
            "commitment.view" => {
                let read = self.is_true("read_to_end");
                json!(self.ask(&self.commitment(number)?.view(config, token, number, read, &key()))?)
            }
            "sign_code.issue" => message::sign_code(&self.ask(&SignCode::issue(
                config,
                token,
                number,
                &self.views(),
                &key(),
            ))?),
            "sign_code.read" => message::sign_code(&self.ask(&SignCode::read(config, token, number, id))?),
            "sign_code.watch" => message::sign_code(&self.ask(&SignCode::watch(config, token, number, id))?),
            "sign_code.confirm" => {
                let confirmed = self.is_true("confirmed");
                message::sign_code(&self.ask(&SignCode::confirm(config, token, number, id, confirmed))?)
            }
            "sign_code.withdraw" => {
                self.ask(&SignCode::withdraw(config, token, number, id))?;
                Value::Null
            }
            "result.read" => message::result(&self.ask(&ApplicationResult::read(config, token, number))?),
            "payment.read" => message::payment(&self.ask(&Payment::read(config, token, number))?),
            "payment.start" => {
                message::payment_intent(&self.ask(&Payment::start(config, token, number, &key()))?)
            }
            "event.list" => message::events(&self.ask(&Event::list(config, token, number))?),
            "evidence.list" => message::evidence(&self.ask(&Evidence::list(config, token, number))?),
            "evidence.download" => {
                let list = self.ask(&Evidence::list(config, token, number))?;
                let one = list.iter().find(|one| one.id == id).ok_or_else(|| missing("evidence"))?;
                let octets = self.ask(&one.download(config, token, number))?;
                json!(hex(DigestAlgorithm::Sha256.digest(&octets)))
            }
            _ => return Ok(None),
        }))
    }

    fn ask<T>(&self, call: &Call<T>) -> Result<T> {
        call.decode(&self.send(call.request())?)
    }

    fn send(&self, request: &Request) -> Result<Response, Failure> {
        self.network.perform(request, &CancelToken::new())
    }

    fn commitment(&self, number: &ApplicationNumber) -> Result<Commitment> {
        let approval = self.ask(&Approval::read(&self.config, &self.token, number))?;
        approval.commitments.into_iter().next().ok_or_else(|| missing("commitment"))
    }

    fn values(&self) -> FormValues {
        let pair = |text: &'_ str| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            (name.to_owned(), value.to_owned())
        };
        self.scenario.all("value").map(pair).collect()
    }

    fn views(&self) -> Vec<String> {
        self.scenario.all("view").map(str::to_owned).collect()
    }

    fn is_true(&self, key: &str) -> bool {
        self.scenario.get(key) == Some("true")
    }

    fn csv(&self) -> Vec<u8> {
        fs::read(self.scenario.text("csv")).expect("the table names files that are there")
    }
}

fn missing(what: &str) -> Error {
    Error::new(Code::NotFound, format!("the service lists no such {what}"))
}

fn key() -> IdempotencyKey {
    IdempotencyKey::new(entropy())
}

fn entropy() -> [u8; 32] {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).expect("the system has entropy");
    entropy
}
