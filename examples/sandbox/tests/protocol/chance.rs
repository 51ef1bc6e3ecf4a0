//! Chance that can be repeated: `KAMUSM_SEED=… KAMUSM_COUNT=… cargo test …` goes the same way again, or a longer one.

/// A small generator of its own, so that a printed seed means the same on every machine (xorshift64*).
pub(crate) struct Chance(u64);

impl Chance {
    /// Of the seed that the environment names, or of one that is printed.
    pub(crate) fn new() -> (Self, u64) {
        let mut octets = [0; 8];
        getrandom::fill(&mut octets).unwrap();
        let seed = given("KAMUSM_SEED").unwrap_or_else(|| u64::from_le_bytes(octets) >> 1).max(1);
        println!("KAMUSM_SEED={seed}");
        (Self::of(seed), seed)
    }

    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }
}

/// How many times: as many as a campaign asks for, else so many.
pub(crate) fn count(short: u64) -> u64 {
    given("KAMUSM_COUNT").unwrap_or(short)
}

/// What a campaign writes down; `cargo xtask campaign` reads this line.
pub(crate) fn tell(counts: &serde_json::Value) {
    println!("campaign={counts}");
}

fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}
