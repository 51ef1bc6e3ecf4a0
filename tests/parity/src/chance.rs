//! Values that no runner can know beforehand.

const GIVEN: [&str; 8] = ["Işıl", "Çağrı", "Gülşah", "Ömer", "İlknur", "Şükrü", "Doğan", "Âdem"];
const FAMILY: [&str; 8] = ["Öğünç", "Yıldız", "Çiçekçi", "Şahin", "Ağaoğlu", "Güneş", "İnönü", "Kâğıtçı"];
const PLACES: [&str; 6] = ["Iğdır", "Şırnak", "Çankırı", "Muğla", "Gümüşhane", "İstanbul"];

/// Anything below the limit.
pub(crate) fn below(limit: u32) -> u32 {
    let mut octets = [0; 4];
    getrandom::fill(&mut octets).expect("the system has entropy");
    u32::from_be_bytes(octets) % limit
}

fn one_of(words: &[&'static str]) -> &'static str {
    let limit = u32::try_from(words.len()).expect("a short list");
    words[usize::try_from(below(limit)).expect("an index")]
}

pub(crate) fn name() -> String {
    format!("{} {} {}", one_of(&GIVEN), one_of(&GIVEN), one_of(&FAMILY))
}

pub(crate) fn institution() -> String {
    format!("{} Valiliği {}. Müdürlük", one_of(&PLACES), 1 + below(90))
}

pub(crate) fn application() -> String {
    format!("SD-{}", 100_000 + below(900_000))
}

/// A number whose two check digits are right.
pub(crate) fn tckn() -> String {
    let mut digits: Vec<u32> = vec![1 + below(9)];
    digits.extend((0..8).map(|_| below(10)));
    let sum = |from: usize| digits.iter().skip(from).step_by(2).sum::<u32>();
    let tenth = (sum(0) * 7 + 100 - sum(1)) % 10;
    digits.push(tenth);
    digits.push(digits.iter().sum::<u32>() % 10);
    digits.iter().map(|digit| char::from_digit(*digit, 10).expect("a digit")).collect()
}

pub(crate) fn pin() -> String {
    format!("{:06}", below(1_000_000))
}
