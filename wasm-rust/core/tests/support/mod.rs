//! The contract over `BTreeMap` and `VecDeque`, as plainly as Rust says it, to compare the book with. It shares the codes
//! and nothing else.

use std::collections::{BTreeMap, VecDeque};

use hotpath_core::codes::{
    COMMAND_WORDS, EVENT_OP_SHIFT, EVENT_SIDE_SHIFT, MAX_PRICE, POST_ONLY_SHIFT, REASON_SHIFT, SIDE_SHIFT, STP_SHIFT,
    TIF_SHIFT, TYPE_SHIFT, cancel_reason, kind, op, order_type, reject_reason, side, stp, tif,
};
use hotpath_core::{CommandRecord, EventRecord};

#[derive(Clone, Copy)]
struct Order {
    id: i32,
    buys: bool,
    price: i32,
    size: i32,
    owner: i32,
    stp: u32,
    post_only: bool,
    rested: usize,
}

type Side = BTreeMap<i32, VecDeque<Order>>;

/// The model book.
#[derive(Default)]
pub struct Model {
    bids: Side,
    asks: Side,
    /// Side and price of each live order.
    live: BTreeMap<i32, (bool, i32)>,
    events: Vec<EventRecord>,
    accounts: BTreeMap<i32, Account>,
    last_price: Option<i32>,
    rested: usize,
}

/// What an owner is held to: lots of an order, open orders, position, ticks from the last trade. 0 is no limit.
#[derive(Default)]
struct Account {
    killed: bool,
    limits: Option<[i32; 4]>,
    position: i64,
}

impl Model {
    /// Executes words as `Book::execute` does, and gives the events.
    pub fn execute(&mut self, words: &[i32]) -> Vec<EventRecord> {
        for record in words.chunks(COMMAND_WORDS) {
            match CommandRecord::try_from(record) {
                Ok(record) => self.command(&record),
                Err(_) => self.reject(0, 0, reject_reason::UNKNOWN_OP),
            }
        }
        std::mem::take(&mut self.events)
    }

    fn command(&mut self, record: &CommandRecord) {
        let [word, id, price, size, owner, last] = *record;
        let op = if word as u32 >> 28 == 0 { word as u32 & 0xff } else { 0 };
        match op {
            op::ADD => self.add(word as u32, id, price, size, owner),
            op::CANCEL => self.cancel(id),
            op::REPLACE => self.replace(id, price, size),
            op::BOOK => self.book(size),
            op::LIMITS | op::KILL | op::LIFT if owner <= 0 => self.reject(op, 0, reject_reason::INVALID_OWNER),
            op::LIMITS => self.limits(owner, [id, size, last, price]),
            op::KILL => self.kill(owner),
            op::LIFT => {
                if let Some(account) = self.accounts.get_mut(&owner) {
                    account.killed = false;
                }
                self.event(kind::LIFTED, owner, 0, 0, 0);
            }
            _ => self.reject(0, 0, reject_reason::UNKNOWN_OP),
        }
    }

    fn event(&mut self, word: u32, a: i32, b: i32, c: i32, d: i32) {
        self.events.push([word as i32, a, b, c, d]);
    }

    fn reject(&mut self, op: u32, id: i32, reason: u32) {
        let word = kind::REJECTED | reason << REASON_SHIFT | op << EVENT_OP_SHIFT;
        self.event(word, if id > 0 { id } else { 0 }, 0, 0, 0);
    }

    fn canceled(&mut self, id: i32, size: i32, reason: u32) {
        self.event(kind::CANCELED | reason << REASON_SHIFT, id, 0, 0, size);
    }

    fn add(&mut self, word: u32, id: i32, price: i32, size: i32, owner: i32) {
        let field = |shift: u32| word >> shift & 15;
        let market = field(TYPE_SHIFT) == order_type::MARKET;
        let tif = field(TIF_SHIFT);
        let post_only = field(POST_ONLY_SHIFT);
        let checks = [
            (id > 0, reject_reason::INVALID_ID),
            (
                [side::BUY, side::SELL].contains(&field(SIDE_SHIFT)),
                reject_reason::INVALID_SIDE,
            ),
            (
                market || field(TYPE_SHIFT) == order_type::LIMIT,
                reject_reason::INVALID_TYPE,
            ),
            (size > 0, reject_reason::INVALID_SIZE),
            (
                if market { price == 0 } else { is_price(price) },
                reject_reason::INVALID_PRICE,
            ),
            (
                if market {
                    tif == 0 || tif == tif::IOC
                } else {
                    tif <= tif::FOK
                },
                reject_reason::INVALID_TIF,
            ),
            (
                post_only == 0 || post_only == 1 && !market && tif <= tif::GTC,
                reject_reason::INVALID_POST_ONLY,
            ),
            (owner >= 0, reject_reason::INVALID_OWNER),
            (field(STP_SHIFT) <= stp::CANCEL_BOTH, reject_reason::INVALID_STP),
            (!self.live.contains_key(&id), reject_reason::DUPLICATE_ID),
        ];
        if let Some(&(_, reason)) = checks.iter().find(|(valid, _)| !valid) {
            return self.reject(op::ADD, id, reason);
        }
        let buys = field(SIDE_SHIFT) == side::BUY;
        let order = Order {
            id,
            buys,
            price: if !market {
                price
            } else if buys {
                i32::MAX
            } else {
                0
            },
            size,
            owner,
            stp: field(STP_SHIFT),
            post_only: post_only == 1,
            rested: 0,
        };
        if let Some(reason) = self.refused(&order, !market, !market && tif <= tif::GTC, 0) {
            return self.reject(op::ADD, id, reason);
        }
        if order.post_only && self.best_crossing(&order).is_some() {
            return self.reject(op::ADD, id, reject_reason::WOULD_CROSS);
        }
        self.event(kind::ACCEPTED, id, 0, 0, 0);
        if tif == tif::FOK && !self.fills_whole(&order) {
            return self.canceled(id, size, cancel_reason::FOK);
        }
        let left = self.trade(&order);
        if left == 0 {
            return;
        }
        if market {
            self.canceled(id, left, cancel_reason::NO_LIQUIDITY);
        } else if tif == tif::IOC {
            self.canceled(id, left, cancel_reason::IOC);
        } else {
            self.rest(Order { size: left, ..order });
        }
    }

    fn cancel(&mut self, id: i32) {
        match self.remove(id) {
            _ if id <= 0 => self.reject(op::CANCEL, id, reject_reason::INVALID_ID),
            None => self.reject(op::CANCEL, id, reject_reason::UNKNOWN_ORDER),
            Some(order) => self.canceled(id, order.size, cancel_reason::USER),
        }
    }

    fn replace(&mut self, id: i32, price: i32, size: i32) {
        let checks = [
            (id > 0, reject_reason::INVALID_ID),
            (size > 0, reject_reason::INVALID_SIZE),
            (is_price(price), reject_reason::INVALID_PRICE),
            (self.live.contains_key(&id), reject_reason::UNKNOWN_ORDER),
        ];
        if let Some(&(_, reason)) = checks.iter().find(|(valid, _)| !valid) {
            return self.reject(op::REPLACE, id, reason);
        }
        let order = self.find_mut(id);
        if order.price == price && size <= order.size {
            order.size = size;
            return self.event(kind::REPLACED, id, 0, price, size);
        }
        let open = order.size;
        let order = Order { price, size, ..*order };
        if let Some(reason) = self.refused(&order, true, false, open) {
            return self.reject(op::REPLACE, id, reason);
        }
        if order.post_only && self.best_crossing(&order).is_some() {
            return self.reject(op::REPLACE, id, reject_reason::WOULD_CROSS);
        }
        self.remove(id);
        self.event(kind::REPLACED, id, 0, price, size);
        let left = self.trade(&order);
        if left > 0 {
            self.rest(Order { size: left, ..order });
        }
    }

    fn limits(&mut self, owner: i32, limits: [i32; 4]) {
        if limits.iter().any(|&limit| limit < 0) || limits[3] > MAX_PRICE as i32 {
            return self.reject(op::LIMITS, 0, reject_reason::INVALID_LIMIT);
        }
        self.accounts.entry(owner).or_default().limits = Some(limits);
        self.event(kind::LIMITS, owner, 0, 0, 0);
    }

    fn kill(&mut self, owner: i32) {
        self.accounts.entry(owner).or_default().killed = true;
        self.event(kind::KILLED, owner, 0, 0, 0);
        let mut killed = self.orders_of(owner);
        killed.sort_by_key(|order| order.rested);
        for order in killed {
            self.remove(order.id);
            self.canceled(order.id, order.size, cancel_reason::KILL);
        }
    }

    fn orders_of(&self, owner: i32) -> Vec<Order> {
        let all = self.bids.values().chain(self.asks.values()).flatten();
        all.filter(|order| order.owner == owner).copied().collect()
    }

    /// What risk checks have against an order. `new_rest`: it would be one more in the book. `open`: what it has there now.
    fn refused(&self, order: &Order, limit: bool, new_rest: bool, open: i32) -> Option<u32> {
        let account = self.accounts.get(&order.owner)?;
        let [max_size, max_open, max_position, band] = account.limits.unwrap_or_default();
        let resting = self.orders_of(order.owner);
        let same_side = resting.iter().filter(|each| each.buys == order.buys);
        let lots: i64 = same_side.map(|each| i64::from(each.size)).sum();
        let held = if order.buys {
            account.position
        } else {
            -account.position
        };
        let reached = held + lots - i64::from(open) + i64::from(order.size);
        let far = self.last_price.is_some_and(|last| (order.price - last).abs() > band);
        let checks = [
            (account.killed, reject_reason::OWNER_KILLED),
            (max_size > 0 && order.size > max_size, reject_reason::MAX_ORDER_SIZE),
            (band > 0 && limit && far, reject_reason::PRICE_BAND),
            (
                max_open > 0 && new_rest && resting.len() >= max_open as usize,
                reject_reason::MAX_OPEN_ORDERS,
            ),
            (
                max_position > 0 && reached > i64::from(max_position),
                reject_reason::POSITION_LIMIT,
            ),
        ];
        checks.iter().find(|(fails, _)| *fails).map(|&(_, reason)| reason)
    }

    fn book(&mut self, depth: i32) {
        if depth <= 0 {
            return self.reject(op::BOOK, 0, reject_reason::INVALID_DEPTH);
        }
        let level = |side: u32, queue: &VecDeque<Order>| {
            let total: i64 = queue.iter().map(|order| i64::from(order.size)).sum();
            let word = kind::LEVEL | side << EVENT_SIDE_SHIFT;
            [
                word as i32,
                queue.len() as i32,
                (total >> 32) as i32,
                queue[0].price,
                total as i32,
            ]
        };
        let bids = self.bids.values().rev().take(depth as usize);
        let bids: Vec<_> = bids.map(|queue| level(side::BUY, queue)).collect();
        let asks = self.asks.values().take(depth as usize);
        let asks: Vec<_> = asks.map(|queue| level(side::SELL, queue)).collect();
        self.event(kind::BOOK, bids.len() as i32, asks.len() as i32, 0, 0);
        self.events.extend(bids);
        self.events.extend(asks);
    }

    fn side(&mut self, buys: bool) -> &mut Side {
        if buys { &mut self.bids } else { &mut self.asks }
    }

    /// The other side's best price, where the order reaches it.
    fn best_crossing(&self, order: &Order) -> Option<i32> {
        if order.buys {
            self.asks.keys().next().copied().filter(|&ask| order.price >= ask)
        } else {
            self.bids.keys().next_back().copied().filter(|&bid| order.price <= bid)
        }
    }

    fn fills_whole(&self, taker: &Order) -> bool {
        let makers: Vec<&Order> = if taker.buys {
            self.asks.range(..=taker.price).flat_map(|(_, queue)| queue).collect()
        } else {
            self.bids
                .range(taker.price..)
                .rev()
                .flat_map(|(_, queue)| queue)
                .collect()
        };
        let mut needed = i64::from(taker.size);
        for maker in makers {
            if !self_trades(taker, maker) {
                needed -= i64::from(maker.size);
            } else if taker.stp != stp::CANCEL_RESTING {
                break;
            }
            if needed <= 0 {
                return true;
            }
        }
        false
    }

    fn trade(&mut self, taker: &Order) -> i32 {
        let mut left = taker.size;
        while left > 0 {
            let Some(price) = self.best_crossing(taker) else {
                break;
            };
            let maker = self.side(!taker.buys)[&price][0];
            if self_trades(taker, &maker) {
                if taker.stp != stp::CANCEL_INCOMING {
                    self.remove(maker.id);
                    self.canceled(maker.id, maker.size, cancel_reason::SELF_TRADE);
                }
                if taker.stp != stp::CANCEL_RESTING {
                    self.canceled(taker.id, left, cancel_reason::SELF_TRADE);
                    return 0;
                }
                continue;
            }
            let traded = left.min(maker.size);
            self.event(kind::EXECUTED, taker.id, maker.id, price, traded);
            self.last_price = Some(price);
            for order in [taker, &maker] {
                let lots = if order.buys {
                    i64::from(traded)
                } else {
                    -i64::from(traded)
                };
                if let Some(account) = self
                    .accounts
                    .get_mut(&order.owner)
                    .filter(|account| account.limits.is_some())
                {
                    account.position += lots;
                }
            }
            left -= traded;
            if traded == maker.size {
                self.remove(maker.id);
            } else {
                self.find_mut(maker.id).size -= traded;
            }
        }
        left
    }

    fn rest(&mut self, order: Order) {
        self.rested += 1;
        let order = Order {
            rested: self.rested,
            ..order
        };
        self.live.insert(order.id, (order.buys, order.price));
        self.side(order.buys).entry(order.price).or_default().push_back(order);
    }

    fn find_mut(&mut self, id: i32) -> &mut Order {
        let (buys, price) = self.live[&id];
        let queue = self.side(buys).get_mut(&price).expect("a live order's queue");
        queue.iter_mut().find(|order| order.id == id).expect("a live order")
    }

    fn remove(&mut self, id: i32) -> Option<Order> {
        let (buys, price) = self.live.remove(&id)?;
        let side = self.side(buys);
        let queue = side.get_mut(&price)?;
        let place = queue.iter().position(|order| order.id == id)?;
        let order = queue.remove(place);
        if queue.is_empty() {
            side.remove(&price);
        }
        order
    }
}

fn is_price(price: i32) -> bool {
    (1..=MAX_PRICE as i32).contains(&price)
}

fn self_trades(taker: &Order, maker: &Order) -> bool {
    taker.stp != stp::NONE && taker.owner != 0 && taker.owner == maker.owner
}
