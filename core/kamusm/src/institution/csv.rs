//! Pre-applications from a CSV file (RFC 4180, and the `;` of Turkish spreadsheets).

use csv::{ReaderBuilder, StringRecord};

use super::{MAX_PRE_APPLICATIONS, PreApplication};
use crate::{
    application::Reason,
    email::Email,
    error::{Code, Error, FieldError, FieldErrorCode, Result},
    gsm::Gsm,
    payment::Payer,
    tckn::Tckn,
};

const MAX_OCTETS: usize = 256 * 1024;
/// The columns by both of their names.
const COLUMNS: [(&str, &str); 9] = [
    ("tckn", "Kimlik Numarası"),
    ("name", "Ad Soyad"),
    ("email", "E-Posta"),
    ("reason", "Başvuru Nedeni"),
    ("gsm", "Cep Telefonu"),
    ("institution_change", "Kurum Değişikliği"),
    ("payer", "Ödeyen"),
    ("prepaid", "Ön Ödemeli"),
    ("product", "Ürün"),
];
/// The first of them that every file has.
const REQUIRED: usize = 4;
const REASONS: [(&str, &str); 7] = [
    ("first", "İlk Sertifika"),
    ("other", "Diğer"),
    ("renewal", "Yenileme"),
    ("lost_or_stolen", "Kayıp/Çalınma"),
    ("hardware_fault", "Donanım Arızası"),
    ("identity_change", "Kimlik Bilgisi Güncelleme"),
    ("pin_puk_lost", "PIN/PUK Kayıp/Çalınma"),
];
const PAYERS: [(&str, &str); 2] = [("institution", "Kurum"), ("person", "Kişi")];
const ANSWERS: [(&str, &str); 2] = [("yes", "Evet"), ("no", "Hayır")];

/// A row of the file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The line it begins at, from 1; the names of the columns stand in the first.
    pub line: u64,
    /// What it says, or [`Code::FormInvalid`] with [`Error::fields`] by the columns, such as `/email`.
    pub result: Result<PreApplication>,
}

pub(super) fn read(octets: &[u8]) -> Result<Vec<Row>> {
    if octets.len() > MAX_OCTETS {
        return Err(wrong("larger than 256 KiB"));
    }
    let text = std::str::from_utf8(octets).map_err(|_| wrong("not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|_| wrong("its first row cannot be read"))?)?;
    let (mut rows, mut lines) = (Vec::new(), Lines { text, place: 0, line: 1 });
    for record in reader.records() {
        let record = record.map_err(|_| wrong("a row cannot be read"))?;
        if rows.len() == MAX_PRE_APPLICATIONS {
            return Err(wrong("more than 500 rows"));
        }
        let place = record.position().and_then(|position| usize::try_from(position.byte()).ok());
        rows.push(Row { line: lines.at(place.unwrap_or_default()), result: row(&record, &columns) });
    }
    Ok(rows)
}

/// Counts lines: the reader's own numbers are one too low after `\r\n` and before empty lines.
struct Lines<'a> {
    text: &'a str,
    place: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first cell at or behind this octet, which must not lie before the last one asked for.
    fn at(&mut self, place: usize) -> u64 {
        let octets = self.text.as_bytes();
        let ends = |octet: &&u8| matches!(octet, b'\r' | b'\n');
        let empty = octets[place..].iter().take_while(ends).count();
        let passed = &octets[self.place..place + empty];
        self.line += passed.iter().map(|octet| u64::from(*octet == b'\n')).sum::<u64>();
        self.place = place + empty;
        self.line
    }
}

/// Where each of [`COLUMNS`] stands.
fn columns(header: &StringRecord) -> Result<[Option<usize>; COLUMNS.len()]> {
    let mut places = [None; COLUMNS.len()];
    for (place, title) in header.iter().enumerate() {
        let title = title.trim();
        let column = COLUMNS.iter().position(|(name, turkish)| title == *name || title == *turkish);
        let column = column.ok_or_else(|| wrong(format!("column {} is not known", place + 1)))?;
        if places[column].replace(place).is_some() {
            return Err(wrong(format!("column {} is there twice", place + 1)));
        }
    }
    match places.iter().take(REQUIRED).position(Option::is_none) {
        Some(missing) => Err(wrong(format!("the column {} is missing", COLUMNS[missing].0))),
        None => Ok(places),
    }
}

fn row(record: &StringRecord, columns: &[Option<usize>; COLUMNS.len()]) -> Result<PreApplication> {
    let mut errors = Vec::new();
    let mut cells = Cells { record, columns, errors: &mut errors };
    if record.len() > columns.iter().flatten().count() {
        cells.errors.push(FieldError::new("", FieldErrorCode::Format));
    }
    let tckn = cells.required("tckn", |cell| Tckn::parse_unchecked(cell).ok());
    let name = cells.required("name", |cell| Some(cell.to_owned()));
    let email = cells.required("email", |cell| Email::parse(cell).ok());
    let reason =
        cells.required("reason", |cell| word(&REASONS, cell).map(|word| Reason::from(word.to_owned())));
    let gsm = cells.optional("gsm", |cell| Gsm::parse(cell).ok());
    let change = cells.optional("institution_change", answer);
    let payer = cells.optional("payer", |cell| word(&PAYERS, cell).map(|word| Payer::from(word.to_owned())));
    let prepaid = cells.optional("prepaid", answer);
    let product = cells.optional("product", |cell| Some(cell.to_owned()));
    let (Some(tckn), Some(name), Some(email), Some(reason), true) =
        (tckn, name, email, reason, errors.is_empty())
    else {
        return Err(Error::new(Code::FormInvalid, "cells of the row are wrong").at(errors));
    };
    Ok(PreApplication {
        gsm,
        institution_change: change.unwrap_or(false),
        payer,
        prepaid,
        product,
        ..PreApplication::new(tckn, name, email, reason)
    })
}

/// The cells of a row, and what is wrong with them.
struct Cells<'a> {
    record: &'a StringRecord,
    columns: &'a [Option<usize>; COLUMNS.len()],
    errors: &'a mut Vec<FieldError>,
}

impl Cells<'_> {
    fn required<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        if self.text(name).is_empty() {
            self.errors.push(FieldError::new(format!("/{name}"), FieldErrorCode::Required));
            return None;
        }
        self.optional(name, parse)
    }

    fn optional<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.text(name);
        if cell.is_empty() {
            return None;
        }
        let value = parse(cell);
        if value.is_none() {
            let is_choice = matches!(name, "reason" | "payer" | "prepaid" | "institution_change");
            let code = if is_choice { FieldErrorCode::UnknownValue } else { FieldErrorCode::Format };
            self.errors.push(FieldError::new(format!("/{name}"), code));
        }
        value
    }

    fn text(&self, name: &str) -> &str {
        let column = COLUMNS.iter().position(|(known, _)| *known == name);
        let place = column.and_then(|column| self.columns[column]);
        place.and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }
}

fn word(rows: &[(&'static str, &str)], cell: &str) -> Option<&'static str> {
    rows.iter().find(|(word, title)| cell == *word || cell == *title).map(|(word, _)| *word)
}

fn answer(cell: &str) -> Option<bool> {
    word(&ANSWERS, cell).map(|word| word == "yes")
}

fn wrong(reason: impl std::fmt::Display) -> Error {
    Error::new(Code::Range, format!("the CSV file is refused: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turkish_and_english_files_are_read() {
        let turkish = "\u{feff}Kimlik Numarası;Ad Soyad;E-Posta;Başvuru Nedeni;Cep Telefonu;Ön Ödemeli\r\n\
            17291716060;\"Öğünç; Işıl\";isil@kurum.gov.tr;Kayıp/Çalınma;0532 123 45 67;Evet\r\n\
            \r\n11111111111;Deneme;d@kurum.gov.tr;İlk Sertifika;;\r\n";
        let rows = read(turkish.as_bytes()).unwrap();
        let first = rows[0].result.as_ref().unwrap();
        assert_eq!((first.name.as_str(), first.reason.word()), ("Öğünç; Işıl", "lost_or_stolen"));
        assert_eq!((first.gsm.as_ref().unwrap().as_str(), first.prepaid), ("+905321234567", Some(true)));
        let second = rows[1].result.as_ref().unwrap();
        assert_eq!((second.prepaid, second.payer.clone(), rows[1].line), (None, None, 4));
        assert!(!second.tckn.has_right_checksum());
        let english = "reason,tckn,email,name\nfirst,17291716060,a@b.tr,A\n";
        assert_eq!(read(english.as_bytes()).unwrap()[0].result.as_ref().unwrap().name, "A");
    }

    #[test]
    fn each_row_has_its_own_result() {
        let rows = read(
            b"tckn,name,email,reason,payer\n1,,x,why,me\n17291716060,A,a@b.tr,first,person\n1,2,3,4,5,6\n",
        );
        let rows = rows.unwrap();
        let error = rows[0].result.as_ref().unwrap_err();
        let fields: Vec<_> =
            error.fields().iter().map(|field| (field.pointer.as_str(), field.code.word())).collect();
        assert_eq!(error.code(), Code::FormInvalid);
        assert_eq!(
            fields,
            [
                ("/tckn", "format"),
                ("/name", "required"),
                ("/email", "format"),
                ("/reason", "unknown_value"),
                ("/payer", "unknown_value")
            ]
        );
        assert!(rows[1].result.is_ok());
        assert_eq!(rows[2].result.as_ref().unwrap_err().fields()[0].pointer, "");
        assert!(!format!("{:?}", rows[1]).contains("17291716060"));
    }

    #[test]
    fn whole_files_are_refused() {
        let many = format!("tckn,name,email,reason\n{}", "1,2,3,4\n".repeat(501));
        let large = vec![b'a'; MAX_OCTETS + 1];
        for (file, reason) in [
            (b"\xff".as_slice(), "not UTF-8"),
            (b"", "the column tckn is missing"),
            (b"tckn,name,email\n", "the column reason is missing"),
            (b"tckn,name,email,reason,colour\n", "column 5 is not known"),
            (b"tckn,tckn\n", "column 2 is there twice"),
            (many.as_bytes(), "more than 500 rows"),
            (&large, "larger than 256 KiB"),
        ] {
            let error = read(file).unwrap_err();
            assert!(error.reason().ends_with(reason), "{}", error.reason());
        }
        assert_eq!(read(many.trim_end_matches("1,2,3,4\n").as_bytes()).unwrap(), []);
    }
}
