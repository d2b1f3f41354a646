//! The book: executes commands, one after another, as the engine contract states them.

use crate::ahead;
use crate::codes::{COMMAND_WORDS, cancel_reason, op, reject_reason, side};
use crate::events::Events;
use crate::ids::IdIndex;
use crate::ladder::{Ladder, Side};
use crate::orders::{NONE, Order, Orders, traits};
use crate::prices::{ABOVE_ALL, BELOW_ALL};
use crate::risk::{Checked, Risk};
use crate::taker::{Taker, is_price};

/// One command record: codes, id, price, size, owner, and a last word that only `limits` has a use for.
pub type CommandRecord = [i32; COMMAND_WORDS];

/// The op, and the four bits above an add's fields.
const OP_BITS: u32 = 0xf000_00ff;

/// One instrument's order book. Price-time priority, deterministic, no clock and no randomness.
pub struct Book {
    pub(crate) orders: Orders,
    pub(crate) ladder: Ladder,
    pub(crate) ids: IdIndex,
    pub(crate) risk: Risk,
    /// How many orders have come to rest.
    rested: u64,
}

impl Default for Book {
    fn default() -> Self {
        Self::new()
    }
}

impl Book {
    /// An empty book: about 0.7 MiB.
    pub fn new() -> Self {
        Self {
            orders: Orders::new(),
            ladder: Ladder::new(),
            ids: IdIndex::new(),
            risk: Risk::new(),
            rested: 0,
        }
    }

    /// How many orders rest in the book. O(levels).
    pub fn live_orders(&self) -> usize {
        self.ladder.live_orders()
    }

    /// Executes command records in order, and appends their events. Words left over at the end, too few for a record, are
    /// one command of unknown op. Whatever the words hold, it neither panics nor loops; what is not valid is `rejected`.
    pub fn execute(&mut self, commands: &[i32], events: &mut Events) {
        let (mut records, left_over) = commands.as_chunks::<COMMAND_WORDS>();
        while !records.is_empty() {
            let mut group = records;
            if self.is_large() && records.len() >= ahead::LEAST {
                group = &records[..records.len().min(ahead::GROUP)];
                self.look_ahead(group);
            }
            let executed = if self.risk.is_on() {
                self.run::<true>(group, events)
            } else {
                self.run::<false>(group, events)
            };
            records = &records[executed..];
        }
        if !left_over.is_empty() {
            events.rejected(0, 0, reject_reason::UNKNOWN_OP);
        }
    }

    /// Executes records to the end, or, where it is compiled without risk checks, until there is an account. Gives how many.
    fn run<const RISK: bool>(&mut self, records: &[CommandRecord], events: &mut Events) -> usize {
        for (place, record) in records.iter().enumerate() {
            let [codes, id, price, size, owner, _] = *record;
            // Nearly all commands are one of two. One jump table for all would be an indirect jump for each.
            match codes as u32 & OP_BITS {
                op::ADD => self.add_with::<RISK>(codes, id, price, size, owner, events),
                op::CANCEL => self.cancel_with::<RISK>(id, events),
                _ => {
                    self.other_command(record, events);
                    if !RISK && self.risk.is_on() {
                        return place + 1;
                    }
                }
            }
        }
        records.len()
    }

    #[inline(never)]
    fn other_command(&mut self, record: &CommandRecord, events: &mut Events) {
        let [codes, id, price, size, owner, last] = *record;
        match codes as u32 & OP_BITS {
            op::REPLACE => self.replace(id, price, size, events),
            op::BOOK => self.book(size, events),
            op::LIMITS => self.limits(owner, id, size, last, price, events),
            op::KILL => self.kill(owner, events),
            op::LIFT => self.lift(owner, events),
            _ => events.rejected(0, 0, reject_reason::UNKNOWN_OP),
        }
    }

    /// Adds an order. `codes` is word 0 of the command: side, type, time in force, post-only, self-trade prevention. The
    /// price is 0 where it was left out. O(1), and O(1) for each maker that it meets.
    #[inline]
    pub fn add(&mut self, codes: i32, id: i32, price: i32, size: i32, owner: i32, events: &mut Events) {
        if self.risk.is_on() {
            self.add_with::<true>(codes, id, price, size, owner, events);
        } else {
            self.add_with::<false>(codes, id, price, size, owner, events);
        }
    }

    /// Cancels a live order. O(1).
    #[inline]
    pub fn cancel(&mut self, id: i32, events: &mut Events) {
        self.cancel_with::<true>(id, events);
    }
    // #region cancel
    #[inline(always)]
    fn cancel_with<const RISK: bool>(&mut self, id: i32, events: &mut Events) {
        if id <= 0 {
            return events.rejected(op::CANCEL, 0, reject_reason::INVALID_ID);
        }
        let slot = self.ids.take(&self.orders, id as u32);
        if slot == NONE {
            return events.rejected(op::CANCEL, id as u32, reject_reason::UNKNOWN_ORDER);
        }
        let order = *self.orders.at(slot);
        events.canceled(order.id, order.size, cancel_reason::USER);
        self.take_out::<RISK>(slot, &order);
    }
    // #endregion cancel
    /// Gives a live order a new price and open size. O(1), and O(1) for each maker that it meets.
    pub fn replace(&mut self, id: i32, price: i32, size: i32, events: &mut Events) {
        let known_id = if id > 0 { id as u32 } else { 0 };
        let mut reject = |reason: u32| events.rejected(op::REPLACE, known_id, reason);
        if id <= 0 {
            return reject(reject_reason::INVALID_ID);
        } else if size <= 0 {
            return reject(reject_reason::INVALID_SIZE);
        } else if !is_price(price) {
            return reject(reject_reason::INVALID_PRICE);
        }
        let slot = self.ids.find(&self.orders, known_id);
        if slot == NONE {
            return reject(reject_reason::UNKNOWN_ORDER);
        }
        let order = *self.orders.at(slot);
        let taker = Taker::replacing(&order, price as u32, size as u32);
        if self.ladder.level(order.level()).price == taker.price && taker.size <= order.size {
            return self.shrink(slot, taker.size, events);
        }
        if self.risk.is_on() {
            let reason = self
                .risk
                .check_replace(order.owner, &Checked::replacing(&order, &taker));
            if reason != 0 {
                return reject(reason);
            }
        }
        if taker.post_only && self.ladder.crosses(taker.side, taker.price) {
            return reject(reject_reason::WOULD_CROSS);
        }
        self.ids.take(&self.orders, known_id);
        self.take_out::<true>(slot, &order);
        events.replaced(known_id, taker.price, taker.size);
        self.trade_and_rest(&taker, events);
    }

    /// Gives a resting order a size that is no larger. It keeps its place.
    fn shrink(&mut self, slot: u32, size: u32, events: &mut Events) {
        let order = self.orders.at_mut(slot);
        let gone = order.size - size;
        order.size = size;
        let level = self.ladder.level_mut(order.level());
        level.total -= u64::from(gone);
        events.replaced(order.id, level.price, size);
        if self.risk.is_on() {
            self.risk.shrinks(order.owner, order.side(), gone);
        }
    }

    /// Gives the best levels of both sides, `depth` a side at most. O(1) a level.
    pub fn book(&mut self, depth: i32, events: &mut Events) {
        if depth <= 0 {
            return events.rejected(op::BOOK, 0, reject_reason::INVALID_DEPTH);
        }
        let place = events.book();
        let bids = self.write_levels(Side::Buy, depth as u32, events);
        let asks = self.write_levels(Side::Sell, depth as u32, events);
        events.set_book_levels(place, bids, asks);
    }

    fn write_levels(&self, side: Side, depth: u32, events: &mut Events) -> u32 {
        let (code, end) = match side {
            Side::Buy => (side::BUY, BELOW_ALL),
            Side::Sell => (side::SELL, ABOVE_ALL),
        };
        let mut price = self.ladder.best(side);
        let mut written = 0;
        while price != end && written < depth {
            let level = self.ladder.level(self.ladder.prices.level(price));
            events.level(code, price, level.total, level.orders);
            price = self.ladder.next_worse(side, price);
            written += 1;
        }
        written
    }

    /// Steps 5 and 6 of the contract's Add, for an order that may rest.
    pub(crate) fn trade_and_rest(&mut self, taker: &Taker, events: &mut Events) {
        let left = self.trade(taker, events);
        if left > 0 {
            let kept = taker.stp | u32::from(taker.post_only) << traits::POST_ONLY_SHIFT;
            self.rest(taker.id, taker.owner, taker.side, taker.price, left, kept);
            if self.risk.is_on() {
                self.risk.rests(self.risk.place(taker.owner), taker.side, left);
            }
        }
    }

    /// Puts an order that meets nothing at the end of its price's queue. Its id must not be live. `kept`: its `traits` but for
    /// the side. What that is to its owner's account, the caller books.
    #[inline(always)]
    pub(crate) fn rest(&mut self, id: u32, owner: u32, side: Side, price: u32, size: u32, kept: u32) {
        if self.orders.is_full() {
            self.grow();
        }
        let level = self.ladder.level_at(price);
        let slot = self.orders.take();
        let last = self.ladder.join(level, side, price, slot, size);
        // The sentinel takes the write where the queue was empty.
        self.orders.at_mut(last).next = slot;
        *self.orders.at_mut(slot) = Order {
            id,
            owner,
            size,
            level_and_traits: level << traits::LEVEL_SHIFT | (side as u32) << traits::SELLS_SHIFT | kept,
            previous: last,
            next: NONE,
            rested: self.rested,
        };
        self.rested += 1;
        self.ids.insert(&self.orders, id, slot);
    }
    // #region take-out
    /// Takes an order, which is no longer in the index, out of its queue and its owner's account, and frees its slot.
    #[inline(always)]
    pub(crate) fn take_out<const RISK: bool>(&mut self, slot: u32, order: &Order) {
        if RISK && self.risk.is_on() {
            self.risk.leaves(order.owner, order.side(), order.size);
        }
        self.ladder.leave(&mut self.orders, order);
        self.orders.give_back(slot);
    }
    // #endregion take-out
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.orders.add_slot();
        self.ids.fit(&self.orders);
    }
}
