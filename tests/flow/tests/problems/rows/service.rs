//! A service that is closed, slow, broken or alone.

use std::time::Duration;

use kamusm_sandbox::{Fault, Ocsp};

use super::{
    super::setting::Setting,
    Cause::{Injected, Real},
    Line, REDEEM,
};

pub(super) const ROWS: &[Line] = &[
    ("upstream-unavailable", 503, Real("the responder for certificates does not answer"), |callers| {
        let setting = Setting::new(callers, 1);
        setting.admin().set_ocsp(Ocsp::Down);
        setting.finish()
    }),
    ("maintenance", 503, Real("the service is under maintenance and stays so"), |callers| {
        let setting = Setting::new(callers, 1);
        setting.admin().set_maintenance(true);
        setting.finish()
    }),
    (
        "service-unavailable",
        503,
        Injected(
            "the service gives up a request after its time, but none takes so long by itself: a delay is put in",
        ),
        |callers| {
            let setting = Setting::new(callers, 1);
            setting.admin().set_longest_request(Duration::from_millis(20));
            setting.inject("POST", REDEEM, Fault::Latency { seconds: 1_000_000 });
            setting.finish()
        },
    ),
    (
        "internal",
        500,
        Injected(
            "the answer to a defect, and the service has none that is known: a panic is put into the handler",
        ),
        |callers| {
            let setting = Setting::new(callers, 1);
            setting.inject("POST", REDEEM, Fault::Panic);
            setting.finish()
        },
    ),
];
