//! One instrument's order book: price-time priority, in a few tens of nanoseconds an order.
//!
//! The book executes commands and appends events, both as records of 32-bit words (`engines/contract/binary.ts` lays them
//! out, [`codes`] has the numbers). It has no clock, no randomness, no threads and no I/O: the same commands give the same
//! events. It has no dependency, and no `unsafe`.
//!
//! ```
//! use hotpath_core::codes::{SIDE_SHIFT, kind, op, side};
//! use hotpath_core::{Book, Events};
//!
//! let (mut book, mut events) = (Book::new(), Events::default());
//! let buy = (op::ADD | side::BUY << SIDE_SHIFT) as i32;
//! let sell = (op::ADD | side::SELL << SIDE_SHIFT) as i32;
//!
//! // Order 1 sells 10 lots at 101 ticks and rests; order 2 buys 4 of them.
//! book.execute(&[sell, 1, 101, 10, 0, 0, /* next record */ buy, 2, 102, 4, 0, 0], &mut events);
//!
//! let [_, accepted, executed] = events.records() else { panic!("three events") };
//! assert_eq!(accepted[0], kind::ACCEPTED as i32);
//! // Taker 2 met maker 1, at the maker's price.
//! assert_eq!(executed, &[kind::EXECUTED as i32, 2, 1, 101, 4]);
//! ```
//!
//! # How it is built
//!
//! Read the modules in this order; each begins with a picture of its memory.
//!
//! ```text
//!                 id                                     price
//!                  │                                       │
//!         ┌────────▼────────┐                     ┌────────▼────────┐
//!         │ ids             │                     │ prices          │
//!         │ window, hashed  │                     │ pages of bits   │
//!         └────────┬────────┘                     │ and of slots    │
//!                  │ slot                         └────────┬────────┘
//!         ┌────────▼────────┐   its level's slot  ┌────────▼────────┐
//!         │ orders          ├────────────────────▶│ ladder          │
//!         │ one record each │                     │ one level each, │
//!         │                 │◀────────────────────┤ best of a side  │
//!         └─────────────────┘  head, tail of its  └─────────────────┘
//!                              queue
//! ```
//!
//! 1. `orders`: a slab of records. An order is a slot, its queue is threaded through the records.
//! 2. `ladder`: a level is the queue at one price; the best price of each side is at hand.
//! 3. `prices`: which prices have a level, so that the next best is found in a few steps.
//! 4. `ids`: from the caller's id to the slot, with `hashed` for the few that do not fit.
//! 5. [`Events`]: where the answers go.
//! 6. [`Book`], `taker` and `matching`: the contract, on top of these.
//! 7. `risk`: what owners are held to, compiled in twice so that it costs nothing until it is used.
//! 8. `ahead`: what a book does for a batch when it is larger than the caches.
//!
//! # What an operation costs
//!
//! | operation | steps | memory touched |
//! | --- | --- | --- |
//! | add, rests | O(1) | a place of the index, the order, the one before it, its level, two words of a page |
//! | add, trades | O(makers met) | for each maker its order and its place of the index; its level once |
//! | cancel | O(1) | a place of the index, the order, its two neighbours, its level |
//! | replace, keeps its place | O(1) | a place of the index, the order, its level |
//! | replace, moves | as a cancel, then an add | |
//! | book | O(levels given) | a level each |
//! | fill-or-kill | O(levels), with self-trade prevention O(orders) up to its size | a level each, or an order each |
//! | kill, and an owner's first limits | O(live orders) | all of them |
//!
//! A level that opens or closes adds the few words of its page. Nothing is searched, shifted or sorted but for a kill.
//!
//! # What it costs in memory
//!
//! | | bytes |
//! | --- | --- |
//! | an empty book | 0.7 MiB, of which the page directory 0.25 and the index 0.3 |
//! | a live order | 32, and 20 to 40 for its place in the index |
//! | a level | 24 |
//! | 256 neighbouring prices of which any is used | 1,056 |
//! | an owner that was named | 64, and 12 to 24 in a hash table |
//!
//! Vectors double as they grow and never shrink: a book keeps the memory of its largest day, and once it has been there,
//! no command allocates. A page of prices or a slot that is free is used for the next one that is needed.
//!
//! # What makes it fast
//!
//! Measured as the book was built, by `cargo run --release -p bench` on `std`, on a shared core of an AMD EPYC, in ns an operation:
//!
//! - **Records stay in registers: 19.0 to 16.5.** A record that is handed to a function which isn't inlined is first written to the
//!   stack in small pieces and then read back in large ones. Processors can't forward that, and wait. Nothing on the fast path hands
//!   over a record: the rare branch (the buffer is full) is called without it.
//! - **One indirection less, and no branch on what has no pattern: 16.5 to 15.1.** The index has no ids in it, because the order has,
//!   and it is read anyway. Buy or sell is a coin toss, and a mispredicted branch costs as much as a third of an order: prices are
//!   compared as ranks (`ladder`), and links are written without asking whether there is a neighbour (`orders`).
//! - **The rare is elsewhere: 15.1 to 14.2.** Whatever isn't an add or a cancel is behind one branch in a function of its own, where a
//!   jump table for all commands had been an indirect jump for each.
//! - **Looking ahead: nothing here, a third with a million orders.** `ahead` says why.
//!
//! Bounds checks stay. When all those of the fast path were taken out, `std` ran 6% and `deep` 8% faster: less than the 10%
//! that would make `unsafe` an argument here. SIMD brought nothing: there is no loop over many equal things.
#![forbid(unsafe_code)]

mod ahead;
mod audit;
mod book;
pub mod codes;
mod events;
mod hashed;
mod ids;
mod ladder;
mod matching;
mod orders;
mod prices;
mod risk;
mod taker;

pub use book::{Book, CommandRecord};
pub use events::{EventRecord, Events};
