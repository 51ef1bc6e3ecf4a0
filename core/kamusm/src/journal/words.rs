//! The words for an entry.

use super::{Entry, EntryState};
use crate::{
    error::Language::{self, English},
    session::OutcomeKind,
};

pub(super) fn description(entry: &Entry, language: Language) -> String {
    let english = language == English;
    let words = match (entry.state, english) {
        (EntryState::CodeNotRedeemed, false) => {
            "Doğrulama kodu gönderiliyordu; hizmete ulaşıp ulaşmadığı bilinmiyor. Sürdürürseniz aynı kodla denenir."
                .into()
        }
        (EntryState::CodeNotRedeemed, true) => "The verification code was being sent; whether it arrived is not \
             known. Going on tries the same code."
            .into(),
        (EntryState::Opened, false) => "Metinler açıldı, hiçbiri imzalanmadı.".into(),
        (EntryState::Opened, true) => "The texts were opened and none was signed.".into(),
        (EntryState::PartlySigned, false) => {
            format!("İmzalanan metin: {} / {}. Kalanlar imzalanmalı.", entry.signed.0, entry.signed.1)
        }
        (EntryState::PartlySigned, true) => {
            format!("Texts signed: {} of {}. The others are to be signed.", entry.signed.0, entry.signed.1)
        }
        (EntryState::Signed, false) => {
            "Bütün metinler imzalandı; imzaların hizmete ulaşıp ulaşmadığı bilinmiyor. Sürdürürseniz yeniden imza \
             istenmeden sorulur."
                .into()
        }
        (EntryState::Signed, true) => "Every text was signed; whether the signatures arrived is not known. Going on \
             asks without signing again."
            .into(),
        (EntryState::Received, false) => "İmzalar hizmete ulaştı, denetimleri sürüyor. Yeniden imza gerekmez.".into(),
        (EntryState::Received, true) => {
            "The service has the signatures and is checking them. Nothing is to be signed again.".into()
        }
        (EntryState::Ended, _) => end(entry, language),
    };
    match &entry.application {
        Some(number) => format!("{number}: {words}"),
        None => words,
    }
}

fn end(entry: &Entry, language: Language) -> String {
    let english = language == English;
    if entry.outcome == Some(OutcomeKind::Accepted as i32) {
        return if english { "The signatures were accepted." } else { "İmzalar kabul edildi." }.into();
    }
    let why = entry.error_code().map(|code| code.sentence(language)).unwrap_or_default();
    let over = if english { "Over." } else { "Sona erdi." };
    format!("{over} {why}").trim_end().to_owned()
}
