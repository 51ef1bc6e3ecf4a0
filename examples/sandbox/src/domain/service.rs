//! What every request of the service works with.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use serde::Deserialize;
use tokio::sync::watch;

use crate::clock::{Clock, UnixMs};
use crate::domain::fault::{Faults, Spoof};
use crate::domain::in_flight::InFlight;
use crate::domain::outage::Outages;
use crate::domain::pki::Pki;
use crate::domain::receipt::ReceiptKey;
use crate::domain::secret::{Keys, random_token};
use crate::store::Store;

/// When a redeemed code has to be confirmed on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedeemConfirmation {
    /// Never.
    Never,
    /// When the application is in another network than the page.
    #[default]
    OtherNetwork,
    /// Always.
    Always,
}

/// No request may take longer; the longest poll is 25 seconds.
const LONGEST_REQUEST: Duration = Duration::from_secs(60);

/// The service: its store, its time, its keys.
pub(crate) struct Service {
    pub(crate) base_url: String,
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) keys: Keys,
    pub(crate) receipts: ReceiptKey,
    pub(crate) pki: Pki,
    pub(crate) faults: Faults,
    pub(crate) outages: Outages,
    pub(crate) in_flight: InFlight,
    /// For `/admin/v1`; another one in each run.
    pub(crate) admin_token: String,
    confirmation: RwLock<RedeemConfirmation>,
    spoof: RwLock<Spoof>,
    longest_request: RwLock<Duration>,
    is_in_maintenance: AtomicBool,
    holds_decisions: AtomicBool,
    waiting: AtomicUsize,
    is_stopping: AtomicBool,
    changes: watch::Sender<u64>,
}

impl Service {
    pub(crate) fn new(
        base_url: String,
        store: Store,
        clock: Arc<dyn Clock>,
        keys: Keys,
        receipts: ReceiptKey,
        pki: Pki,
    ) -> Self {
        Self {
            base_url,
            store,
            clock,
            keys,
            receipts,
            pki,
            faults: Faults::default(),
            outages: Outages::default(),
            in_flight: InFlight::default(),
            admin_token: random_token(),
            confirmation: RwLock::default(),
            spoof: RwLock::default(),
            longest_request: RwLock::new(LONGEST_REQUEST),
            is_in_maintenance: AtomicBool::new(false),
            holds_decisions: AtomicBool::new(false),
            waiting: AtomicUsize::new(0),
            is_stopping: AtomicBool::new(false),
            changes: watch::Sender::new(0),
        }
    }

    pub(crate) fn now(&self) -> UnixMs {
        self.clock.now_ms()
    }

    pub(crate) fn confirmation(&self) -> RedeemConfirmation {
        *self.confirmation.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_confirmation(&self, policy: RedeemConfirmation) {
        *self.confirmation.write().unwrap_or_else(PoisonError::into_inner) = policy;
    }

    pub(crate) fn spoof(&self) -> Spoof {
        *self.spoof.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_spoof(&self, spoof: Spoof) {
        *self.spoof.write().unwrap_or_else(PoisonError::into_inner) = spoof;
    }

    /// How long a request may take.
    pub(crate) fn longest_request(&self) -> Duration {
        *self.longest_request.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_longest_request(&self, longest: Duration) {
        *self.longest_request.write().unwrap_or_else(PoisonError::into_inner) = longest;
    }

    /// Whether the protocol is closed for maintenance.
    pub(crate) fn is_in_maintenance(&self) -> bool {
        self.is_in_maintenance.load(Ordering::Acquire)
    }

    pub(crate) fn set_maintenance(&self, is_in_maintenance: bool) {
        self.is_in_maintenance.store(is_in_maintenance, Ordering::Release);
    }

    /// Whether nothing that is `received` is looked at.
    pub(crate) fn holds_decisions(&self) -> bool {
        self.holds_decisions.load(Ordering::Acquire)
    }

    pub(crate) fn hold_decisions(&self, hold: bool) {
        self.holds_decisions.store(hold, Ordering::Release);
    }

    /// Lets nobody wait any longer.
    pub(crate) fn stop_waiting(&self) {
        self.is_stopping.store(true, Ordering::Release);
        self.changed();
    }

    /// How many requests wait for a change.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }

    /// Wakes everybody who waits for a change.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// A watch of this length; it has to be made before the first reading, so that no change falls between.
    pub(crate) fn watch(&self, wait_s: u32) -> Watch<'_> {
        let until = self.now() + i64::from(wait_s) * 1000;
        Watch { service: self, changes: self.changes.subscribe(), until, mark: None }
    }
}

/// Waits for something to change: read it, ask whether the watch is over, read it again.
pub(crate) struct Watch<'a> {
    service: &'a Service,
    changes: watch::Receiver<u64>,
    until: UnixMs,
    mark: Option<String>,
}

impl Watch<'_> {
    /// Whether the thing differs from what it was at first, or the time is over; if neither, waits until it may.
    pub(crate) async fn is_over(&mut self, latest: &(impl Changing + Sync)) -> bool {
        let mark = latest.mark();
        let is_same = *self.mark.get_or_insert_with(|| mark.clone()) == mark;
        let is_stopping = self.service.is_stopping.load(Ordering::Acquire);
        if !is_same || is_stopping || self.service.now() >= self.until {
            return true;
        }
        let _waiting = Waiting::new(&self.service.waiting);
        let at = latest.next_change().map_or(self.until, |change| change.min(self.until));
        tokio::select! {
            _ = self.changes.changed() => {}
            () = self.service.clock.reached(at) => {}
        }
        false
    }
}

/// Counts who waits.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Something that can be waited for.
pub(crate) trait Changing {
    /// Differs when the thing changed.
    fn mark(&self) -> String;
    /// When it changes by itself.
    fn next_change(&self) -> Option<UnixMs>;
}

/// The network of an address: what an institution shares, not the single machine.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_network() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!(of("127.0.0.1"), "127.0.0.0/24");
        assert_eq!(of("::ffff:127.0.0.9"), of("127.0.0.1"));
        assert_ne!(of("127.0.1.1"), of("127.0.0.1"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:3::4"));
    }
}
