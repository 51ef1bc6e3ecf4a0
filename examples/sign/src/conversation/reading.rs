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
    let words: Vec<_> = texts.items().iter().map(|text| String::from_utf8_lossy(&text.octets)).collect();
    let items = texts.items().iter().zip(&words).map(|(text, words)| (text.title.as_str(), words.as_ref()));
    turn_pages(screen, &items.collect::<Vec<_>>(), Some(countdown))?;
    summarise(screen, texts.facts());
    let prompt = if texts.facts().sign_in { Message::SignInPrompt } else { Message::AcceptPrompt };
    screen.ask_yes_or_no(prompt, countdown, false)
}

/// Shows texts with their titles page by page, to the end.
pub(crate) fn turn_pages(
    screen: &mut Screen<'_>,
    texts: &[(&str, &str)],
    countdown: Option<Countdown>,
) -> Reply<()> {
    let pages = pages(screen, texts);
    let mut place = 0;
    while let Some(page) = pages.get(place) {
        put(screen, page);
        place = turn(screen, place, pages.len(), countdown)?;
    }
    Ok(())
}

fn pages(screen: &Screen<'_>, texts: &[(&str, &str)]) -> Vec<Page> {
    let (width, height) = screen.size();
    let of_text = texts.iter().flat_map(|(title, words)| {
        let pages = page::pages(words, width - 1, height - FRAME);
        pages
            .into_iter()
            .enumerate()
            .map(|(place, lines)| Page { title: (place == 0).then(|| (*title).to_owned()), lines })
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
fn turn(screen: &mut Screen<'_>, place: usize, count: usize, countdown: Option<Countdown>) -> Reply<usize> {
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
    if facts.sign_in {
        return screen.fill(Message::Where, &[&facts.service, &facts.origin]);
    }
    screen.fill(Message::Who, &[&facts.applicant_name, &facts.applicant_tckn]);
    screen.fill(Message::What, &[&facts.application, &facts.product]);
    screen.fill(Message::Institution, &[&facts.institution]);
    screen.fill(Message::Where, &[&facts.service, &facts.origin]);
    warn(screen, &facts.warnings);
    screen.fill(Message::MatchCode, &[&facts.match_code]);
    screen.say(Message::MatchCodeHint);
}

/// What the service warns of.
pub(crate) fn warn(screen: &mut Screen<'_>, warnings: &[String]) {
    for warning in warnings {
        match warning.as_str() {
            "revokes_existing" => screen.say(Message::WarningRevokes),
            "production_date_may_differ" => screen.say(Message::WarningDate),
            other => screen.fill(Message::WarningOther, &[&other]),
        }
    }
}
