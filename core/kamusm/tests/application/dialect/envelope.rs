//! Another wire: every question is a POST with everything in its body, every answer comes with status 200.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm::{
    dialect::{Ask, Dialect, Operation, Outgoing},
    request::{Method, Response},
};
use serde_json::{Map, Value, json};

/// The core's names with those of this wire.
const NAMES: &[(&str, &str)] = &[
    ("access_token", "anahtar"),
    ("accepted", "kabul"),
    ("action", "eylem"),
    ("applicant", "basvuran"),
    ("application", "siparis"),
    ("applied_on", "tarih"),
    ("attached", "ekli"),
    ("available", "acik"),
    ("certificate", "sertifika"),
    ("cms", "imza"),
    ("code", "kod"),
    ("count", "adet"),
    ("created_at", "olusturma"),
    ("digest", "ozet"),
    ("document_id", "metin_no"),
    ("documents", "metinler"),
    ("environment", "ortam"),
    ("expires_in", "kalan"),
    ("form_digest", "form_ozeti"),
    ("hard_expires_in", "son"),
    ("id", "kimlik"),
    ("index", "sira"),
    ("institutions", "kurumlar"),
    ("issuer", "yayinlayan"),
    ("items", "satirlar"),
    ("jwks_uri", "anahtar_adresi"),
    ("keys", "liste"),
    ("kind", "tur"),
    ("label", "etiket"),
    ("length", "uzunluk"),
    ("match_code", "kontrol"),
    ("media_type", "bicim"),
    ("methods", "yontemler"),
    ("name", "ad"),
    ("no", "numara"),
    ("origin", "adres"),
    ("person", "kisi"),
    ("profile", "profil"),
    ("reason", "neden"),
    ("receipt", "makbuz"),
    ("schema", "kurallar"),
    ("sections", "bolumler"),
    ("server_time", "saat"),
    ("service", "hizmet"),
    ("session", "oturum"),
    ("signature_policy", "imza_kurali"),
    ("state", "asama"),
    ("status", "durum"),
    ("tckn", "tc"),
    ("text", "yazi"),
    ("title", "baslik"),
    ("token", "gizli"),
    ("token_type", "anahtar_turu"),
    ("values", "degerler"),
    ("view_ids", "okumalar"),
];
const PROBLEMS: &[(&str, &str)] =
    &[("FORM-DEGISTI", "form-changed"), ("FORM-HATALI", "form-invalid"), ("GIRIS-YOK", "unauthenticated")];

/// The other wire.
#[derive(Debug)]
pub(crate) struct Envelope;

impl Dialect for Envelope {
    fn request(&self, ask: &Ask<'_>) -> Outgoing {
        let message: Value = serde_json::from_slice(&ask.message).unwrap_or(Value::Null);
        let body = json!({
            "anahtar": ask.token, "tekrar": ask.key, "konu": ask.about, "veri": renamed(message, outward),
        });
        Outgoing {
            method: Method::Post,
            path: format!("/islem/{}", word(ask.operation)),
            headers: vec![("content-type".into(), "application/json".into())],
            body: body.to_string().into_bytes(),
        }
    }

    fn answer<'r>(&self, operation: Operation, response: &'r Response) -> Option<Cow<'r, [u8]>> {
        let mut envelope: Map<String, Value> = serde_json::from_slice(&response.body).ok()?;
        if envelope.get("sonuc")? != "TAMAM" {
            return None;
        }
        let message = envelope.remove("veri")?;
        if operation == Operation::Document {
            return BASE64.decode(message.as_str()?).ok().map(Cow::Owned);
        }
        Some(Cow::Owned(renamed(message, inward).to_string().into_bytes()))
    }

    fn problem<'r>(&self, response: &'r Response) -> Option<Cow<'r, [u8]>> {
        let envelope: Value = serde_json::from_slice(&response.body).ok()?;
        let word = envelope["hata"].as_str()?;
        let name = PROBLEMS.iter().find(|(theirs, _)| *theirs == word).map_or(word, |(_, ours)| *ours);
        let errors = envelope["yerler"].as_object().into_iter().flatten().map(|(name, what)| {
            let code = if what == "bicim" { "format" } else { "required" };
            json!({ "pointer": format!("/values/{name}"), "code": code })
        });
        let problem = json!({ "type": name, "errors": errors.collect::<Vec<_>>() });
        Some(Cow::Owned(problem.to_string().into_bytes()))
    }
}

/// What an operation is called; only those of the test.
fn word(operation: Operation) -> &'static str {
    match operation {
        Operation::Discovery => "kesif",
        Operation::Redeem => "kod-al",
        Operation::Document => "metin",
        Operation::OpenWindow => "sure-baslat",
        Operation::CheckCertificate => "sertifika-bak",
        Operation::Submit => "imza-ver",
        Operation::Challenge => "giris-metni",
        Operation::AnswerChallenge => "giris-imzasi",
        Operation::Me => "ben",
        Operation::Applications => "siparislerim",
        Operation::Form => "form-oku",
        Operation::SaveForm => "form-yaz",
        Operation::Approval => "onay-yollari",
        Operation::Approve => "onayla",
        other => panic!("{other:?} is not asked in this test"),
    }
}

fn outward(name: &str) -> String {
    NAMES.iter().find(|(ours, _)| *ours == name).map_or(name, |(_, theirs)| *theirs).to_owned()
}

fn inward(name: &str) -> String {
    NAMES.iter().find(|(_, theirs)| *theirs == name).map_or(name, |(ours, _)| *ours).to_owned()
}

/// The names of all members changed; those of a form's values are data.
fn renamed(value: Value, name_of: fn(&str) -> String) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| renamed(item, name_of)).collect(),
        Value::Object(members) => {
            let member = |(name, value): (String, Value)| {
                let is_data = matches!(name.as_str(), "values" | "degerler" | "kurallar");
                let value = if is_data { value } else { renamed(value, name_of) };
                (name_of(&name), value)
            };
            Value::Object(members.into_iter().map(member).collect())
        }
        other => other,
    }
}
