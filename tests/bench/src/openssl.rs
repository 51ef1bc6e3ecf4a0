//! OpenSSL in this process: `CMS_sign` and `CMS_verify` with `CMS_CADES`, on the same key, certificates and text.

use openssl::{
    cms::{CMSOptions, CmsContentInfo},
    pkey::{PKey, Private},
    stack::Stack,
    x509::{
        X509, X509PurposeId,
        store::{X509Store, X509StoreBuilder},
        verify::{X509VerifyFlags, X509VerifyParam},
    },
};

use crate::material::{Material, NOW};

/// `CMS_CADES` of OpenSSL 3, which the bindings have no name for.
const CADES: CMSOptions = CMSOptions::from_bits_retain(0x10_0000);

pub(crate) struct OpenSsl<'a> {
    text: &'a [u8],
    leaf: X509,
    chain: Stack<X509>,
    key: PKey<Private>,
    store: X509Store,
}

impl<'a> OpenSsl<'a> {
    pub(crate) fn new(material: &'a Material) -> Self {
        let read = |der: &[u8]| X509::from_der(der).expect("the test CA's certificate");
        let mut chain = Stack::new().expect("memory");
        for certificate in material.chain() {
            chain.push(read(certificate.der())).expect("memory");
        }
        let mut store = X509StoreBuilder::new().expect("memory");
        store.add_cert(read(material.root.der())).expect("a new store takes it");
        store.set_purpose(X509PurposeId::ANY).expect("a known purpose");
        let mut parameters = X509VerifyParam::new().expect("memory");
        parameters.set_time(NOW);
        parameters.set_flags(X509VerifyFlags::USE_CHECK_TIME).expect("a known flag");
        store.set_param(&parameters).expect("a new store takes it");
        Self {
            text: &material.text,
            leaf: read(material.leaf.der()),
            chain,
            key: PKey::private_key_from_der(&material.private_key).expect("the test CA's key"),
            store: store.build(),
        }
    }

    pub(crate) fn sign(&self) -> Vec<u8> {
        let options = CMSOptions::BINARY | CMSOptions::NOSMIMECAP | CADES;
        CmsContentInfo::sign(Some(&self.leaf), Some(&self.key), Some(&self.chain), Some(self.text), options)
            .and_then(|file| file.to_der())
            .expect("OpenSSL signs")
    }

    pub(crate) fn verify(&self, file: &[u8]) {
        let mut file = CmsContentInfo::from_der(file).expect("OpenSSL reads it");
        let mut content = Vec::new();
        file.verify(None, Some(&self.store), None, Some(&mut content), CMSOptions::BINARY | CADES)
            .expect("OpenSSL accepts it");
        assert_eq!(content, self.text);
    }
}

/// The version that measured.
pub(crate) fn version() -> &'static str {
    openssl::version::version()
}
