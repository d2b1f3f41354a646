//! The book: executes commands, one after another, as `engines/contract` states them.

use crate::codes::{
    COMMAND_WORDS, MAX_PRICE, POST_ONLY_SHIFT, SIDE_SHIFT, STP_SHIFT, TIF_SHIFT, TYPE_SHIFT,
    cancel_reason, op, order_type, reject_reason, side, stp, tif,
};
use crate::events::Events;
use crate::ids::IdIndex;
use crate::ladder::{Ladder, Side};
use crate::orders::{NONE, Order, Orders, traits};

/// One command record: codes, id, price, size, owner, unused.
pub type CommandRecord = [i32; COMMAND_WORDS];

const FIELD: u32 = 0xf;
/// All bits of word 0 but the side of a plain add: limit, good till cancelled, no flags.
const NOT_SIDE: u32 = !(FIELD << SIDE_SHIFT);
/// The op, and the four bits above an add's fields.
const OP_BITS: u32 = 0xf000_00ff;

/// One instrument's order book. Price-time priority, deterministic, no clock and no randomness.
pub struct Book {
    pub(crate) orders: Orders,
    pub(crate) ladder: Ladder,
    pub(crate) ids: IdIndex,
}

/// An order on its way in.
#[derive(Clone, Copy)]
pub(crate) struct Taker {
    pub id: u32,
    pub owner: u32,
    pub side: Side,
    /// The last price at which it trades.
    pub price: u32,
    /// Open lots.
    pub size: u32,
    pub stp: u32,
    pub post_only: bool,
}

impl Taker {
    /// Whether there may be makers that it must not trade with.
    #[inline(always)]
    pub fn prevents(&self) -> bool {
        self.stp != stp::NONE && self.owner != 0
    }
}

impl Default for Book {
    fn default() -> Self {
        Self::new()
    }
}

impl Book {
    /// An empty book: about 0.6 MiB.
    pub fn new() -> Self {
        Self {
            orders: Orders::new(),
            ladder: Ladder::new(),
            ids: IdIndex::new(),
        }
    }

    /// How many orders rest in the book. O(levels).
    pub fn live_orders(&self) -> usize {
        self.ladder.live_orders()
    }

    /// Executes command records in order, and appends their events. Words left over at the end, too few for a record, are
    /// one command of unknown op. Whatever the words hold, it neither panics nor loops; what is not valid is `rejected`.
    pub fn execute(&mut self, commands: &[i32], events: &mut Events) {
        let (records, rest) = commands.as_chunks::<COMMAND_WORDS>();
        for record in records {
            self.command(record, events);
        }
        if !rest.is_empty() {
            events.rejected(0, 0, reject_reason::UNKNOWN_OP);
        }
    }

    #[inline(always)]
    fn command(&mut self, record: &CommandRecord, events: &mut Events) {
        let [codes, id, price, size, owner, _] = *record;
        // Nearly all commands are one of two. One jump table for all would be an indirect jump for each.
        match codes as u32 & OP_BITS {
            op::ADD => self.add(codes, id, price, size, owner, events),
            op::CANCEL => self.cancel(id, events),
            _ => self.other_command(record, events),
        }
    }

    #[inline(never)]
    fn other_command(&mut self, record: &CommandRecord, events: &mut Events) {
        let [codes, id, price, size, owner, last] = *record;
        let code = codes as u32 & OP_BITS;
        match code {
            op::REPLACE => self.replace(id, price, size, events),
            op::BOOK => self.book(size, events),
            op::LIMITS | op::KILL | op::LIFT => {
                // Of a limits, the words that a cancel or a book has for other things are limits.
                let limits_hold =
                    id >= 0 && size >= 0 && last >= 0 && (price == 0 || is_price(price));
                let reason = if owner <= 0 {
                    reject_reason::INVALID_OWNER
                } else if code == op::LIMITS && !limits_hold {
                    reject_reason::INVALID_LIMIT
                } else {
                    reject_reason::UNSUPPORTED
                };
                events.rejected(code, 0, reason);
            }
            _ => events.rejected(0, 0, reject_reason::UNKNOWN_OP),
        }
    }

    /// Adds an order. `codes` is word 0 of the command: side, type, time in force, post-only, self-trade prevention. The
    /// price is 0 where it was left out. O(1), and O(1) for each maker that it meets.
    #[inline(always)]
    pub fn add(
        &mut self,
        codes: i32,
        id: i32,
        price: i32,
        size: i32,
        owner: i32,
        events: &mut Events,
    ) {
        let codes = codes as u32;
        let side_code = codes >> SIDE_SHIFT & FIELD;
        let plain = codes & NOT_SIDE == op::ADD && side_code.wrapping_sub(side::BUY) < 2;
        if !(plain & (id > 0) & (size > 0) & (owner >= 0) & is_price(price)) {
            return self.add_with_checks(codes, id, price, size, owner, events);
        }
        let (id, price) = (id as u32, price as u32);
        let side = if side_code == side::BUY {
            Side::Buy
        } else {
            Side::Sell
        };
        if self.ids.is_live(&self.orders, id) {
            return events.rejected(op::ADD, id, reject_reason::DUPLICATE_ID);
        }
        events.accepted(id);
        if self.ladder.crosses(side, price) {
            return self.trade_plain(id, owner as u32, side, price, size as u32, events);
        }
        self.rest(id, owner as u32, side, price, size as u32, 0);
    }

    #[inline(never)]
    fn trade_plain(
        &mut self,
        id: u32,
        owner: u32,
        side: Side,
        price: u32,
        size: u32,
        events: &mut Events,
    ) {
        let taker = Taker {
            id,
            owner,
            side,
            price,
            size,
            stp: stp::NONE,
            post_only: false,
        };
        self.trade_and_rest(&taker, events);
    }

    /// Any add: step 1 of the contract's Add in its order, then the rest of it.
    #[inline(never)]
    fn add_with_checks(
        &mut self,
        codes: u32,
        id: i32,
        price: i32,
        size: i32,
        owner: i32,
        events: &mut Events,
    ) {
        let field = |shift: u32| codes >> shift & FIELD;
        let (side_code, type_code, tif_code) =
            (field(SIDE_SHIFT), field(TYPE_SHIFT), field(TIF_SHIFT));
        let (post_only, stp_code) = (field(POST_ONLY_SHIFT), field(STP_SHIFT));
        let market = type_code == order_type::MARKET;
        let invalid = if id <= 0 {
            return events.rejected(op::ADD, 0, reject_reason::INVALID_ID);
        } else if side_code != side::BUY && side_code != side::SELL {
            reject_reason::INVALID_SIDE
        } else if !market && type_code != order_type::LIMIT {
            reject_reason::INVALID_TYPE
        } else if size <= 0 {
            reject_reason::INVALID_SIZE
        } else if if market { price != 0 } else { !is_price(price) } {
            reject_reason::INVALID_PRICE
        } else if tif_code > tif::FOK || market && tif_code != tif::DEFAULT && tif_code != tif::IOC
        {
            reject_reason::INVALID_TIF
        } else if post_only > 1 || post_only == 1 && (market || tif_code > tif::GTC) {
            reject_reason::INVALID_POST_ONLY
        } else if owner < 0 {
            reject_reason::INVALID_OWNER
        } else if stp_code > stp::CANCEL_BOTH {
            reject_reason::INVALID_STP
        } else if self.ids.is_live(&self.orders, id as u32) {
            reject_reason::DUPLICATE_ID
        } else {
            0
        };
        let id = id as u32;
        if invalid != 0 {
            return events.rejected(op::ADD, id, invalid);
        }
        let side = if side_code == side::BUY {
            Side::Buy
        } else {
            Side::Sell
        };
        let taker = Taker {
            id,
            owner: owner as u32,
            side,
            price: match (market, side) {
                (false, _) => price as u32,
                // A market order reaches every price there can be.
                (true, Side::Buy) => MAX_PRICE,
                (true, Side::Sell) => 1,
            },
            size: size as u32,
            stp: stp_code,
            post_only: post_only == 1,
        };
        if taker.post_only && self.ladder.crosses(side, taker.price) {
            return events.rejected(op::ADD, id, reject_reason::WOULD_CROSS);
        }
        events.accepted(id);
        if tif_code == tif::FOK && !self.can_fill_whole(&taker) {
            return events.canceled(id, taker.size, cancel_reason::FOK);
        }
        if market || tif_code > tif::GTC {
            let left = self.trade(&taker, events);
            if left > 0 {
                let reason = if market {
                    cancel_reason::NO_LIQUIDITY
                } else {
                    cancel_reason::IOC
                };
                events.canceled(id, left, reason);
            }
        } else {
            self.trade_and_rest(&taker, events);
        }
    }

    /// Cancels a live order. O(1).
    #[inline(always)]
    pub fn cancel(&mut self, id: i32, events: &mut Events) {
        if id <= 0 {
            return events.rejected(op::CANCEL, 0, reject_reason::INVALID_ID);
        }
        let slot = self.ids.take(&self.orders, id as u32);
        if slot == NONE {
            return events.rejected(op::CANCEL, id as u32, reject_reason::UNKNOWN_ORDER);
        }
        let order = *self.orders.at(slot);
        events.canceled(order.id, order.size, cancel_reason::USER);
        self.ladder.leave(&mut self.orders, &order);
        self.orders.give_back(slot);
    }

    /// Gives a live order a new price and open size. O(1), and O(1) for each maker that it meets.
    pub fn replace(&mut self, id: i32, price: i32, size: i32, events: &mut Events) {
        if id <= 0 {
            return events.rejected(op::REPLACE, 0, reject_reason::INVALID_ID);
        }
        let id = id as u32;
        let slot = if size <= 0 {
            return events.rejected(op::REPLACE, id, reject_reason::INVALID_SIZE);
        } else if !is_price(price) {
            return events.rejected(op::REPLACE, id, reject_reason::INVALID_PRICE);
        } else {
            self.ids.find(&self.orders, id)
        };
        if slot == NONE {
            return events.rejected(op::REPLACE, id, reject_reason::UNKNOWN_ORDER);
        }
        let (price, size) = (price as u32, size as u32);
        let order = *self.orders.at(slot);
        let level = self.ladder.level_mut(order.level());
        if level.price == price && size <= order.size {
            level.total -= u64::from(order.size - size);
            self.orders.at_mut(slot).size = size;
            return events.replaced(id, price, size);
        }
        let taker = Taker {
            id,
            owner: order.owner,
            side: if order.level_and_traits >> traits::SELLS_SHIFT & 1 == 0 {
                Side::Buy
            } else {
                Side::Sell
            },
            price,
            size,
            stp: order.level_and_traits & traits::STP,
            post_only: order.level_and_traits >> traits::POST_ONLY_SHIFT & 1 != 0,
        };
        if taker.post_only && self.ladder.crosses(taker.side, price) {
            return events.rejected(op::REPLACE, id, reject_reason::WOULD_CROSS);
        }
        self.ids.take(&self.orders, id);
        self.ladder.leave(&mut self.orders, &order);
        self.orders.give_back(slot);
        events.replaced(id, price, size);
        self.trade_and_rest(&taker, events);
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
        let code = match side {
            Side::Buy => side::BUY,
            Side::Sell => side::SELL,
        };
        let mut price = self.ladder.best(side);
        for written in 0..depth {
            if !is_price(price as i32) {
                return written;
            }
            let level = self.ladder.level(self.ladder.prices.level(price));
            events.level(code, price, level.total, level.orders);
            price = self.ladder.next_worse(side, price);
        }
        depth
    }

    /// Steps 5 and 6 of the contract's Add, for an order that may rest.
    fn trade_and_rest(&mut self, taker: &Taker, events: &mut Events) {
        let left = self.trade(taker, events);
        if left > 0 {
            let kept = taker.stp | u32::from(taker.post_only) << traits::POST_ONLY_SHIFT;
            self.rest(taker.id, taker.owner, taker.side, taker.price, left, kept);
        }
    }

    /// Puts an order that meets nothing at the end of its price's queue. Its id must not be live. `kept`: its `traits` but for
    /// the side.
    #[inline(always)]
    fn rest(&mut self, id: u32, owner: u32, side: Side, price: u32, size: u32, kept: u32) {
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
            level_and_traits: level << traits::LEVEL_SHIFT
                | (side as u32) << traits::SELLS_SHIFT
                | kept,
            previous: last,
            next: NONE,
        };
        self.ids.insert(&self.orders, id, slot);
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.orders.add_slot();
        self.ids.fit(&self.orders);
    }
}

/// Whether a word is a price: 1 … `MAX_PRICE`.
#[inline(always)]
fn is_price(word: i32) -> bool {
    (word as u32).wrapping_sub(1) < MAX_PRICE
}
