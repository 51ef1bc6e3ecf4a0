//! "Sertifika Seçimi": usable certificates with numbers, the others with their reasons.

use kamusm::error::{Code, Error};

use crate::{
    card_rack::{CardRack, Listing},
    certificate_choice::Candidate,
    front::{Choosing, Reply},
    key::Key,
    line_entry::{Echo, Question},
    messages::Message,
    moment,
    screen::{Limit, Screen},
};

/// Chooses; waits for a card as long as none can sign.
pub(super) fn choose(
    screen: &mut Screen<'_>,
    rack: &mut CardRack,
    choosing: Choosing<'_>,
) -> Reply<Candidate> {
    screen.heading(Message::CertificateHeading);
    loop {
        let listing = rack.list();
        let mark = mark(&listing);
        let candidates = listing
            .identities
            .into_iter()
            .map(|identity| Candidate::new(identity, choosing.refusals, choosing.at_unix_s));
        let (usable, unusable): (Vec<_>, Vec<_>) =
            candidates.partition(|candidate| candidate.is_usable(choosing.wanted));
        list(screen, &usable, &unusable);
        if usable.len() > 1 {
            return pick(screen, usable, choosing);
        }
        if let Some(only) = usable.into_iter().next() {
            screen.say(Message::OnlyOne);
            return Ok(only);
        }
        let language = screen.words().language();
        listing.troubles.iter().for_each(|error| screen.line(error.sentence(language)));
        if !rack.can_change() {
            let reason = unusable.into_iter().find_map(|candidate| candidate.verdict.err());
            let reason = reason.or_else(|| listing.troubles.into_iter().next());
            let nothing = || Error::new(Code::NoSigningCertificate, "no certificate can sign");
            return Err(reason.unwrap_or_else(nothing).into());
        }
        wait_for_change(screen, rack, &mark, choosing)?;
    }
}

fn list(screen: &mut Screen<'_>, usable: &[Candidate], unusable: &[Candidate]) {
    for (place, candidate) in usable.iter().enumerate() {
        put(screen, &format!("{}) ", place + 1), candidate);
    }
    if unusable.is_empty() {
        return;
    }
    screen.say(Message::Unusable);
    let language = screen.words().language();
    for candidate in unusable {
        put(screen, "- ", candidate);
        match &candidate.verdict {
            Err(error) => screen.line(&format!("   {}", error.sentence(language))),
            Ok(()) => screen.line(&format!("   {}", screen.words().say(Message::NotWanted))),
        }
    }
}

fn put(screen: &mut Screen<'_>, mark: &str, candidate: &Candidate) {
    let words = screen.words();
    let owner = words.fill(Message::CertificateOwner, &[&candidate.name(), &candidate.number()]);
    screen.line(&format!("{mark}{owner}"));
    let certificate = &candidate.identity.certificate;
    let (from, to) = (moment::date(certificate.not_before()), moment::date(certificate.not_after()));
    let details = words.fill(Message::CertificateDetails, &[&from, &to, &candidate.place()]);
    screen.line(&format!("   {details}"));
}

fn pick(screen: &mut Screen<'_>, mut usable: Vec<Candidate>, choosing: Choosing<'_>) -> Reply<Candidate> {
    let prompt = screen.words().fill(Message::CertificatePrompt, &[&usable.len()]);
    let countdown = Some(choosing.countdown);
    loop {
        let typed =
            screen.ask(Question { prompt: &prompt, echo: Echo::Shown, countdown, ends_in_time: true })?;
        let number = std::str::from_utf8(typed.octets()).unwrap_or_default().trim().parse::<usize>();
        match number {
            Ok(number) if (1..=usable.len()).contains(&number) => return Ok(usable.swap_remove(number - 1)),
            _ => screen.say(Message::NotInList),
        }
    }
}

/// Looks each second whether another card, or none, is in the reader.
fn wait_for_change(
    screen: &mut Screen<'_>,
    rack: &mut CardRack,
    before: &[String],
    choosing: Choosing<'_>,
) -> Reply<()> {
    let prompt = screen.words().say(Message::InsertCard);
    loop {
        let key = screen.key(prompt, choosing.countdown, Limit::Tick)?;
        if matches!(key, Key::Other | Key::Enter) && mark(&rack.list()) != before {
            return Ok(());
        }
    }
}

/// What tells one listing from another.
fn mark(listing: &Listing) -> Vec<String> {
    let certificates = listing.identities.iter().map(|identity| format!("{:?}", identity.id));
    certificates.chain(listing.troubles.iter().map(|error| error.code().name().to_owned())).collect()
}
