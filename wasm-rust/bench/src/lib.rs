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

use hotpath_core::codes::COMMAND_WORDS;

/// The first `commands` records of a profile's flow, as words; `None` where no profile has that name.
pub fn generate(profile: &str, seed: u32, commands: usize) -> Option<Vec<i32>> {
    let mut words = Vec::with_capacity(commands * COMMAND_WORDS);
    if profile == "full" {
        let mut flow = FullFlow::new(seed);
        (0..commands).for_each(|_| words.extend(flow.draw()));
    } else {
        let mut flow = CoreFlow::new(profiles::core_profile(profile)?, seed);
        (0..commands).for_each(|_| words.extend(flow.draw()));
    }
    Some(words)
}
