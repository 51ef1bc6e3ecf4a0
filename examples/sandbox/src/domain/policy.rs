//! What the service accepts of clients and signatures.

use crate::domain::problem::{Kind, Problem};

/// The signature profile: a CAdES baseline B with the content inside, which is BTK P1 (EN 319 122-1, clause 6).
pub(crate) const PROFILE: &str = "CAdES-B-B";
/// The digests of a signature.
pub(crate) const DIGESTS: [&str; 3] = ["sha-256", "sha-384", "sha-512"];
/// The oldest SDK that speaks this protocol.
pub(crate) const MIN_SDK: [u64; 3] = [0, 1, 0];

/// Where a person asks for help.
pub(crate) const SUPPORT_PHONE: &str = "444 5 576";

const LONGEST_NAME: usize = 100;

/// The version as it is written.
pub(crate) fn min_sdk() -> String {
    MIN_SDK.map(|part| part.to_string()).join(".")
}

/// Refuses a name that the page could not show in one honest line.
pub(crate) fn check_name(name: &str, pointer: &str) -> Result<(), Problem> {
    let is_hidden = |character: char| {
        character.is_control()
            || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    if name.trim().is_empty() || name.chars().count() > LONGEST_NAME || name.contains(is_hidden) {
        return Err(Problem::new(Kind::Malformed).with("pointer", pointer));
    }
    Ok(())
}

/// Refuses an SDK that is too old; one that does not tell its version is let through.
pub(crate) fn check_client(sdk_version: Option<&str>) -> Result<(), Problem> {
    let Some(version) = sdk_version else { return Ok(()) };
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<u64> = core.split('.').map_while(|part| part.parse().ok()).collect();
    if parts.len() < 3 {
        return Err(Problem::new(Kind::Malformed).with("pointer", "/client/sdk_version"));
    }
    if parts[..3] < MIN_SDK[..] {
        return Err(Problem::new(Kind::ClientTooOld).with("min_client", min_sdk()));
    }
    Ok(())
}

/// Refuses a client that can make none of our signatures; one that names nothing takes ours.
pub(crate) fn check_accept(profiles: Option<&[String]>, digests: Option<&[String]>) -> Result<(), Problem> {
    let profile = profiles.is_none_or(|profiles| profiles.iter().any(|profile| profile == PROFILE));
    let digest =
        digests.is_none_or(|digests| digests.iter().any(|digest| DIGESTS.contains(&digest.as_str())));
    if profile && digest {
        return Ok(());
    }
    Err(Problem::new(Kind::NoCommonProfile).with("profiles", vec![PROFILE]).with("digests", DIGESTS.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for version in ["0.1.0", "0.10.0", "1.0.0", "0.1.0-rc.1+b"] {
            check_client(Some(version)).unwrap();
        }
        check_client(None).unwrap();
        assert_eq!(check_client(Some("0.0.9")).unwrap_err().kind(), Kind::ClientTooOld);
        for version in ["", "x", "1.0"] {
            assert_eq!(check_client(Some(version)).unwrap_err().kind(), Kind::Malformed);
        }
    }

    #[test]
    fn one_common_profile_and_digest_is_enough() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        check_accept(None, None).unwrap();
        check_accept(Some(&list(&["CAdES-B-T", "CAdES-B-B"])), Some(&list(&["sha-512"]))).unwrap();
        assert!(check_accept(Some(&list(&["CAdES-B-T"])), None).is_err());
        assert!(check_accept(None, Some(&list(&["sha-1"]))).is_err());
        assert!(check_accept(Some(&[]), None).is_err());
    }
}
