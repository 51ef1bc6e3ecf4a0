//! What of the services around this one is out of order: the SMS gateway, the civil register (NVI).

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Switches of the simulators; all is in order at first.
#[derive(Debug, Default)]
pub struct Outages {
    is_sms_gateway_down: AtomicBool,
    are_sms_lost: AtomicBool,
    sms_delay_s: AtomicU32,
    is_nvi_down: AtomicBool,
}

impl Outages {
    /// The gateway takes no SMS: `sms-gateway-down`.
    pub fn set_sms_gateway_down(&self, is_down: bool) {
        self.is_sms_gateway_down.store(is_down, Ordering::Release);
    }

    /// The gateway takes each SMS and none arrives.
    pub fn set_sms_lost(&self, are_lost: bool) {
        self.are_sms_lost.store(are_lost, Ordering::Release);
    }

    /// Each SMS arrives so many seconds later, by the service's clock.
    pub fn set_sms_delay(&self, seconds: u32) {
        self.sms_delay_s.store(seconds, Ordering::Release);
    }

    /// The civil register does not answer: `upstream-unavailable`.
    pub fn set_nvi_down(&self, is_down: bool) {
        self.is_nvi_down.store(is_down, Ordering::Release);
    }

    pub(crate) fn is_sms_gateway_down(&self) -> bool {
        self.is_sms_gateway_down.load(Ordering::Acquire)
    }

    pub(crate) fn are_sms_lost(&self) -> bool {
        self.are_sms_lost.load(Ordering::Acquire)
    }

    pub(crate) fn sms_delay_ms(&self) -> i64 {
        i64::from(self.sms_delay_s.load(Ordering::Acquire)) * 1000
    }

    pub(crate) fn is_nvi_down(&self) -> bool {
        self.is_nvi_down.load(Ordering::Acquire)
    }
}
