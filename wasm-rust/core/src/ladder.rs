//! The ladder: a queue of orders for each price that has any, and the best price of each side.
//!
//! ```text
//!  Level, 24 bytes
//!  ┌──────┬──────┬──────────────┬────────┬───────┐
//!  │ head │ tail │    total     │ orders │ price │
//!  └──┬───┴───┬──┴──────────────┴────────┴───────┘
//!     ▼       └───────────────────▼
//!  ┌───────┐ next  ┌───────┐   ┌───────┐
//!  │ order │ ────▶ │ order │ … │ order │      in the slab of orders
//!  └───────┘ ◀──── └───────┘   └───────┘
//!           previous
//! ```
//!
//! Levels live in a slab of their own, packed, and an order names its level by slot: a cancel goes from the id to the order
//! to the level without looking at prices. Only an order that comes to rest, and a level that opens or closes, ask `Prices`.
//!
//! | operation | cost |
//! | --- | --- |
//! | rest an order | O(1) |
//! | take an order out, wherever it stands | O(1) |
//! | the best price, and the next best when a level closes | O(1), at most ten words read |

use crate::orders::{NONE, Order, Orders};
use crate::prices::{ABOVE_ALL, Prices};

/// The side of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Buy = 0,
    Sell = 1,
}

impl Side {
    #[inline(always)]
    pub fn other(self) -> Self {
        match self {
            Side::Buy => Side::Sell,
            Side::Sell => Side::Buy,
        }
    }

    /// A price as a rank: of two orders of that side, the one with the better price has the higher rank. A bid's rank is its
    /// price, an ask's is its price with all bits turned. No price has rank 0, on either side.
    ///
    /// Flow has no pattern in its sides, so that a branch on them is mispredicted half of the time. Ranks need none.
    #[inline(always)]
    pub fn rank(self, price: u32) -> u32 {
        price ^ ((self as u32).wrapping_neg() & ABOVE_ALL)
    }
}
// #region level-record
/// The queue at one price. A free level's `head` is the next free one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Level {
    pub head: u32,
    pub tail: u32,
    /// Open lots of all its orders.
    pub total: u64,
    pub orders: u32,
    pub price: u32,
}
// #endregion level-record
/// See the module.
pub(crate) struct Ladder {
    pub prices: Prices,
    levels: Vec<Level>,
    free: u32,
    /// By side, the rank of its best price, 0 where it is empty.
    best: [u32; 2],
}

impl Ladder {
    pub fn new() -> Self {
        let mut levels = Vec::with_capacity(256);
        levels.push(Level::default());
        Self {
            prices: Prices::new(),
            levels,
            free: NONE,
            best: [0; 2],
        }
    }

    /// The levels that have orders, in no order.
    pub fn live_levels(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().filter(|level| level.orders > 0)
    }

    /// Orders of all levels. O(levels).
    pub fn live_orders(&self) -> usize {
        self.levels.iter().map(|level| level.orders as usize).sum()
    }

    /// The best price of a side; `BELOW_ALL` or `ABOVE_ALL` where it is empty.
    #[inline(always)]
    pub fn best(&self, side: Side) -> u32 {
        side.rank(self.best[side as usize])
    }

    /// Whether an order of that side and price would trade with the other side's best.
    #[inline(always)]
    pub fn crosses(&self, side: Side, price: u32) -> bool {
        // The other side's best price, ranked as this side's.
        side.rank(price) >= self.best[side.other() as usize] ^ ABOVE_ALL
    }

    /// The next price of a side that is worse than `price`.
    #[inline(always)]
    pub fn next_worse(&self, side: Side, price: u32) -> u32 {
        match side {
            Side::Buy => self.prices.next_below(price),
            Side::Sell => self.prices.next_above(price),
        }
    }

    #[inline(always)]
    pub fn level(&self, slot: u32) -> &Level {
        &self.levels[slot as usize]
    }

    #[inline(always)]
    pub fn level_mut(&mut self, slot: u32) -> &mut Level {
        &mut self.levels[slot as usize]
    }

    /// The level at a price, opened where there is none.
    #[inline(always)]
    pub fn level_at(&mut self, price: u32) -> u32 {
        match self.prices.level(price) {
            NONE => self.open(price),
            slot => slot,
        }
    }
    // #region queue
    /// Makes an order the last of a level's queue, and gives the one that was, which the caller links to it.
    #[inline(always)]
    pub fn join(&mut self, level: u32, side: Side, price: u32, slot: u32, size: u32) -> u32 {
        let level = &mut self.levels[level as usize];
        let last = level.tail;
        level.tail = slot;
        level.head = if last == NONE { slot } else { level.head };
        level.total += u64::from(size);
        level.orders += 1;
        let best = &mut self.best[side as usize];
        *best = side.rank(price).max(*best);
        last
    }

    /// Takes an order out of its queue, and closes the level that becomes empty by it. Its slot stays the caller's.
    #[inline(always)]
    pub fn leave(&mut self, orders: &mut Orders, order: &Order) {
        let Order { previous, next, .. } = *order;
        // The sentinel takes the writes where there is no neighbour.
        orders.at_mut(previous).next = next;
        orders.at_mut(next).previous = previous;
        let slot = order.level();
        let level = &mut self.levels[slot as usize];
        level.head = if previous == NONE { next } else { level.head };
        level.tail = if next == NONE { previous } else { level.tail };
        level.total -= u64::from(order.size);
        level.orders -= 1;
        if level.orders == 0 {
            self.close(slot);
        }
    }
    // #endregion queue
    #[inline(never)]
    fn open(&mut self, price: u32) -> u32 {
        let level = Level {
            price,
            ..Level::default()
        };
        let slot = self.free;
        let slot = if slot != NONE {
            let place = &mut self.levels[slot as usize];
            self.free = place.head;
            *place = level;
            slot
        } else {
            self.levels.push(level);
            (self.levels.len() - 1) as u32
        };
        self.prices.insert(price, slot);
        slot
    }

    /// Takes an empty level away; the best price moves on where it was the best.
    #[inline(never)]
    pub fn close(&mut self, slot: u32) {
        let price = self.levels[slot as usize].price;
        self.prices.remove(price);
        self.levels[slot as usize].head = self.free;
        self.free = slot;
        if price == self.best(Side::Buy) {
            self.best[0] = Side::Buy.rank(self.prices.next_below(price));
        } else if price == self.best(Side::Sell) {
            self.best[1] = Side::Sell.rank(self.prices.next_above(price));
        }
    }
}
