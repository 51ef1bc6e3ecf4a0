//! What an institution's e-imza sorumlusu does for its staff.

use kamusm::Code;
use kamusm_sandbox::{Institution, LeafKey};
use serde_json::{Value, json};

use super::{Row, application::status_of, row};
use crate::{
    attempt::{Attempt, masked_name, masked_tckn},
    chance,
    single_call::{call, equal, error, expect, expect_refusal, from_service, message, problem},
    stage::Stage,
};

pub(super) const ROWS: &[Row] = &[
    row("staff-csv", "read a list of staff from CSV, each row its own result", csv),
    row("staff-applications", "begin applications for staff, and list them", begin),
    row("staff-watched", "be told when an application of staff changes", watched),
    row("staff-followed", "follow the statuses of many applications at once", followed),
    row("staff-of-another-institution", "be kept from other institutions", another),
];

const HEADER: &str = "Kimlik Numarası;Ad Soyad;E-Posta;Cep Telefonu;Başvuru Nedeni";

/// The stage with its person as officer of an institution of her own.
fn office() -> Result<(Stage, String), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let id = format!("kurum-{}", chance::pin());
    let institution =
        Institution { id: id.clone(), name: stage.institution.clone(), officers: vec![stage.tckn.clone()] };
    stage.sandbox.admin().add_institution(institution).map_err(|why| why.to_string())?;
    Ok((stage, id))
}

/// Two persons, and between them one without a name.
fn staff() -> (Vec<(String, String)>, String) {
    let persons: Vec<_> = (0..2).map(|_| (chance::tckn(), chance::name())).collect();
    let line = |(tckn, name): &(String, String)| {
        format!("{tckn};{name};calisan@kurum.example;0532 123 45 67;İlk Sertifika")
    };
    let text = format!("{HEADER}\n{}\n;;;;\n{}\n", line(&persons[0]), line(&persons[1]));
    (persons, text)
}

fn csv(at: &mut Attempt<'_>) -> Result<(), String> {
    let (stage, _) = office()?;
    let (persons, text) = staff();
    let file = stage.file("staff.csv", text)?;
    let told = message(at, &call(&stage, "institution.csv")?.with("csv", file.display()))?;
    let good = |line: u64, (tckn, name): &(String, String)| {
        json!({ "line": line, "result": {
            "tckn": masked_tckn(tckn),
            "name": name,
            "email": told[0]["result"]["email"],
            "gsm": told[0]["result"]["gsm"],
            "reason": "first",
            "institution_change": false,
            "payer": null,
            "prepaid": null,
            "product": null,
        }})
    };
    let mut refusal = error(Code::FormInvalid);
    refusal["fields"] = ["/tckn", "/name", "/email", "/reason"]
        .iter()
        .map(|pointer| json!({ "pointer": pointer, "code": "required" }))
        .collect();
    let wanted = json!([good(2, &persons[0]), { "line": 3, "result": refusal }, good(4, &persons[1])]);
    equal(&wanted, &told)?;
    for masked in ["email", "gsm"] {
        if told[0]["result"][masked].as_str().is_none_or(|text| !text.contains('*')) {
            return Err(format!("{masked} is not masked"));
        }
    }
    Ok(())
}

/// Begins an application for each good row; their numbers.
fn submitted(at: &mut Attempt<'_>, stage: &Stage, id: &str, text: &str) -> Result<Vec<String>, String> {
    let file = stage.file("staff.csv", text)?;
    let asked = call(stage, "institution.submit")?.with("institution", id).with("csv", file.display());
    let told = message(at, &asked)?;
    let rows = told.as_array().ok_or("no rows came")?;
    let wanted: Vec<Value> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| json!({ "row": i + 1, "no": row["no"], "thrown": null }))
        .collect();
    equal(&json!(wanted), &told)?;
    rows.iter()
        .map(|row| row["no"].as_str().map(str::to_owned).ok_or("a row has no number".to_owned()))
        .collect()
}

fn of_service(stage: &Stage, id: &str, number: &str) -> Result<Value, String> {
    let path = format!("/api/v1/institutions/{id}/pre-applications/{number}");
    let mut one = from_service(stage, &path, &[])?;
    one["status"] = status_of(&one["status"]);
    one["etag"] = json!(stage.etag(&path)?);
    Ok(one)
}

fn begin(at: &mut Attempt<'_>) -> Result<(), String> {
    let (stage, id) = office()?;
    let (persons, text) = staff();
    let numbers = submitted(at, &stage, &id, &text)?;
    if numbers.len() != 2 {
        return Err(format!("{} of 2 rows were placed", numbers.len()));
    }
    let told = message(at, &call(&stage, "institution.list")?.with("institution", &id))?;
    for (number, (tckn, name)) in numbers.iter().zip(&persons) {
        let mut known = of_service(&stage, &id, number)?;
        equal(&json!([masked_tckn(tckn), masked_name(name)]), &json!([known["tckn"], known["name"]]))?;
        let asked = call(&stage, "institution.read")?.without("number").with("number", number);
        expect(at, &stage, &asked.with("institution", &id), &known)?;
        known["etag"] = Value::Null;
        let listed = told.as_array().and_then(|rows| rows.iter().find(|row| row["no"] == known["no"]));
        equal(&known, listed.ok_or("an application is not listed")?)?;
    }
    Ok(())
}

fn watched(at: &mut Attempt<'_>) -> Result<(), String> {
    let (stage, id) = office()?;
    let numbers = submitted(at, &stage, &id, &staff().1)?;
    let known = of_service(&stage, &id, &numbers[0])?;
    let asked = call(&stage, "institution.watch")?.without("number").with("number", &numbers[0]);
    expect(at, &stage, &asked.with("institution", &id).with("etag", "\"0\""), &known)
}

fn followed(at: &mut Attempt<'_>) -> Result<(), String> {
    let (stage, id) = office()?;
    let numbers = submitted(at, &stage, &id, &staff().1)?;
    let mut asked = call(&stage, "follow")?.without("number").with("institution", &id).with("parallel", 2);
    for number in &numbers {
        asked = asked.with("number", number);
    }
    let statuses: serde_json::Map<String, Value> =
        numbers.iter().map(|number| (number.clone(), json!("form_and_payment_pending"))).collect();
    expect(at, &stage, &asked, &json!({ "known": 2, "refused": 0, "statuses": statuses }))
}

fn another(at: &mut Attempt<'_>) -> Result<(), String> {
    let (stage, _) = office()?;
    let other =
        Institution { id: "baska-kurum".to_owned(), name: chance::institution(), officers: Vec::new() };
    stage.sandbox.admin().add_institution(other).map_err(|why| why.to_string())?;
    let asked = call(&stage, "institution.list")?.with("institution", "baska-kurum");
    expect_refusal(at, &stage, &asked, problem(Code::NotFound, "not-found", 404))
}
