//! A report in the words of the table.

use kamusm_cades::validate::{Report, SignatureReport};

pub(crate) struct Verdict {
    /// Of the first signer.
    pub(crate) level: String,
    /// `INDICATION/SUB_INDICATION` of each signer, each followed by its countersignatures.
    pub(crate) signatures: Vec<String>,
    /// What decided, in the same order.
    pub(crate) reasons: Vec<String>,
}

impl Verdict {
    pub(crate) fn of(report: &Report) -> Self {
        let level = report.signatures.first().map(|signature| signature.level.to_string());
        let mut verdict =
            Self { level: level.unwrap_or_default(), signatures: Vec::new(), reasons: Vec::new() };
        report.signatures.iter().for_each(|signature| verdict.add("", signature));
        verdict
    }

    fn add(&mut self, mark: &str, signature: &SignatureReport) {
        let indication = signature.indication().to_string().replace('-', "_");
        self.signatures.push(match signature.sub_indication() {
            Some(sub_indication) => format!("{mark}{indication}/{sub_indication}"),
            None => format!("{mark}{indication}"),
        });
        self.reasons
            .push(signature.failure.as_ref().map(|failure| failure.reason.to_string()).unwrap_or_default());
        signature.countersignatures.iter().for_each(|signature| self.add("c:", signature));
    }
}
