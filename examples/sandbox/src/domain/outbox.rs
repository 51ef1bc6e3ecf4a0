//! SMS and mail. Nothing leaves the machine: what would be sent is kept for who asks the admin door.
//!
//! Both are written with the caller's transaction, so that a message goes out exactly if what it tells was done.

use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::Connection;
use crate::store::outbox::{self, Channel, Message};

/// Sends an SMS; refused while the gateway is down.
pub(crate) async fn sms(
    service: &Service,
    connection: &mut Connection,
    gsm: &str,
    text: &str,
) -> Result<(), Problem> {
    if service.outages.is_sms_gateway_down() {
        return Err(Kind::SmsGatewayDown.into());
    }
    if service.outages.are_sms_lost() {
        return Ok(());
    }
    keep(service, connection, Channel::Sms, gsm, text, service.outages.sms_delay_ms()).await
}

/// Sends a mail.
pub(crate) async fn mail(
    service: &Service,
    connection: &mut Connection,
    address: &str,
    text: &str,
) -> Result<(), Problem> {
    keep(service, connection, Channel::Mail, address, text, 0).await
}

async fn keep(
    service: &Service,
    connection: &mut Connection,
    kind: Channel,
    to: &str,
    text: &str,
    delay_ms: i64,
) -> Result<(), Problem> {
    let now = service.now();
    let message = Message { kind, to: to.to_owned(), text: text.to_owned(), created_at: now };
    Ok(outbox::insert(connection, &message, now + delay_ms).await?)
}
