//! Chance that can be repeated.

/// A small generator of its own, so that a printed seed means the same on every machine (xorshift64*).
pub(super) struct Chance(u64);

impl Chance {
    /// Of the seed that the environment names, or of one that is printed.
    pub(super) fn new() -> (Self, u64) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let fresh = u64::from(now.subsec_nanos()) ^ (now.as_secs() << 20);
        let seed = given("KAMUSM_SEED").unwrap_or(fresh).max(1);
        println!("KAMUSM_SEED={seed}");
        (Self(seed), seed)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap() % end
    }

    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// How many times: as many as a campaign asks for, else so many.
pub(super) fn count(short: u64) -> u64 {
    given("KAMUSM_COUNT").unwrap_or(short)
}

fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}
