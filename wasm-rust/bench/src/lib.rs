//! The project's seeded flows, bit for bit as `engines/flow` makes them, and its hash of events.

pub mod clock;
mod core_flow;
mod full_flow;
mod hash;
pub mod measure;
mod model_book;
pub mod profiles;
mod random;

pub use core_flow::CoreFlow;
pub use full_flow::FullFlow;
pub use hash::EventHash;
pub use random::Random;

use profiles::CoreProfile;

/// The first `commands` records of a core profile's flow, as words.
pub fn generate_core(profile: CoreProfile, seed: u32, commands: usize) -> Vec<i32> {
    let mut flow = CoreFlow::new(profile, seed);
    (0..commands).flat_map(|_| flow.draw()).collect()
}

/// The first `commands` records of a profile's flow, as words; `None` where no profile has that name.
pub fn generate(profile: &str, seed: u32, commands: usize) -> Option<Vec<i32>> {
    if profile == "full" {
        let mut flow = FullFlow::new(seed);
        return Some((0..commands).flat_map(|_| flow.draw()).collect());
    }
    profiles::core_profile(profile).map(|profile| generate_core(profile, seed, commands))
}
