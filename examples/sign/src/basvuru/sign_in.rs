//! Who asks: a token of another program, or the person with the card.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use kamusm::{
    application::PersonToken,
    config::Config,
    drive::Transport,
    error::Error,
    http::HttpClient,
    session::Session,
    sign_in::{EDevlet, SignedIn},
};
use zeroize::Zeroizing;

use crate::{
    conversation::Conversation,
    ending::Ending,
    front::{Front, Reply},
    interruption::Interruption,
    journal::Journal,
    line_entry::{Echo, Question},
    messages::{Message, Words},
    program::{Prepared, Unfit},
    run::Run,
    screen::Screen,
};

/// More than the longest token.
const MOST_OCTETS: usize = 8 * 1024;
/// What programs that use the core are called at e-Devlet, and where its page sends them back to.
const CLIENT: &str = "kamusm-sdk";
const RETURN: &str = "http://127.0.0.1:53113/giris";

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

/// Signs the text to sign in with, as every other text is signed here; the exit code if that failed.
pub(super) fn by_eimza(
    config: &Config,
    prepared: Prepared,
    wanted: Option<String>,
    interruption: &Interruption,
    conversation: &mut Conversation<'_>,
) -> Result<SignedIn, u8> {
    let Prepared { rack, pins, entropy, .. } = prepared;
    let mut session = Session::sign_in(config, entropy);
    let mut outcome = HttpClient::new(config).and_then(|client| {
        // Whoever is interrupted signs in anew: there is no journal.
        let journal = Journal::none();
        Run::new(&mut *conversation, rack, pins, interruption, &journal, wanted)
            .complete(&mut session, &client)
    });
    if let Some(signed_in) = outcome.as_mut().ok().and_then(|outcome| outcome.signed_in.take()) {
        return Ok(signed_in);
    }
    let ending = Ending { outcome, saved: None };
    conversation.end(&ending);
    Err(ending.exit_code().max(Ending::FAILED))
}

/// Gives the address of e-Devlet and takes the one that the browser came back to. Nothing listens there: the person
/// copies it, and the code in it is of no use without this program's secret (RFC 7636).
pub(super) fn by_edevlet(
    config: &Config,
    entropy: [u8; 32],
    interruption: &Interruption,
    screen: &mut Screen<'_>,
) -> Reply<SignedIn> {
    let edevlet = EDevlet::new(config, CLIENT, RETURN, entropy)?;
    screen.heading(Message::EDevletHeading);
    screen.say(Message::EDevletHint);
    screen.unbroken(edevlet.address());
    let prompt = screen.words().say(Message::EDevletPrompt);
    let typed = screen.ask(Question { prompt, echo: Echo::Hidden, countdown: None, ends_in_time: false })?;
    let call = edevlet.returned(std::str::from_utf8(typed.octets()).unwrap_or_default().trim())?;
    let answer = HttpClient::new(config)?.perform(call.request(), interruption.cancel());
    Ok(call.decode(&answer.map_err(Error::from)?)?)
}
