//! The core and the reference service over a seeded network, a virtual clock and a disk that fails: one seed, one history.

mod application;
pub mod clock;
pub mod disk;
pub mod history;
mod ledger;
pub mod material;
mod network;
mod plan;
mod server;
mod shm;
pub mod vfs;
pub mod world;
