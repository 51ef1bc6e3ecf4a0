//! Pauses between requests: full jitter, 250 ms · 2ⁿ up to 8 s, 60 s in all (protocol, section 7).

use kamusm_cades::algorithm::DigestAlgorithm;

use super::step::WaitReason;
use crate::time::MonotonicMs;

const FIRST_MS: u64 = 250;
const CAP_MS: u64 = 8_000;
/// No request is retried for longer than this.
pub(super) const PATIENCE_MS: u64 = 60_000;

/// The failures of one request, and the pause that the last one asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Retries {
    failures: u32,
    since: Option<MonotonicMs>,
}

/// A pause that is being waited out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pause {
    pub(super) until: MonotonicMs,
    pub(super) reason: WaitReason,
}

impl Retries {
    /// The pause after one more failure, or `None` when patience or the given deadline would be over.
    pub(super) fn next(
        &mut self,
        now: MonotonicMs,
        retry_after_s: Option<u32>,
        deadline: Option<MonotonicMs>,
        entropy: &[u8; 32],
        salt: u64,
    ) -> Option<Pause> {
        let since = *self.since.get_or_insert(now);
        let ceiling = FIRST_MS.saturating_mul(1 << self.failures.min(10)).min(CAP_MS);
        self.failures += 1;
        let asked = retry_after_s.map_or(0, |seconds| u64::from(seconds) * 1000);
        let pause = jitter(ceiling, entropy, salt).max(asked);
        let end = since + PATIENCE_MS;
        let end = deadline.map_or(end, |deadline| end.min(deadline));
        let until = now.saturating_add(pause);
        (until <= end).then_some(Pause { until, reason: WaitReason::Retry })
    }
}

/// Between 0 and the ceiling, spread by the entropy.
fn jitter(ceiling: u64, entropy: &[u8; 32], salt: u64) -> u64 {
    let mut hasher = DigestAlgorithm::Sha256.hasher();
    hasher.update(b"kamusm-jitter");
    hasher.update(entropy);
    hasher.update(&salt.to_be_bytes());
    let digest = hasher.finish();
    let mut octets = [0; 8];
    octets.copy_from_slice(&digest.as_ref()[..8]);
    u64::from_be_bytes(octets) % (ceiling + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_eight_seconds_and_end_after_sixty() {
        let (mut retries, mut now, mut longest, mut count) = (Retries::default(), 1_000, 0, 0);
        while let Some(pause) = retries.next(now, None, None, &[7; 32], count) {
            longest = longest.max(pause.until - now);
            now = pause.until;
            count += 1;
        }
        assert!(now <= 1_000 + PATIENCE_MS && now > 1_000 + PATIENCE_MS - CAP_MS, "{now}");
        assert!(longest <= CAP_MS && longest > 1_000);
        assert!((5..100).contains(&count), "{count}");
    }

    #[test]
    fn the_service_s_own_wish_and_the_deadline_are_kept() {
        let pause = Retries::default().next(0, Some(20), None, &[7; 32], 1).unwrap();
        assert_eq!(pause.until, 20_000);
        assert!(Retries::default().next(0, Some(20), Some(10_000), &[7; 32], 1).is_none());
    }
}
