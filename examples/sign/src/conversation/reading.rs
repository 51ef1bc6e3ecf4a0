//! "Sözleşme": the texts page by page, then who, what, where and the kontrol sayısı, then the acceptance.

use kamusm::session::{Facts, Texts};

use crate::{
    countdown::Countdown,
    front::Reply,
    key::Key,
    messages::Message,
    moment, page,
    screen::{Limit, Screen},
};

/// The lines of a page's frame: title, number of the page, and one to see where the page began.
const FRAME: usize = 3;

struct Page {
    title: Option<String>,
    lines: Vec<String>,
}

/// True if the person read to the end and accepts.
pub(super) fn show(screen: &mut Screen<'_>, texts: &Texts, countdown: Countdown) -> Reply<bool> {
    screen.heading(Message::TextsHeading);
    screen.fill(Message::CreatedAt, &[&moment::rewritten(&texts.facts().created_at)]);
    let pages = pages(screen, texts);
    let mut place = 0;
    while let Some(page) = pages.get(place) {
        put(screen, page);
        place = turn(screen, place, pages.len(), countdown)?;
    }
    summarise(screen, texts.facts());
    screen.ask_yes_or_no(Message::AcceptPrompt, countdown, false)
}

fn pages(screen: &Screen<'_>, texts: &Texts) -> Vec<Page> {
    let (width, height) = screen.size();
    let of_text = texts.items().iter().flat_map(|text| {
        let words = String::from_utf8_lossy(&text.octets).into_owned();
        let pages = page::pages(&words, width - 1, height - FRAME);
        pages
            .into_iter()
            .enumerate()
            .map(|(place, lines)| Page { title: (place == 0).then(|| text.title.clone()), lines })
    });
    of_text.collect()
}

fn put(screen: &mut Screen<'_>, page: &Page) {
    if let Some(title) = &page.title {
        screen.line(title);
    }
    for line in &page.lines {
        screen.line(&format!("{}{line}", page::MARGIN));
    }
}

/// Waits for the key that turns the page; the next place.
fn turn(screen: &mut Screen<'_>, place: usize, count: usize, countdown: Countdown) -> Reply<usize> {
    let prompt = if place == 0 { Message::FirstPagePrompt } else { Message::PagePrompt };
    let prompt = screen.words().fill(prompt, &[&(place + 1), &count]);
    loop {
        match screen.key(&prompt, countdown, Limit::None)? {
            Key::Enter | Key::Forward | Key::Octet(b' ') => return Ok(place + 1),
            Key::Back | Key::Octet(b'g' | b'G' | b'b' | b'B') => return Ok(place.saturating_sub(1)),
            _ => {}
        }
    }
}

fn summarise(screen: &mut Screen<'_>, facts: &Facts) {
    screen.heading(Message::SummaryHeading);
    screen.fill(Message::Who, &[&facts.applicant_name, &facts.applicant_tckn]);
    screen.fill(Message::What, &[&facts.application, &facts.product]);
    screen.fill(Message::Institution, &[&facts.institution]);
    screen.fill(Message::Where, &[&facts.service, &facts.origin]);
    for warning in &facts.warnings {
        match warning.as_str() {
            "revokes_existing" => screen.say(Message::WarningRevokes),
            "production_date_may_differ" => screen.say(Message::WarningDate),
            other => screen.fill(Message::WarningOther, &[&other]),
        }
    }
    screen.fill(Message::MatchCode, &[&facts.match_code]);
    screen.say(Message::MatchCodeHint);
}
