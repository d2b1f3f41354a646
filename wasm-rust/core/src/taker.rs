//! Adding an order: it is checked, and then it is a taker until it rests.
//!
//! Most orders are plain: limit, good till cancelled, without flags. They are recognised by a mask over their codes and a handful
//! of comparisons, and never see the general path, which makes the contract's checks one by one.

use crate::book::Book;
use crate::codes::{
    MAX_PRICE, POST_ONLY_SHIFT, SIDE_SHIFT, STP_SHIFT, TIF_SHIFT, TYPE_SHIFT, cancel_reason, op, order_type,
    reject_reason, side, stp, tif,
};
use crate::events::Events;
use crate::ladder::Side;
use crate::orders::{NONE, Order, traits};
use crate::risk::Checked;

const FIELD: u32 = 0xf;
/// All bits of word 0 but the side, which are those of the op alone in a plain add.
const NOT_SIDE: u32 = !(FIELD << SIDE_SHIFT);

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

    /// A resting order that comes in again, at another price or size.
    pub fn replacing(order: &Order, price: u32, size: u32) -> Self {
        Self {
            id: order.id,
            owner: order.owner,
            side: order.side(),
            price,
            size,
            stp: order.level_and_traits & traits::STP,
            post_only: order.level_and_traits >> traits::POST_ONLY_SHIFT & 1 != 0,
        }
    }
}

/// An add's words, its codes taken apart.
struct NewOrder {
    id: i32,
    price: i32,
    size: i32,
    owner: i32,
    side: u32,
    order_type: u32,
    tif: u32,
    post_only: u32,
    stp: u32,
}

impl NewOrder {
    fn is_market(&self) -> bool {
        self.order_type == order_type::MARKET
    }

    /// Whether it is good till cancelled.
    fn may_rest(&self) -> bool {
        !self.is_market() && self.tif <= tif::GTC
    }

    /// The first check of the contract's step 1 that fails, but for `duplicate-id`, which is the book's; or 0.
    fn invalid(&self) -> u32 {
        let market = self.is_market();
        if self.id <= 0 {
            reject_reason::INVALID_ID
        } else if self.side != side::BUY && self.side != side::SELL {
            reject_reason::INVALID_SIDE
        } else if !market && self.order_type != order_type::LIMIT {
            reject_reason::INVALID_TYPE
        } else if self.size <= 0 {
            reject_reason::INVALID_SIZE
        } else if if market { self.price != 0 } else { !is_price(self.price) } {
            reject_reason::INVALID_PRICE
        } else if self.tif > tif::FOK || market && self.tif != tif::DEFAULT && self.tif != tif::IOC {
            reject_reason::INVALID_TIF
        } else if self.post_only > 1 || self.post_only == 1 && !self.may_rest() {
            reject_reason::INVALID_POST_ONLY
        } else if self.owner < 0 {
            reject_reason::INVALID_OWNER
        } else if self.stp > stp::CANCEL_BOTH {
            reject_reason::INVALID_STP
        } else {
            0
        }
    }

    /// The taker that a valid order is.
    fn taker(&self) -> Taker {
        let side = side_of(self.side);
        Taker {
            id: self.id as u32,
            owner: self.owner as u32,
            side,
            price: match (self.is_market(), side) {
                (false, _) => self.price as u32,
                // A market order reaches every price there can be.
                (true, Side::Buy) => MAX_PRICE,
                (true, Side::Sell) => 1,
            },
            size: self.size as u32,
            stp: self.stp,
            post_only: self.post_only == 1,
        }
    }
}

impl Book {
    /// `Book::add`, compiled with and without risk checks.
    #[inline(always)]
    pub(crate) fn add_with<const RISK: bool>(
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
            return self.add_any(codes, id, price, size, owner, events);
        }
        let (id, price, size, owner) = (id as u32, price as u32, size as u32, owner as u32);
        let side = side_of(side_code);
        if self.ids.is_live(&self.orders, id) {
            return events.rejected(op::ADD, id, reject_reason::DUPLICATE_ID);
        }
        let account = if RISK { self.risk.place(owner) } else { NONE };
        if RISK && !self.risk.passes(account, side, price, size) {
            return self.reject_for_risk(id, owner, side, price, size, events);
        }
        events.accepted(id);
        if self.ladder.crosses(side, price) {
            return self.trade_plain(id, owner, side, price, size, events);
        }
        self.rest(id, owner, side, price, size, 0);
        if RISK {
            self.risk.rests(account, side, size);
        }
    }

    #[cold]
    #[inline(never)]
    fn reject_for_risk(&self, id: u32, owner: u32, side: Side, price: u32, size: u32, events: &mut Events) {
        let order = Checked {
            side,
            price: Some(price),
            size,
            open: 0,
        };
        events.rejected(op::ADD, id, self.risk.check_add(owner, &order, true));
    }

    #[inline(never)]
    fn trade_plain(&mut self, id: u32, owner: u32, side: Side, price: u32, size: u32, events: &mut Events) {
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

    /// Any add, plain or not, valid or not.
    #[inline(never)]
    fn add_any(&mut self, codes: u32, id: i32, price: i32, size: i32, owner: i32, events: &mut Events) {
        let field = |shift: u32| codes >> shift & FIELD;
        let order = NewOrder {
            id,
            price,
            size,
            owner,
            side: field(SIDE_SHIFT),
            order_type: field(TYPE_SHIFT),
            tif: field(TIF_SHIFT),
            post_only: field(POST_ONLY_SHIFT),
            stp: field(STP_SHIFT),
        };
        let reason = match order.invalid() {
            0 => self.refuses(&order),
            invalid => invalid,
        };
        if reason != 0 {
            return events.rejected(op::ADD, id.max(0) as u32, reason);
        }
        let taker = order.taker();
        events.accepted(taker.id);
        if order.tif == tif::FOK && !self.can_fill_whole(&taker) {
            return events.canceled(taker.id, taker.size, cancel_reason::FOK);
        }
        if order.may_rest() {
            return self.trade_and_rest(&taker, events);
        }
        let left = self.trade(&taker, events);
        if left > 0 {
            let market = order.is_market();
            let reason = if market {
                cancel_reason::NO_LIQUIDITY
            } else {
                cancel_reason::IOC
            };
            events.canceled(taker.id, left, reason);
        }
    }

    /// What the book, not the order, has against a valid order: the reason to reject it, or 0.
    fn refuses(&mut self, order: &NewOrder) -> u32 {
        let taker = order.taker();
        if self.ids.is_live(&self.orders, taker.id) {
            return reject_reason::DUPLICATE_ID;
        }
        if self.risk.is_on() {
            let price = (!order.is_market()).then_some(taker.price);
            let checked = Checked {
                side: taker.side,
                price,
                size: taker.size,
                open: 0,
            };
            let reason = self.risk.check_add(taker.owner, &checked, order.may_rest());
            if reason != 0 {
                return reason;
            }
        }
        if taker.post_only && self.ladder.crosses(taker.side, taker.price) {
            return reject_reason::WOULD_CROSS;
        }
        0
    }
}

#[inline(always)]
fn side_of(code: u32) -> Side {
    if code == side::BUY { Side::Buy } else { Side::Sell }
}

/// Whether a word is a price: 1 … `MAX_PRICE`.
#[inline(always)]
pub(crate) fn is_price(word: i32) -> bool {
    (word as u32).wrapping_sub(1) < MAX_PRICE
}
