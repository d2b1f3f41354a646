//! One instrument's order book, executing fixed-width binary commands.
#![forbid(unsafe_code)]

mod audit;
mod book;
pub mod codes;
mod events;
mod ids;
mod ladder;
mod matching;
mod orders;
mod prices;

pub use book::{Book, CommandRecord};
pub use events::{EventRecord, Events};
