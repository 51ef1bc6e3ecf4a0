//! SMS and mails that were sent.

use std::fmt;

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// What was sent. `Debug` tells the kind and the time only.
#[derive(Clone)]
pub struct Message {
    /// By which way.
    pub kind: Channel,
    /// The number, `+905321234567`, or the address.
    pub to: String,
    /// All of it; a mail's first line is its subject.
    pub text: String,
    /// When it was sent.
    pub created_at: UnixMs,
}

impl Message {
    /// The six digits that an SMS brings, behind the application's number, which has digits too.
    pub fn code(&self) -> Option<&str> {
        let (_, behind) = self.text.split_once("kodunuz ").filter(|_| self.kind == Channel::Sms)?;
        behind.get(..6).filter(|code| code.bytes().all(|octet| octet.is_ascii_digit()))
    }
}

/// The way of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// To a mobile telephone.
    Sms,
    /// To a mailbox.
    Mail,
}

impl Channel {
    /// `sms` or `mail`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Mail => "mail",
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("kind", &self.kind)
            .field("created_at", &self.created_at)
            .finish_non_exhaustive()
    }
}

pub(crate) async fn insert(
    connection: &mut Connection,
    new: &Message,
    delivered_at: UnixMs,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO outbox (place, kind, recipient, text, created_at, delivered_at)
         SELECT COALESCE(MAX(place), 0) + 1, $1, $2, $3, $4, $5 FROM outbox",
    )
    .bind(new.kind.name())
    .bind(&new.to)
    .bind(&new.text)
    .bind(new.created_at)
    .bind(delivered_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// What has arrived by now, in the order in which it was sent.
pub(crate) async fn delivered(connection: &mut Connection, now: UnixMs) -> sqlx::Result<Vec<Message>> {
    let rows = sqlx::query(
        "SELECT kind, recipient, text, created_at FROM outbox WHERE delivered_at <= $1
         ORDER BY place",
    )
    .bind(now)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &super::Row) -> sqlx::Result<Message> {
    let kind: String = row.try_get("kind")?;
    Ok(Message {
        kind: if kind == Channel::Sms.name() { Channel::Sms } else { Channel::Mail },
        to: row.try_get("recipient")?,
        text: row.try_get("text")?,
        created_at: row.try_get("created_at")?,
    })
}
