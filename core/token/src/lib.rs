//! Signers: PKCS#11 smart cards and software keys.
