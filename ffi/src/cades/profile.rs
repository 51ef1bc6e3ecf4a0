//! The form of a signature to be made.

use kamusm_cades::sign::Profile;

use crate::guard::{guard_value, guard_void};

/// The form of a signature: level B-B, with the attributes that BTK's profile P1 asks for.
///
/// Threads: any number may read it at once.
pub struct kamusm_cades_profile(pub(crate) Profile);

/// Makes a profile, to be freed by `kamusm_cades_profile_free`.
///
/// `attached`: whether the content travels inside the signature.
/// `signing_time_unix_s`: when the signer says to sign, seconds since 1970-01-01T00:00:00Z.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_profile_new(
    attached: bool,
    signing_time_unix_s: i64,
) -> Option<Box<kamusm_cades_profile>> {
    guard_value(None, || {
        Some(Some(Box::new(kamusm_cades_profile(Profile::new(attached, signing_time_unix_s)))))
    })
}

/// Frees the profile; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_profile_free(profile: Option<Box<kamusm_cades_profile>>) {
    guard_void(|| drop(profile));
}
