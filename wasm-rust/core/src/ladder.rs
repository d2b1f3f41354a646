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
use crate::prices::{ABOVE_ALL, BELOW_ALL, Prices};

/// An index of what there is two of, and the side of an order.
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
}

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

/// See the module.
pub(crate) struct Ladder {
    pub prices: Prices,
    levels: Vec<Level>,
    free: u32,
    best_bid: u32,
    best_ask: u32,
}

impl Ladder {
    pub fn new() -> Self {
        let mut levels = Vec::with_capacity(256);
        levels.push(Level::default());
        Self {
            prices: Prices::new(),
            levels,
            free: NONE,
            best_bid: BELOW_ALL,
            best_ask: ABOVE_ALL,
        }
    }

    /// The best price of a side; `BELOW_ALL` or `ABOVE_ALL` where it is empty.
    #[inline(always)]
    pub fn best(&self, side: Side) -> u32 {
        match side {
            Side::Buy => self.best_bid,
            Side::Sell => self.best_ask,
        }
    }

    /// Whether an order of that side and price would trade with the other side's best.
    #[inline(always)]
    pub fn crosses(&self, side: Side, price: u32) -> bool {
        match side {
            Side::Buy => price >= self.best_ask,
            Side::Sell => price <= self.best_bid,
        }
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

    /// Puts an order, which `orders` holds at `slot`, at the end of its level's queue.
    #[inline(always)]
    pub fn join(&mut self, orders: &mut Orders, side: Side, price: u32, slot: u32, order: &Order) {
        let level = &mut self.levels[order.level() as usize];
        let last = level.tail;
        level.tail = slot;
        level.head = if last == NONE { slot } else { level.head };
        level.total += u64::from(order.size);
        level.orders += 1;
        // The sentinel takes the write where the queue was empty.
        orders.at_mut(last).next = slot;
        orders.at_mut(slot).previous = last;
        match side {
            Side::Buy => self.best_bid = self.best_bid.max(price),
            Side::Sell => self.best_ask = self.best_ask.min(price),
        }
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
        if price == self.best_bid {
            self.best_bid = self.prices.next_below(price);
        } else if price == self.best_ask {
            self.best_ask = self.prices.next_above(price);
        }
    }
}
