//! The commitment that has to be read before an approval, and the proofs that it was.

use crate::domain::application::events;
use crate::domain::application::read::own;
use crate::domain::digest::{field, sha256};
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::random_id;
use crate::domain::service::Service;
use crate::store::Connection;
use crate::store::applicant::Applicant;
use crate::store::commitment_view::{self, View};

/// The whole taahhütname is not public: this text of our own stands for it and says so.
const CONTENT: &str = include_str!("commitment.txt");

/// A text to read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Commitment {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) version: &'static str,
    pub(crate) content: &'static str,
}

impl Commitment {
    /// SHA-256 of the octets.
    pub(crate) fn digest(&self) -> [u8; 32] {
        sha256(self.content.as_bytes())
    }
}

/// All that has to be read.
pub(crate) const ALL: [Commitment; 1] = [Commitment {
    id: "nes-sahibi-1",
    title: "Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi",
    version: "1",
    content: CONTENT,
}];

/// The commitment of this identifier.
pub(crate) fn get(id: &str) -> Result<&'static Commitment, Problem> {
    ALL.iter().find(|commitment| commitment.id == id).ok_or_else(|| Kind::NotFound.into())
}

/// Writes down that the person opened a commitment and read it to its end; the identifier proves it.
pub(crate) async fn view(
    service: &Service,
    person: &Applicant,
    no: &str,
    commitment_id: &str,
    digest: &str,
    read_to_end: bool,
) -> Result<View, Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    own(&mut transaction, person, no).await?;
    let commitment = get(commitment_id)?;
    if digest != field(&commitment.digest()) {
        return Err(Kind::CommitmentChanged.into());
    }
    if !read_to_end {
        return Err(Kind::NotRead.into());
    }
    let view = View {
        id: random_id(),
        application_no: no.to_owned(),
        commitment_id: commitment_id.to_owned(),
        digest: commitment.digest().to_vec(),
        viewed_at: now,
    };
    commitment_view::insert(&mut transaction, &view).await?;
    events::add(&mut transaction, no, events::COMMITMENT_READ, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(view)
}

/// The proofs of reading that the person's order has.
pub(crate) async fn views(service: &Service, person: &Applicant, no: &str) -> Result<Vec<String>, Problem> {
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await?;
    let views = commitment_view::of_application(&mut connection, no).await?;
    Ok(views.into_iter().map(|view| view.id).collect())
}

/// Whether everything that has to be read was read, as it is now.
pub(crate) async fn is_read(connection: &mut Connection, no: &str) -> Result<bool, Problem> {
    let views = commitment_view::of_application(connection, no).await?;
    Ok(cover(&views))
}

/// Refuses proofs that are not of this order, or do not cover everything that has to be read.
pub(crate) async fn require(
    connection: &mut Connection,
    no: &str,
    view_ids: &[String],
) -> Result<(), Problem> {
    let views = commitment_view::of_application(connection, no).await?;
    let is_known = |id: &String| views.iter().any(|view| view.id == *id);
    let named: Vec<_> = views.iter().filter(|view| view_ids.contains(&view.id)).cloned().collect();
    if view_ids.iter().all(is_known) && cover(&named) { Ok(()) } else { Err(Kind::NotRead.into()) }
}

fn cover(views: &[View]) -> bool {
    ALL.iter().all(|commitment| {
        let digest = commitment.digest();
        views.iter().any(|view| view.commitment_id == commitment.id && view.digest == digest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text;

    #[test]
    fn the_text_says_that_it_is_a_stand_in_and_can_be_shown() {
        assert!(CONTENT.contains("deneme hizmetinin kendi metnidir"));
        text::check(CONTENT).unwrap();
    }

    #[test]
    fn a_text_that_changed_has_to_be_read_again() {
        let [commitment] = ALL;
        let view = View {
            id: "v".to_owned(),
            application_no: "SD-1".to_owned(),
            commitment_id: commitment.id.to_owned(),
            digest: commitment.digest().to_vec(),
            viewed_at: 0,
        };
        assert!(cover(std::slice::from_ref(&view)));
        assert!(!cover(&[View { digest: sha256(b"an older text").to_vec(), ..view }]));
        assert!(!cover(&[]));
    }
}
