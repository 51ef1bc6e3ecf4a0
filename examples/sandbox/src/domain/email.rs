//! E-mail addresses as the form and an institution's rows take them.

const LONGEST: usize = 254;

/// One `@`, something before it, a name with a dot behind it; ASCII, because it stands in the signed text.
pub(crate) fn is_right(value: &str) -> bool {
    let Some((local, domain)) = value.split_once('@') else { return false };
    let is_plain = |text: &str| text.bytes().all(|octet| matches!(octet, b'!'..=b'~') && octet != b'@');
    let labels = || domain.split('.');
    value.len() <= LONGEST
        && !local.is_empty()
        && local.len() <= 64
        && is_plain(local)
        && labels().count() >= 2
        && labels().all(|label| {
            !label.is_empty()
                && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}
