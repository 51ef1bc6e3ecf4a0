//! A service that speaks the other wire: canned answers, and a receipt over what came.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD as BASE64, URL_SAFE_NO_PAD as BASE64_URL},
};
use kamusm::request::{Request, Response};
use kamusm_test_ca::{Issued, Key, LeafKey, LeafSpec, TestCa};
use serde_json::{Value, json};

/// A code of the sandbox whose check symbol fits.
pub(crate) const CODE: &str = "S000-0000-0000-000H";
pub(crate) const TOKEN: &str = "giren-kisi";
const CREATED: &str = "2026-11-22T10:19:44+03:00";
const TEXT: &str = "KAMU SM BAŞVURU ONAYI/1\nSipariş No: SD-1\nBelge: 1/1\nOturum: o1\n\
    Oluşturma Tarihi: 2026-11-22T10:19:44+03:00\n\nBeyan ederim.\n";

/// The service with what it was asked.
pub(crate) struct Service {
    pub(crate) issued: Issued,
    pub(crate) asked: Vec<String>,
    pair: EcdsaKeyPair,
    email: String,
    version: u32,
}

impl Service {
    pub(crate) fn new() -> Self {
        Self {
            issued: TestCa::new(1_795_000_000).issue(&LeafSpec { key: LeafKey::P256, ..LeafSpec::default() }),
            asked: Vec::new(),
            pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap(),
            email: "a@b.tr".into(),
            version: 1,
        }
    }

    pub(crate) fn key(&self) -> Key {
        Key::from_pkcs8_der(LeafKey::P256, &self.issued.private_key_pkcs8_der).unwrap()
    }

    pub(crate) fn answer(&mut self, request: &Request) -> Response {
        let word = request.url.rsplit('/').next().unwrap().to_owned();
        let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
        let answer = self.verdict(&word, request, &body);
        self.asked.push(word);
        let headers = vec![
            ("content-type".into(), "application/json".into()),
            ("etag".into(), format!("\"{}\"", self.version)),
        ];
        Response::new(200, headers, answer.to_string().into_bytes())
    }

    fn verdict(&mut self, word: &str, request: &Request, body: &Value) -> Value {
        let is_person =
            matches!(word, "ben" | "siparislerim" | "form-oku" | "form-yaz" | "onay-yollari" | "onayla");
        if is_person && body["anahtar"] != TOKEN {
            return json!({ "sonuc": "HATA", "hata": "GIRIS-YOK" });
        }
        let message = match word {
            "kesif" => json!({
                "yayinlayan": "https://baska.example", "ortam": "sandbox",
                "anahtar_adresi": "https://baska.example/islem/anahtarlar",
            }),
            "kod-al" => {
                assert_eq!(body["veri"]["kod"], CODE);
                json!({ "gizli": "oturum-anahtari", "oturum": session() })
            }
            "metin" => {
                assert_eq!(
                    (&body["konu"], &body["anahtar"]),
                    (&json!(["o1", "1"]), &json!("oturum-anahtari"))
                );
                json!(BASE64.encode(TEXT))
            }
            "sure-baslat" => session(),
            "sertifika-bak" => {
                let certificate = BASE64.encode(&self.issued.certificate_der);
                assert_eq!(body["veri"]["sertifika"], certificate);
                json!({})
            }
            "imza-ver" => {
                let item = &body["veri"]["satirlar"][0];
                assert_eq!(item["metin_no"], "m1");
                json!({ "asama": "accepted", "makbuz": self.receipt(item["imza"].as_str().unwrap()) })
            }
            "anahtarlar" => json!({ "liste": [self.public_key()] }),
            "giris-metni" => challenge(),
            "giris-imzasi" => {
                assert!(!body["veri"]["imza"].as_str().unwrap().is_empty());
                json!({
                    "anahtar": TOKEN, "anahtar_turu": "Bearer", "kalan": 900,
                    "kisi": { "ad": "I*** Ö****", "tc": "172******60" },
                })
            }
            "ben" => json!({
                "ad": "I*** Ö****", "tc": "172******60", "kurumlar": [{ "kimlik": "k1", "ad": "Deneme Kurumu" }],
            }),
            "siparislerim" => json!({ "satirlar": [{
                "numara": "SD-1", "tarih": "2026-11-01", "neden": "first", "asama": "form_saved", "durum": status(),
            }] }),
            "form-oku" => self.form(),
            "form-yaz" => return self.save(request, &body["veri"]["degerler"]),
            "onay-yollari" => json!({
                "yontemler": [{ "kod": "e_onay", "baslik": "E-Onay", "acik": true }], "form_ozeti": "f1",
            }),
            "onayla" => {
                let wish = json!({ "okumalar": ["v1"], "form_ozeti": "f1", "kabul": true });
                assert_eq!(body["veri"], wish);
                assert_eq!(body["tekrar"].as_str().map(str::len), Some(43));
                json!({ "asama": "done", "baslik": "İşlem Başarılı", "durum": status() })
            }
            other => panic!("{other} is not known"),
        };
        json!({ "sonuc": "TAMAM", "veri": message })
    }

    fn form(&self) -> Value {
        json!({ "kurallar": {}, "bolumler": [], "degerler": { "email": self.email } })
    }

    fn save(&mut self, request: &Request, values: &Value) -> Value {
        if request.header("if-match") != Some(&format!("\"{}\"", self.version)) {
            return json!({ "sonuc": "HATA", "hata": "FORM-DEGISTI" });
        }
        let email = values["email"].as_str().unwrap();
        if !email.contains('@') {
            return json!({ "sonuc": "HATA", "hata": "FORM-HATALI", "yerler": { "email": "bicim" } });
        }
        self.email = email.to_owned();
        self.version += 1;
        json!({ "sonuc": "TAMAM", "veri": self.form() })
    }

    fn public_key(&self) -> Value {
        let (x, y) = self.pair.public_key().as_ref()[1..].split_at(32);
        json!({ "kty": "EC", "kid": "k1", "crv": "P-256", "x": BASE64_URL.encode(x), "y": BASE64_URL.encode(y) })
    }

    fn receipt(&self, cms: &str) -> String {
        let header = json!({ "alg": "ES256", "kid": "k1", "typ": "kamusm-receipt+jwt" });
        let claims = json!({
            "iss": "https://baska.example", "sid": "o1", "application": "SD-1",
            "documents": [{
                "digest": written(TEXT.as_bytes()), "cms_digest": written(&BASE64.decode(cms).unwrap()),
            }],
            "signer_certificate": written(&self.issued.certificate_der),
            "signing_time": CREATED, "received_at": CREATED, "state": "accepted",
        });
        let part = |value: &Value| BASE64_URL.encode(value.to_string());
        let input = format!("{}.{}", part(&header), part(&claims));
        let signature = self.pair.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        format!("{input}.{}", BASE64_URL.encode(signature.as_ref()))
    }
}

fn session() -> Value {
    json!({
        "kimlik": "o1", "asama": "open", "saat": CREATED, "olusturma": CREATED, "kalan": 150, "son": 1800,
        "ortam": "sandbox", "hizmet": { "ad": "Başka", "adres": "https://baska.example" },
        "basvuran": { "ad": "I*** Ö****", "tc": "172******60" }, "siparis": { "numara": "SD-1" },
        "metinler": [{
            "kimlik": "m1", "sira": 1, "adet": 1, "baslik": "İmzalanacak Metin 1:", "uzunluk": TEXT.len(),
            "bicim": "text/plain; charset=utf-8; profile=\"urn:kamusm:signed-text:1\"",
            "ozet": written(TEXT.as_bytes()),
        }],
        "imza_kurali": { "profil": "CAdES-B-B", "ekli": true }, "kontrol": control(),
    })
}

fn challenge() -> Value {
    let text = format!(
        "KAMU SM GİRİŞ/1\nAdres: https://baska.example\nGiriş No: g1\nTek Kullanımlık Sayı: {}\n\
         Oluşturma Tarihi: {CREATED}\n\nBu metni imzalayarak Kamu SM Online İşlemler'e giriş yapıyorum. \
         Bu metin bir başvuru onayı değildir.\n",
        "ab".repeat(32)
    );
    json!({
        "kimlik": "g1", "yazi": BASE64.encode(&text), "uzunluk": text.len(), "ozet": written(text.as_bytes()),
        "bicim": "text/plain; charset=utf-8; profile=\"urn:kamusm:sign-in-text:1\"", "olusturma": CREATED,
        "kalan": 150, "imza_kurali": { "profil": "CAdES-B-B", "ekli": true },
    })
}

fn status() -> Value {
    json!({ "kod": "production_pending", "baslik": "Üretim Bekleniyor", "eylem": { "kod": "update", "baslik": "G" } })
}

fn written(octets: &[u8]) -> String {
    format!("sha-256=:{}:", BASE64.encode(digest(&SHA256, octets)))
}

/// The kontrol sayısı of session `o1` with its one text (protocol, section 3).
fn control() -> String {
    let input = [b"kamusm-match-1\0o1\0\x01".as_slice(), digest(&SHA256, TEXT.as_bytes()).as_ref()].concat();
    let first = digest(&SHA256, &input);
    format!("{:04}", u16::from_be_bytes([first.as_ref()[0], first.as_ref()[1]]) >> 3)
}
