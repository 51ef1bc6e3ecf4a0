//! A program with keys that signs for others over HTTP: what an HSM or a mobile keystore is to a caller.

use std::{
    collections::HashMap,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use kamusm_cades::{algorithm::SignatureAlgorithm, x509::certificate::Certificate};
use kamusm_sandbox::Issued;
use kamusm_token::{
    backend::{SignOptions, Signer as _, ToBeSigned},
    deadline::Deadline,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};

const TIME: Duration = Duration::from_secs(20);
/// Signed attributes are a few hundred octets.
const MAX_OCTETS: usize = 64 * 1024;

type Keys = Arc<Mutex<HashMap<String, (SoftSigner, SignatureAlgorithm)>>>;

pub(crate) struct SigningService {
    address: String,
    keys: Keys,
}

impl SigningService {
    pub(crate) fn start() -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|why| why.to_string())?;
        let address = format!("http://{}", listener.local_addr().map_err(|why| why.to_string())?);
        let keys = Keys::default();
        let known = Arc::clone(&keys);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let known = Arc::clone(&known);
                // A caller that breaks off has no answer; that is all.
                thread::spawn(move || answer(&stream, &known).is_ok());
            }
        });
        Ok(Self { address, keys })
    }

    /// The address under which this key signs.
    pub(crate) fn address_of(&self, issued: &Issued) -> Result<String, String> {
        let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, None)
            .map_err(|why| why.to_string())?;
        let certificate = Certificate::from_der(&issued.certificate_der).map_err(|why| why.to_string())?;
        let key = certificate.key_algorithm().map_err(|why| why.to_string())?;
        let algorithm = SignatureAlgorithm::for_key(key).map_err(|why| why.to_string())?;
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let name = keys.len().to_string();
        keys.insert(name.clone(), (signer, algorithm));
        Ok(format!("{}/{name}", self.address))
    }
}

fn answer(stream: &TcpStream, keys: &Keys) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().unwrap_or(0).min(MAX_OCTETS);
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut octets = vec![0; length];
    reader.read_exact(&mut octets)?;
    let value = sign(keys, &path, octets);
    let (status, body) = value.map_or(("404 Not Found", Vec::new()), |value| ("200 OK", value));
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let mut stream = stream;
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

fn sign(keys: &Keys, name: &str, octets: Vec<u8>) -> Option<Vec<u8>> {
    let keys = keys.lock().unwrap_or_else(PoisonError::into_inner);
    let (signer, algorithm) = keys.get(name)?;
    let identities = signer.identities(Deadline::after(TIME)).ok()?;
    let items = [ToBeSigned { octets, algorithm: *algorithm }];
    let options = SignOptions::new(Deadline::after(TIME));
    signer.sign(&identities.first()?.id, &items, PinSource::Pin(Pin::empty()), &options).ok()?.pop()
}
