//! Looking ahead: in a large book, reading what the next commands will need before any of them needs it.
//!
//! A book of a million orders is far larger than a core's caches, and orders are cancelled in no order. A cancel then waits for memory
//! three times in a row, since each place is only known from the one before:
//!
//! ```text
//!  one after another    id ─▶ place ─────▶ order ─────▶ neighbours   id ─▶ place ─────▶ order ─────▶ neighbours
//!                             ~~~~~~       ~~~~~~       ~~~~~~             ~~~~~~       ~~~~~~       ~~~~~~
//!
//!  32 at a time         places of all      orders of all      neighbours of all      then the commands, from the cache
//!                       ~~~~~~             ~~~~~~             ~~~~~~
//! ```
//!
//! A processor has a dozen or more reads under way at once, if none of them depends on another. So the waits of 32 commands
//! overlap, and there are three of them, not 96. Nothing is changed, and what is read may be out of date when its command runs:
//! that costs time, and is never wrong. A batch is needed for it; a call for each order knows no next one.

use std::hint::black_box;

use crate::book::{Book, CommandRecord};
use crate::codes::op;
use crate::ladder::Side;
use crate::orders::NONE;
use crate::taker::is_price;

/// Commands that are looked at together.
pub(crate) const GROUP: usize = 32;
/// Fewer than that gain nothing.
pub(crate) const LEAST: usize = 4;
/// From so many slots on, 8 MiB of orders, it pays. In smaller books a processor overlaps the waits well enough by itself.
const LARGE: usize = 1 << 18;
/// Makers of each side's best level that are looked at: about as many as a group fills.
const MAKERS: usize = 5;

impl Book {
    #[inline(always)]
    pub(crate) fn is_large(&self) -> bool {
        self.orders.slots() >= LARGE
    }

    /// Reads what a group of commands, at most `GROUP`, will need. No effect but on the caches.
    #[inline(never)]
    pub(crate) fn look_ahead(&self, group: &[CommandRecord]) {
        let mut seen = 0;
        for &[_, id, ..] in group {
            seen ^= self.ids.glance(id as u32);
        }
        seen ^= self.glance_at_makers();
        let mut slots = [NONE; GROUP];
        for (slot, &[codes, id, price, ..]) in slots.iter_mut().zip(group) {
            // Of an add the last order of its level, which it will be linked to; of others the order itself.
            *slot = if codes as u32 & 0xff != op::ADD {
                self.ids.glance(id as u32)
            } else if is_price(price) {
                self.ladder.level(self.ladder.prices.level(price as u32)).tail
            } else {
                NONE
            };
            seen ^= self.orders.at(*slot).id;
        }
        for slot in slots {
            let order = self.orders.at(slot);
            seen ^= self.orders.at(order.previous).id ^ self.orders.at(order.next).id;
        }
        // Without this the compiler would see that nothing comes of the reading, and leave it out.
        black_box(seen);
    }

    /// The places in the index of those that a taker would meet first, whose orders it reads on the way.
    fn glance_at_makers(&self) -> u32 {
        let mut seen = 0;
        for side in [Side::Buy, Side::Sell] {
            let level = self.ladder.prices.level(self.ladder.best(side));
            let mut slot = self.ladder.level(level).head;
            for _ in 0..MAKERS {
                let order = self.orders.at(slot);
                seen ^= self.ids.glance(order.id);
                slot = order.next;
            }
        }
        seen
    }
}
