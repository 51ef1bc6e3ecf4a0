//! The rules of the form, each violation with its field and a code. The schema says the same to programs.

use crate::domain::application::form::Values;
use crate::domain::application::form::field::{self, Field, Kind};
use crate::domain::reference::List;
use crate::domain::{email, gsm, text};

/// Why a field is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub(crate) name: String,
    /// `required`, `format`, `unknown_value`, `locked`, `too_long` or `characters`.
    pub(crate) code: &'static str,
}

/// Every violation, in the order of the form; names that the form does not have come last.
pub(crate) fn check(values: &Values, before: &Values) -> Vec<FieldError> {
    let of_form = field::all().filter_map(|field| {
        let code = check_field(field, values, before)?;
        Some(FieldError { name: field.name.to_owned(), code })
    });
    let foreign = values.keys().filter(|name| field::all().all(|field| field.name != name.as_str()));
    let foreign = foreign.map(|name| FieldError { name: name.clone(), code: "unknown_value" });
    of_form.chain(foreign).collect()
}

fn check_field(field: &Field, values: &Values, before: &Values) -> Option<&'static str> {
    let value = values.get(field.name).map(String::as_str).unwrap_or_default();
    if field.kind == Kind::Locked {
        // A client that sends the whole form back sends these too.
        let is_same = !values.contains_key(field.name) || values.get(field.name) == before.get(field.name);
        return (!is_same).then_some("locked");
    }
    if value.trim().is_empty() {
        return Some("required");
    }
    if field.longest.is_some_and(|longest| value.chars().count() > longest) {
        return Some("too_long");
    }
    match field.kind {
        Kind::Choice => {
            let rows = match field.list {
                Some(List::DeliveryMethods) => {
                    let province = values.get("province").map(String::as_str).unwrap_or_default();
                    Some(List::DeliveryMethods.rows_of(province))
                }
                _ => field.rows(),
            };
            let is_known = rows.is_some_and(|rows| rows.iter().any(|(code, _)| *code == value));
            (!is_known).then_some("unknown_value")
        }
        Kind::YesNo => field.title_of(value).is_none().then_some("unknown_value"),
        Kind::Email => (!email::is_right(value)).then_some("format"),
        Kind::Gsm => (!gsm::is_canonical(value)).then_some("format"),
        // The value becomes a line of the signed text.
        Kind::Text => (value.contains('\n') || text::check(value).is_err()).then_some("characters"),
        Kind::Locked => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn filled() -> Values {
        let pairs = [
            ("certificate_duration", "3y"),
            ("card_reader", "none"),
            ("publish_certificate", "no"),
            ("email", "deneme@example.org"),
            ("gsm", "+905321234567"),
            ("operator", "turkcell"),
            ("info_channel", "sms"),
            ("institution", "Deneme Kurumu"),
            ("unit", "Bilgi İşlem"),
            ("job_title", "Mühendis"),
            ("work_phone", "0262 648 18 18"),
            ("extension", "1234"),
            ("province", "41"),
            ("delivery_method", "office"),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    #[test]
    fn a_filled_form_is_right() {
        assert_eq!(check(&filled(), &Values::new()), []);
    }

    #[test]
    fn each_rule_has_its_code() {
        let before = Values::from([("tckn".to_owned(), "100******46".to_owned())]);
        for (name, value, code) in [
            ("unit", "", "required"),
            ("unit", "  ", "required"),
            ("unit", &"a".repeat(151), "too_long"),
            ("unit", "a\nMETİN SONU", "characters"),
            ("unit", "Müdür\u{202E}", "characters"),
            ("job_title", "Őr", "characters"),
            ("email", "deneme", "format"),
            ("email", "a@b", "format"),
            ("email", "a@b..tr", "format"),
            ("email", "a b@example.org", "format"),
            ("gsm", "02626481818", "format"),
            ("operator", "kktcell", "unknown_value"),
            ("publish_certificate", "Evet", "unknown_value"),
            ("province", "82", "unknown_value"),
            ("tckn", "10000000146", "locked"),
            ("anything", "x", "unknown_value"),
        ] {
            let mut values = filled();
            values.insert(name.to_owned(), value.to_owned());
            let errors = check(&values, &before);
            assert!(
                errors.contains(&FieldError { name: name.to_owned(), code }),
                "{name}={value}: {errors:?}"
            );
        }
        let mut values = filled();
        values.insert("tckn".to_owned(), "100******46".to_owned());
        assert_eq!(check(&values, &before), []);
    }

    #[test]
    fn an_office_is_not_in_every_province() {
        let mut values = filled();
        values.insert("province".to_owned(), "80".to_owned());
        let error = FieldError { name: "delivery_method".to_owned(), code: "unknown_value" };
        assert_eq!(check(&values, &Values::new()), [error]);
    }
}
