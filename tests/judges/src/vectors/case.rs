//! One line of the table: a file, its content if that is detached, and what EU DSS says.

use std::path::Path;
use std::{fs, io};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kamusm_cades::algorithm::{Digest, DigestAlgorithm};
use kamusm_cades::validate::{Policy, validate, validate_digested};

use super::verdict::Verdict;

pub(crate) struct Case<'a> {
    pub(crate) file: &'a str,
    /// Empty, a path, `text:` with the content itself, or `sha256:` with its digest in Base64.
    pub(crate) content: &'a str,
    pub(crate) level: &'a str,
    /// One per signer, countersignatures marked by `c:`.
    pub(crate) expected: Vec<&'a str>,
    tags: &'a str,
}

impl<'a> Case<'a> {
    /// Columns: file, content, level, verdict without trust, verdict with the roots trusted, tags.
    pub(crate) fn read(line: &'a str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        let (file, content, level, without_trust) = (next()?, next()?, next()?, next()?);
        let tags = columns.nth(1)?;
        Some(Self { file, content, level, expected: without_trust.split(';').collect(), tags })
    }

    /// Nobody is trusted; the time does not matter then.
    pub(crate) fn judge(&self, folder: &Path) -> io::Result<Verdict> {
        let policy = Policy::new(Vec::new(), 0);
        let cms = fs::read(folder.join(self.file))?;
        let report = match self.content.split_once(':') {
            _ if self.content.is_empty() => validate(&cms, None, &policy),
            Some(("text", text)) => validate(&cms, Some(text.as_bytes()), &policy),
            Some(("sha256", digest)) => {
                let octets = STANDARD.decode(digest).map_err(io::Error::other)?;
                let digest = Digest::from_octets(DigestAlgorithm::Sha256, &octets)
                    .ok_or_else(|| io::Error::other(format!("{}: not a digest", self.file)))?;
                validate_digested(&cms, &[digest], &policy)
            }
            _ => validate(&cms, Some(&fs::read(folder.join(self.content))?), &policy),
        };
        Ok(Verdict::of(&report))
    }

    /// Levels above B-B stand on it; of the older extended forms only the base is known here.
    pub(crate) fn covers(&self, level: &str) -> bool {
        match self.level {
            "B-B" | "B-T" | "B-LT" | "B-LTA" => level == "CAdES-BASELINE-B",
            "BES" | "EPES" => level == format!("CAdES-{}", self.level),
            "T" | "C" | "X" | "XL" | "A" => level.starts_with("CAdES-"),
            "-" => true,
            other => level == other,
        }
    }

    /// What is in the file that level B-B does not judge.
    pub(crate) fn beyond(&self) -> Vec<String> {
        let stamps = self.tags.split(',').filter_map(|tag| tag.strip_prefix("ts:"));
        let mut beyond: Vec<String> = stamps.map(|kind| format!("time stamp {kind}")).collect();
        if !["B-B", "BES", "EPES", "CMS-NOT-ETSI", "-"].contains(&self.level) {
            beyond.push(format!("level {} above its base", self.level));
        }
        beyond
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        "a.p7m\ttext:x: y\tB-T\tTOTAL_FAILED/HASH_FAILURE;c:NO\ttrusted\tDER,ts:SIGNATURE\tok\t7";

    #[test]
    fn a_line_is_read() {
        let case = Case::read(LINE).unwrap();
        assert_eq!((case.file, case.content, case.level), ("a.p7m", "text:x: y", "B-T"));
        assert_eq!(case.expected, ["TOTAL_FAILED/HASH_FAILURE", "c:NO"]);
        assert_eq!(case.beyond(), ["time stamp SIGNATURE", "level B-T above its base"]);
        assert!(Case::read("a.p7m\t\tB-B").is_none());
    }

    #[test]
    fn a_level_stands_on_its_base() {
        let covers = |level, ours| Case { level, ..Case::read(LINE).unwrap() }.covers(ours);
        assert!(covers("B-LTA", "CAdES-BASELINE-B") && !covers("B-LTA", "CAdES-BES"));
        assert!(covers("BES", "CAdES-BES") && !covers("BES", "CAdES-BASELINE-B"));
        assert!(covers("XL", "CAdES-EPES") && !covers("XL", "CMS-NOT-ETSI"));
        assert!(covers("CMS-NOT-ETSI", "CMS-NOT-ETSI") && !covers("CMS-NOT-ETSI", "CAdES-BES"));
    }
}
