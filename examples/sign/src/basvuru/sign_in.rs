//! Who asks: a token of another program, or the person with the card.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use kamusm::{
    application::PersonToken, config::Config, http::HttpClient, session::Session, sign_in::SignedIn,
};
use zeroize::Zeroizing;

use crate::{
    conversation::Conversation,
    ending::Ending,
    interruption::Interruption,
    messages::{Message, Words},
    program::{Prepared, Unfit},
    run::Run,
};

/// More than the longest token.
const MOST_OCTETS: usize = 8 * 1024;

/// The token in a file, `-` for standard input; spaces around it do not count.
pub(super) fn token(path: &Path, words: Words) -> Result<PersonToken, Unfit> {
    let unreadable =
        |why: &dyn std::fmt::Display| Unfit(words.fill(Message::CannotRead, &[&path.display(), why]));
    let place = if path == Path::new("-") { Path::new("/dev/fd/0") } else { path };
    let octets = read(place).map_err(|error| unreadable(&error))?;
    let text = std::str::from_utf8(&octets).map_err(|_| unreadable(&"UTF-8?"))?;
    PersonToken::parse(text.trim()).map_err(|error| unreadable(&error.reason()))
}

/// Made large enough at once: a growing one would leave the token behind in memory.
fn read(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut octets = Zeroizing::new(vec![0; MOST_OCTETS]);
    let mut file = File::open(path)?;
    let mut length = 0;
    while length < MOST_OCTETS {
        match file.read(&mut octets[length..])? {
            0 => break,
            count => length += count,
        }
    }
    octets.truncate(length);
    Ok(octets)
}

/// Signs the text to sign in with, as every other text is signed here.
pub(super) fn by_eimza(
    config: &Config,
    prepared: Prepared,
    wanted: Option<String>,
    interruption: &Interruption,
    conversation: &mut Conversation<'_>,
) -> Result<SignedIn, Ending> {
    let Prepared { rack, pins, entropy, .. } = prepared;
    let client = HttpClient::new(config).map_err(|error| Ending { outcome: Err(error), saved: None })?;
    let mut session = Session::sign_in(config, entropy);
    let mut run = Run::new(conversation, rack, pins, interruption, wanted);
    let mut outcome = run.complete(&mut session, &client);
    let signed_in = outcome.as_mut().ok().and_then(|outcome| outcome.signed_in.take());
    signed_in.ok_or(Ending { outcome, saved: None })
}
