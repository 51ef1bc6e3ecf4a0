//! One row of what an institution sends: a person who may apply.

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::domain::problem::{Kind, Problem};
use crate::domain::{email, gsm, policy, tckn, text};

const REASONS: [&str; 7] =
    ["first", "other", "renewal", "lost_or_stolen", "hardware_fault", "identity_change", "pin_puk_lost"];
const PAYERS: [&str; 2] = ["institution", "person"];
const LONGEST_PRODUCT: usize = 100;

/// A person who may apply.
#[derive(Deserialize, ToSchema)]
#[schema(as = PreApplicationRow)]
pub(crate) struct Row {
    pub(crate) tckn: String,
    /// Full name; that of a person who is known already stays as it is.
    pub(crate) name: String,
    pub(crate) email: String,
    /// `+905321234567`
    pub(crate) gsm: Option<String>,
    /// `first`, `other`, `renewal`, `lost_or_stolen`, `hardware_fault`, `identity_change` or `pin_puk_lost`
    pub(crate) reason: String,
    /// Whether the person comes from another institution.
    pub(crate) institution_change: Option<bool>,
    /// `institution` or `person`
    pub(crate) payer: Option<String>,
    /// Whether production waits for the payment.
    pub(crate) prepaid: Option<bool>,
    pub(crate) product: Option<String>,
}

impl Row {
    /// Tells every field that is wrong. The number of a known person is right, whatever its check digits.
    pub(super) fn check(&self, is_known: bool) -> Result<(), Problem> {
        let is_line = |value: &str| !value.contains('\n') && text::check(value).is_ok();
        let is_name = policy::check_name(&self.name, "/name").is_ok() && is_line(&self.name);
        let is_product =
            |product: &String| (1..=LONGEST_PRODUCT).contains(&product.chars().count()) && is_line(product);
        let checks = [
            ("/tckn", "format", is_known || tckn::is_right(&self.tckn)),
            ("/name", "characters", is_name),
            ("/email", "format", email::is_right(&self.email)),
            ("/gsm", "format", self.gsm.as_deref().is_none_or(gsm::is_canonical)),
            ("/reason", "unknown_value", REASONS.contains(&self.reason.as_str())),
            ("/payer", "unknown_value", self.payer.as_deref().is_none_or(|payer| PAYERS.contains(&payer))),
            ("/product", "characters", self.product.as_ref().is_none_or(is_product)),
        ];
        let errors = checks.iter().filter(|(.., is_right)| !is_right);
        let errors: Vec<_> =
            errors.map(|(pointer, code, _)| json!({ "pointer": pointer, "code": code })).collect();
        if errors.is_empty() { Ok(()) } else { Err(Problem::new(Kind::FormInvalid).with("errors", errors)) }
    }
}
