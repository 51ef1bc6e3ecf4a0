//! The service's texts: paragraphs, points, and which bank takes the payment by which channel.

use kamusm::status::{Bank, Block};

use crate::{messages::Message, screen::Screen};

const CHANNELS: [Message; 5] = [
    Message::ChannelBranch,
    Message::ChannelInternet,
    Message::ChannelMobile,
    Message::ChannelAtm,
    Message::ChannelCallCentre,
];

pub(super) fn show(screen: &mut Screen<'_>, body: &[Block]) {
    for block in body {
        match block {
            Block::Paragraph { text } => screen.line(text),
            Block::Item { label, text } => screen.line(&format!("  {label} {text}")),
            Block::Channels { banks } => show_banks(screen, banks),
            // What a newer service shows is not guessed.
            _ => {}
        }
    }
}

fn show_banks(screen: &mut Screen<'_>, banks: &[Bank]) {
    let titles = CHANNELS.map(|channel| screen.words().say(channel));
    let rows: Vec<_> = banks.iter().map(|bank| (bank.name.as_str(), channels(bank))).collect();
    let bank = screen.words().say(Message::Bank);
    match table(bank, titles, &rows, screen.size().0 - 1) {
        Some(lines) => lines.iter().for_each(|line| screen.line(line)),
        // On a narrow screen: each bank with the channels that it has.
        None => rows.iter().for_each(|(name, has)| {
            let own = titles.iter().zip(has).filter(|(_, has)| **has).map(|(title, _)| *title);
            screen.line(&format!("  {name}: {}", own.collect::<Vec<_>>().join(", ")));
        }),
    }
}

fn channels(bank: &Bank) -> [bool; 5] {
    [bank.branch, bank.internet, bank.mobile, bank.atm, bank.call_centre]
}

/// Nothing if a line would be wider than `room`.
fn table(bank: &str, titles: [&str; 5], rows: &[(&str, [bool; 5])], room: usize) -> Option<Vec<String>> {
    let names = rows.iter().map(|(name, _)| *name).chain([bank]);
    let first = names.map(|name| name.chars().count()).max().unwrap_or_default();
    let width = first + titles.iter().map(|title| 2 + title.chars().count()).sum::<usize>();
    if width > room {
        return None;
    }
    let line = |name: &str, cells: [&str; 5]| {
        let mut line = format!("{name:first$}");
        for (title, cell) in titles.iter().zip(cells) {
            line.push_str(&format!("  {cell:^0$}", title.chars().count()));
        }
        line.trim_end().to_owned()
    };
    let head = line(bank, titles);
    let rows = rows.iter().map(|(name, has)| line(name, has.map(|has| if has { "✓" } else { "-" })));
    Some(std::iter::once(head).chain(rows).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_stand_below_their_titles_if_there_is_room() {
        let titles = ["Şube", "İnternet", "Mobil", "ATM", "Çağrı"];
        let rows = [("Halkbank", [true, true, false, false, true])];
        let lines = table("Banka", titles, &rows, 80).unwrap();
        let marks: Vec<usize> =
            lines[1].chars().enumerate().filter(|(_, c)| *c == '✓').map(|(place, _)| place).collect();
        let title = |place: usize| lines[0].chars().skip(place).take(1).collect::<String>();
        assert_eq!(marks.len(), 3);
        assert!(marks.iter().all(|place| title(*place) != " "), "{lines:?}");
        assert_eq!(table("Banka", titles, &rows, 20), None);
    }
}
