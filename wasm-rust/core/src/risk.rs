//! Risk checks: what an owner is held to, and what it has in the book and in hand.
//!
//! Only owners that a `limits` or a `kill` has named have an account. While there is none, no order pays for the checks: `Book`
//! runs code that was compiled without them (`RISK` is false). Once there is one, each order of an owner looks for its account, and each change of a
//! resting order is booked there:
//!
//! ```text
//!           owner 7 ──▶ by_owner ──▶ accounts  ┌─────────┬─────────┬─────┬──
//!                                              │ owner 3 │ owner 7 │  …  │
//!                                              └─────────┴────┬────┴─────┴──
//!    limits      max order size, max open orders, price band, │ position limit; or none
//!    killed      whether it was killed, and not lifted since  │
//!    resting     how many of its orders rest                  │
//!    open lots   of its bids, of its asks                     │
//!    position    lots bought less lots sold, since its first  │ limits
//! ```
//!
//! | operation | cost |
//! | --- | --- |
//! | check an order, book a change | O(1) |
//! | name an owner for the first time | O(live orders): what it has in the book is counted |
//! | kill | O(live orders), and O(n log n) for its n orders: they are found in the book, and sorted by when they came to rest |

use crate::book::Book;
use crate::codes::{cancel_reason, op, reject_reason};
use crate::events::Events;
use crate::hashed::HashTable;
use crate::ladder::Side;
use crate::orders::{NONE, Order, traits};
use crate::taker::{Taker, is_price};

/// One owner's limits and what they are checked against. Where there is no limit, there is the highest number.
struct Account {
    owner: u32,
    killed: bool,
    /// Whether a `limits` has named it: from then on its position counts.
    has_limits: bool,
    max_order_size: u32,
    max_open_orders: u32,
    price_band: u32,
    resting: u32,
    position_limit: i64,
    position: i64,
    /// By side.
    open_lots: [i64; 2],
}

/// What `check` needs to know of an order.
pub(crate) struct Checked {
    pub side: Side,
    /// Of a limit order.
    pub price: Option<u32>,
    pub size: u32,
    /// What the order has in the book already, where it is a replaced one.
    pub open: u32,
}

impl Checked {
    /// An order that a taker is to replace.
    pub fn replacing(order: &Order, taker: &Taker) -> Self {
        Self {
            side: taker.side,
            price: Some(taker.price),
            size: taker.size,
            open: order.size,
        }
    }
}

/// See the module.
pub(crate) struct Risk {
    accounts: Vec<Account>,
    /// From an owner to its place in `accounts`, plus 1.
    by_owner: HashTable,
    /// The price of the last trade, 0 before the first.
    pub last_price: u32,
    /// Of the last kill: when each order came to rest, and its slot.
    killed: Vec<(u64, u32)>,
}

impl Risk {
    pub fn new() -> Self {
        Self {
            accounts: Vec::new(),
            by_owner: HashTable::new(),
            last_price: 0,
            killed: Vec::new(),
        }
    }

    /// Whether any owner has an account.
    #[inline(always)]
    pub fn is_on(&self) -> bool {
        !self.accounts.is_empty()
    }

    #[inline(always)]
    fn account(&mut self, owner: u32) -> Option<&mut Account> {
        let place = self.by_owner.find(owner) as usize;
        self.accounts.get_mut(place.wrapping_sub(1))
    }

    /// The reason to reject a new order, or 0. `may_rest`: it is limit and good till cancelled.
    #[inline(never)]
    pub fn check_add(&mut self, owner: u32, order: &Checked, may_rest: bool) -> u32 {
        let last_price = self.last_price;
        let Some(account) = self.account(owner) else {
            return 0;
        };
        if account.killed {
            return reject_reason::OWNER_KILLED;
        }
        let reason = account.check_size_and_price(order, last_price);
        if reason != 0 {
            reason
        } else if may_rest && account.resting >= account.max_open_orders {
            reject_reason::MAX_OPEN_ORDERS
        } else {
            account.check_position(order)
        }
    }

    /// The reason to reject a replace that costs the order its place, or 0.
    pub fn check_replace(&mut self, owner: u32, order: &Checked) -> u32 {
        let last_price = self.last_price;
        let Some(account) = self.account(owner) else {
            return 0;
        };
        match account.check_size_and_price(order, last_price) {
            0 => account.check_position(order),
            reason => reason,
        }
    }

    /// An order of the owner came to rest.
    #[inline(always)]
    pub fn rests(&mut self, owner: u32, side: Side, size: u32) {
        if let Some(account) = self.account(owner) {
            account.resting += 1;
            account.open_lots[side as usize] += i64::from(size);
        }
    }

    /// An order of the owner left the book, with so many lots still open.
    #[inline(always)]
    pub fn leaves(&mut self, owner: u32, side: Side, open: u32) {
        if let Some(account) = self.account(owner) {
            account.resting -= 1;
            account.open_lots[side as usize] -= i64::from(open);
        }
    }

    /// A resting order of the owner has so many lots less, and stays.
    #[inline(always)]
    pub fn shrinks(&mut self, owner: u32, side: Side, lots: u32) {
        if let Some(account) = self.account(owner) {
            account.open_lots[side as usize] -= i64::from(lots);
        }
    }

    /// The owner bought or sold.
    #[inline(always)]
    pub fn trades(&mut self, owner: u32, side: Side, lots: u32) {
        if let Some(account) = self.account(owner).filter(|account| account.has_limits) {
            account.position += match side {
                Side::Buy => i64::from(lots),
                Side::Sell => -i64::from(lots),
            };
        }
    }
}

impl Account {
    fn new(owner: u32) -> Self {
        Self {
            owner,
            killed: false,
            has_limits: false,
            max_order_size: u32::MAX,
            max_open_orders: u32::MAX,
            price_band: u32::MAX,
            resting: 0,
            position_limit: i64::MAX,
            position: 0,
            open_lots: [0; 2],
        }
    }

    #[inline(always)]
    fn check_size_and_price(&self, order: &Checked, last_price: u32) -> u32 {
        if order.size > self.max_order_size {
            return reject_reason::MAX_ORDER_SIZE;
        }
        match order.price {
            Some(price) if last_price != 0 && price.abs_diff(last_price) > self.price_band => reject_reason::PRICE_BAND,
            _ => 0,
        }
    }

    /// Whether its position could pass the limit, if all its orders on this one's side were filled.
    #[inline(always)]
    fn check_position(&self, order: &Checked) -> u32 {
        let open = self.open_lots[order.side as usize] - i64::from(order.open) + i64::from(order.size);
        let reached = match order.side {
            Side::Buy => open + self.position,
            Side::Sell => open - self.position,
        };
        if reached > self.position_limit {
            reject_reason::POSITION_LIMIT
        } else {
            0
        }
    }
}

impl Book {
    /// Sets all of an owner's limits; 0 is one that is left out.
    pub fn limits(
        &mut self,
        owner: i32,
        max_order_size: i32,
        max_open_orders: i32,
        position_limit: i32,
        price_band: i32,
        events: &mut Events,
    ) {
        if owner <= 0 {
            return events.rejected(op::LIMITS, 0, reject_reason::INVALID_OWNER);
        }
        let in_range = max_order_size >= 0 && max_open_orders >= 0 && position_limit >= 0;
        if !in_range || price_band != 0 && !is_price(price_band) {
            return events.rejected(op::LIMITS, 0, reject_reason::INVALID_LIMIT);
        }
        let or_none = |limit: i32| if limit == 0 { u32::MAX } else { limit as u32 };
        let account = self.named(owner as u32);
        account.has_limits = true;
        account.max_order_size = or_none(max_order_size);
        account.max_open_orders = or_none(max_open_orders);
        account.price_band = or_none(price_band);
        account.position_limit = if position_limit == 0 {
            i64::MAX
        } else {
            i64::from(position_limit)
        };
        events.limits(owner as u32);
    }

    /// Cancels all of an owner's orders, the one that has rested longest first, and rejects its new ones until `lift`.
    pub fn kill(&mut self, owner: i32, events: &mut Events) {
        if owner <= 0 {
            return events.rejected(op::KILL, 0, reject_reason::INVALID_OWNER);
        }
        let owner = owner as u32;
        let account = self.named(owner);
        account.killed = true;
        let resting = account.resting;
        events.killed(owner);
        if resting == 0 {
            return;
        }
        let mut killed = std::mem::take(&mut self.risk.killed);
        killed.clear();
        self.for_each_order(|slot, order| {
            if order.owner == owner {
                killed.push((order.rested, slot));
            }
        });
        killed.sort_unstable();
        for &(_, slot) in &killed {
            let order = *self.orders.at(slot);
            self.ids.take(&self.orders, order.id);
            events.canceled(order.id, order.size, cancel_reason::KILL);
            self.take_out::<true>(slot, &order);
        }
        self.risk.killed = killed;
    }

    /// Lets a killed owner's orders in again.
    pub fn lift(&mut self, owner: i32, events: &mut Events) {
        if owner <= 0 {
            return events.rejected(op::LIFT, 0, reject_reason::INVALID_OWNER);
        }
        if let Some(account) = self.risk.account(owner as u32) {
            account.killed = false;
        }
        events.lifted(owner as u32);
    }

    /// The owner's account, opened where there is none.
    fn named(&mut self, owner: u32) -> &mut Account {
        let mut place = self.risk.by_owner.find(owner);
        if place == NONE {
            let mut account = Account::new(owner);
            self.for_each_order(|_, order| {
                if order.owner == owner {
                    account.resting += 1;
                    account.open_lots[order.side() as usize] += i64::from(order.size);
                }
            });
            self.risk.accounts.push(account);
            place = self.risk.accounts.len() as u32;
            self.risk.by_owner.insert(owner, place);
        }
        &mut self.risk.accounts[place as usize - 1]
    }

    fn for_each_order(&self, mut visit: impl FnMut(u32, &Order)) {
        for level in self.ladder.live_levels() {
            let mut slot = level.head;
            while slot != NONE {
                let order = self.orders.at(slot);
                visit(slot, order);
                slot = order.next;
            }
        }
    }

    /// Checks that each account says of its orders what the book does. For `audit`.
    pub(crate) fn audit_accounts(&self) -> Result<(), String> {
        for account in &self.risk.accounts {
            let (mut resting, mut open_lots) = (0, [0; 2]);
            self.for_each_order(|_, order| {
                if order.owner == account.owner {
                    resting += 1;
                    open_lots[order.side() as usize] += i64::from(order.size);
                }
            });
            let booked = (account.resting, account.open_lots);
            if booked != (resting, open_lots) {
                let owner = account.owner;
                return Err(format!(
                    "owner {owner} has {:?}, booked {booked:?}",
                    (resting, open_lots)
                ));
            }
        }
        Ok(())
    }
}

impl Order {
    /// Its side, which its traits remember.
    #[inline(always)]
    pub fn side(&self) -> Side {
        if self.level_and_traits >> traits::SELLS_SHIFT & 1 == 0 {
            Side::Buy
        } else {
            Side::Sell
        }
    }
}
