//! The measured pieces of work with fixed input: their counts of instructions and allocations are the same in each run.

mod counter;
mod recording;
mod work;

pub use counter::Counter;
pub use recording::{Given, Octets, Play, Recording, Reply, Turn};
pub use work::{Assembly, RevocationList, SignedFile};
