//! The form: its words, its rules, its tag, and what an edit undoes.

use kamusm_sandbox::Order;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, ORDER, TCKN, World};

/// TAL.01.16, Şekil 3, word by word.
const FIGURE: [(&str, &[(&str, &str)]); 5] = [
    (
        "Ürün Bilgileri",
        &[
            ("certificate_duration", "Sertifika Süresi"),
            ("card_reader", "Kart Okuyucu"),
            ("publish_certificate", "Sertifikanız İnternette Yayınlansın mı?"),
        ],
    ),
    ("Kimlik Bilgileri", &[("tckn", "Kimlik Numarası"), ("name", "Ad Soyad")]),
    (
        "İletişim Bilgileri",
        &[
            ("email", "E-Posta"),
            ("gsm", "Cep Telefonu"),
            ("operator", "Operatör"),
            ("info_channel", "Bilgi Kanalı"),
        ],
    ),
    (
        "Kurum Bilgileri",
        &[
            ("institution", "Kurum Adı"),
            ("unit", "Çalıştığı Birim"),
            ("job_title", "Ünvan"),
            ("work_phone", "İş Telefonu"),
            ("extension", "Dahili"),
        ],
    ),
    ("Teslimat Bilgileri", &[("province", "İl"), ("delivery_method", "Teslimat Yöntemi")]),
];

pub(crate) fn filled() -> Value {
    json!({
        "certificate_duration": "1y",
        "card_reader": "acr39u",
        "publish_certificate": "no",
        "email": "deneme@example.org",
        "gsm": "0532 123 45 67",
        "operator": "turkcell",
        "info_channel": "sms",
        "institution": "Deneme Kurumu",
        "unit": "Bilgi İşlem Müdürlüğü",
        "job_title": "Mühendis",
        "work_phone": "0262 648 18 18",
        "extension": "1234",
        "province": "41",
        "delivery_method": "office",
    })
}

/// Saves with the tag that the form has now.
pub(crate) fn save(world: &World, no: &str, values: &Value) -> Answer {
    let form = world.person_get(&format!("/{no}/form"));
    put(world, no, Some(form.header("etag")), values)
}

fn put(world: &World, no: &str, tag: Option<&str>, values: &Value) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(tag.map(|tag| ("if-match", tag)));
    let body = json!({ "values": values }).to_string().into_bytes();
    let path = format!("/api/v1/applications/{no}/form");
    world.http.send(Method::PUT, &path, Some(&world.person), &headers, Some(body)).unwrap()
}

fn add(world: &World, no: &str, state: &str) {
    let order = Order { state: state.to_owned(), ..Order::ready(no) };
    world.sandbox.admin().add_order(TCKN, order).unwrap();
}

pub(crate) fn state(world: &World, no: &str) -> String {
    world.person_get(&format!("/{no}")).json()["state"].as_str().unwrap().to_owned()
}

#[test]
fn the_form_is_that_of_the_figure() {
    let world = World::new();
    add(&world, "SD-80001", "pre_application");
    let form = world.person_get("/SD-80001/form");
    let body = form.json();
    let sections = body["sections"].as_array().unwrap();
    assert_eq!(sections.len(), FIGURE.len());
    for (section, (title, fields)) in sections.iter().zip(FIGURE) {
        assert_eq!(section["title"], title);
        let rows: Vec<_> = section["fields"].as_array().unwrap().iter().collect();
        assert_eq!(rows.len(), fields.len(), "{title}");
        for (row, (name, label)) in rows.into_iter().zip(fields) {
            assert_eq!((&row["name"], &row["label"]), (&json!(name), &json!(label)));
            let is_locked = title == "Kimlik Bilgileri";
            assert_eq!((&row["required"], row["kind"] == "locked"), (&json!(!is_locked), is_locked));
            assert_eq!(body["schema"]["properties"][name]["title"], *label);
        }
    }
    assert_eq!(body["locked"], json!(["tckn", "name"]));
    let values =
        json!({ "institution": "Deneme Kurumu", "name": "Deneme Kullanıcı Bir", "tckn": "100******46" });
    assert_eq!(body["values"], values);
    assert_eq!(body["schema"]["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(form.header("etag").starts_with('"'));
}

#[test]
fn a_saved_form_comes_back_and_becomes_the_signed_text() {
    let world = World::new();
    let saved = save(&world, ORDER, &filled());
    assert_eq!(saved.status, 200, "{}", saved.text());
    let read = world.person_get(&format!("/{ORDER}/form"));
    assert_eq!((read.json(), read.header("etag")), (saved.json(), saved.header("etag")));
    assert_eq!(read.json()["values"]["gsm"], "+905321234567");
    // The telephone is the verified one, so only the approval is missing.
    assert_eq!(state(&world, ORDER), "phone_verified");
    let session = world.redeem(world.issue(ORDER).json()["code"].as_str().unwrap());
    let text = String::from_utf8(world.texts(&session).remove(0)).unwrap();
    assert!(text.contains(
        "BAŞVURU FORMU\nSertifika Süresi: 1 yıl\nKart Okuyucu: ACS ACR39U\n\
         Sertifikanız İnternette Yayınlansın mı?: Hayır\nKimlik Numarası: 100******46\n\
         Ad Soyad: Deneme Kullanıcı Bir\nE-Posta: deneme@example.org\nCep Telefonu: +905321234567\n\
         Operatör: Turkcell\nBilgi Kanalı: SMS\nKurum Adı: Deneme Kurumu\nÇalıştığı Birim: Bilgi İşlem Müdürlüğü\n\
         Ünvan: Mühendis\nİş Telefonu: 0262 648 18 18\nDahili: 1234\nİl: Kocaeli\n\
         Teslimat Yöntemi: Kamu SM temsilciliğinden elden teslim\n"
    ));
}

#[test]
fn a_change_names_the_form_that_it_changes() {
    let world = World::new();
    put(&world, ORDER, None, &filled()).assert_problem(428, "precondition-required");
    let old = world.person_get(&format!("/{ORDER}/form")).header("etag").to_owned();
    put(&world, ORDER, Some("\"another\""), &filled()).assert_problem(412, "form-changed");
    assert_eq!(put(&world, ORDER, Some(&old), &filled()).status, 200);
    let mut other = filled();
    other["unit"] = json!("Hukuk Müşavirliği");
    put(&world, ORDER, Some(&old), &other).assert_problem(412, "form-changed");
    assert_eq!(save(&world, ORDER, &other).status, 200);
}

#[test]
fn each_wrong_field_is_pointed_at() {
    let world = World::new();
    for (name, value, code) in [
        ("unit", "", "required"),
        ("gsm", "0262 648 18 18", "format"),
        ("email", "deneme", "format"),
        ("operator", "none", "unknown_value"),
        ("tckn", "10000000146", "locked"),
        ("unit", "a\u{202E}b", "characters"),
        ("extension", "12345678901", "too_long"),
        ("a/b", "x", "unknown_value"),
    ] {
        let mut values = filled();
        values[name] = json!(value);
        let problem = save(&world, ORDER, &values).assert_problem(422, "form-invalid");
        let pointer = format!("/values/{}", name.replace('/', "~1"));
        assert_eq!(problem["errors"], json!([{ "pointer": pointer, "code": code }]));
    }
    let problem = save(&world, ORDER, &json!({})).assert_problem(422, "form-invalid");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 14);
}

#[test]
fn an_edit_after_the_approval_makes_it_void_and_keeps_the_evidence() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    assert_eq!(world.submit(&session, &items).status, 200);
    assert_eq!(state(&world, ORDER), "payment_pending");
    assert_eq!(world.person_get(&format!("/{ORDER}/result")).json()["state"], "done");

    let mut values = filled();
    values["gsm"] = json!("+905331234567");
    assert_eq!(save(&world, ORDER, &values).status, 200);
    let order = world.person_get(&format!("/{ORDER}")).json();
    assert_eq!((&order["state"], &order["form"]), (&json!("form_saved"), &json!("saved")));
    assert_eq!(order["status"]["code"], "form_and_payment_pending");
    assert_eq!(world.person_get(&format!("/{ORDER}/result")).json()["state"], "waiting");
    assert_eq!(world.person_get(&format!("/{ORDER}/evidence")).json()["items"].as_array().unwrap().len(), 1);
    world.issue(ORDER).assert_problem(409, "phone-not-verified");
    let events = world.person_get(&format!("/{ORDER}/events")).json();
    let codes: Vec<_> = events["items"].as_array().unwrap().iter().map(|event| &event["code"]).collect();
    assert_eq!(codes[1..4], ["form_updated", "approval_void", "approved_by_eimza"]);

    // Verified again, approved again.
    crate::phone::verify(&world, ORDER);
    let session = world.redeem(world.issue(ORDER).json()["code"].as_str().unwrap());
    let items = world.prepare(&session);
    assert_eq!(world.submit(&session, &items).status, 200);
    assert_eq!(state(&world, ORDER), "payment_pending");
    assert_eq!(world.person_get(&format!("/{ORDER}/evidence")).json()["items"].as_array().unwrap().len(), 2);
}

#[test]
fn an_edit_ends_codes_and_sessions_of_the_old_form() {
    let world = World::new();
    let session = world.session();
    assert_eq!(save(&world, ORDER, &filled()).status, 200);
    // No newer code took its place.
    world.get(&session, "").assert_problem(410, "session-cancelled");
    let code = world.issue(ORDER).json()["code"].as_str().unwrap().to_owned();
    assert_eq!(save(&world, ORDER, &filled()).status, 200);
    let redeem =
        |code: &str| world.http.post("/api/v1/sign-sessions", None, crate::support::redemption(code));
    assert_eq!(redeem(&code).assert_problem(410, "code-cancelled")["reason"], "cancelled");
    // Signatures that are being decided hold the form.
    let (session, items) = world.ready_to_submit();
    world.sandbox.admin().hold_decisions(true);
    assert_eq!(world.submit(&session, &items).status, 202);
    save(&world, ORDER, &filled()).assert_problem(409, "already-approved");
}

#[test]
fn no_form_can_be_changed_while_the_card_is_made() {
    let world = World::new();
    for (number, state) in ["in_production", "shipped", "delivered", "active", "cancelled"].iter().enumerate()
    {
        let no = format!("SD-8100{number}");
        add(&world, &no, state);
        assert_eq!(save(&world, &no, &filled()).assert_problem(409, "wrong-state")["state"], *state);
    }
    save(&world, "SD-90001", &filled()).assert_problem(404, "not-found");
}

#[test]
fn the_lists_hold_what_the_form_offers() {
    let world = World::new();
    let get = |path: &str| world.http.get(&format!("/api/v1/reference/{path}"), Some(&world.person));
    assert_eq!(get("provinces").json()["items"].as_array().unwrap().len(), 81);
    assert_eq!(get("provinces").json()["items"][40], json!({ "code": "41", "title": "Kocaeli" }));
    for list in ["operators", "card-readers", "certificate-durations", "info-channels"] {
        assert!(get(list).json()["items"][0]["title"].is_string(), "{list}");
    }
    assert_eq!(get("delivery-methods").json()["items"].as_array().unwrap().len(), 2);
    assert_eq!(get("delivery-methods?province=80").json()["items"].as_array().unwrap().len(), 1);
    get("districts").assert_problem(404, "not-found");
}
