//! Risk checks: what an owner is held to, and what it has in the book and in hand.
//!
//! Only owners that a `limits` or a `kill` has named have an account. While there is none, no order pays for the checks: `Book`
//! runs code that was compiled without them (`RISK` is false). Once there is one, each order of an owner looks for its account, and each change of a
//! resting order is booked there:
//!
//! ```text
//!    owner 7 ──▶ direct or hashed ──▶ accounts  ┌────────┬─────────┬─────────┬──
//!                                              │ nobody │ owner 3 │ owner 7 │ …
//!                                              └────────┴─────────┴────┬────┴──
//!    limits      max order size, max open orders, position limit,      │
//!                price band; the highest number where there is none    │
//!    killed      whether it was killed, and not lifted since           │
//!    resting     how many of its orders rest                           │
//!    reach       its position, long and short, if all its orders on that side were filled
//! ```
//!
//! The first account is of all that have none. Its limits are never met, and nobody reads what is booked there: so there is always an
//! account to book to, and no branch on whether there is.
//!
//! The position itself is not kept, because `reach` is all that a check asks for, and it moves less. A maker's fill takes lots
//! from its open orders and adds them to its position: its reach on that side stays as it was.
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

/// The owner of the account of all that have none.
const NOBODY: u32 = 0;
const DIRECT_OWNERS: usize = 4096;

/// One owner's limits and what they are checked against. A line of the cache.
#[repr(align(64))]
struct Account {
    /// By side: the open lots of its orders, and its position, short on the sell side.
    reach: [i64; 2],
    resting: i64,
    position_limit: i64,
    max_open_orders: i64,
    max_order_size: u32,
    price_band: u32,
    owner: u32,
    killed: bool,
    /// Whether a `limits` has named it, from when on its position counts.
    has_limits: bool,
}

/// What there is to check of an order.
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
    /// From an owner to its place in `accounts`: directly below `DIRECT_OWNERS`, since owners are mostly numbered from 1.
    direct: Vec<u32>,
    hashed: HashTable,
    /// The price of the last trade, 0 before the first.
    pub last_price: u32,
    /// Of the last kill: when each order came to rest, and its slot.
    killed: Vec<(u64, u32)>,
}

impl Risk {
    pub fn new() -> Self {
        Self {
            accounts: vec![Account::new(NOBODY)],
            direct: vec![NONE; DIRECT_OWNERS],
            hashed: HashTable::new(),
            last_price: 0,
            killed: Vec::new(),
        }
    }

    /// Whether any owner has an account.
    #[inline(always)]
    pub fn is_on(&self) -> bool {
        self.accounts.len() > 1
    }

    #[inline(always)]
    fn account(&self, owner: u32) -> &Account {
        &self.accounts[self.place(owner) as usize]
    }

    #[inline(always)]
    fn account_mut(&mut self, owner: u32) -> &mut Account {
        let place = self.place(owner);
        &mut self.accounts[place as usize]
    }

    /// Where the owner's account is: it stays there.
    #[inline(always)]
    pub fn place(&self, owner: u32) -> u32 {
        match self.direct.get(owner as usize) {
            Some(&place) => place,
            None => self.hashed_place(owner),
        }
    }

    #[inline(never)]
    fn hashed_place(&self, owner: u32) -> u32 {
        self.hashed.find(owner)
    }

    fn open(&mut self, account: Account) {
        let place = self.accounts.len() as u32;
        match self.direct.get_mut(account.owner as usize) {
            Some(direct) => *direct = place,
            None => self.hashed.insert(account.owner, place),
        }
        self.accounts.push(account);
    }

    /// Whether a new limit order that may rest passes all checks of the account at `place`.
    #[inline(always)]
    pub fn passes(&self, place: u32, side: Side, price: u32, size: u32) -> bool {
        let account = &self.accounts[place as usize];
        // One branch for all: which of them fails is asked for when one does.
        !account.killed
            & (size <= account.max_order_size)
            & ((price.abs_diff(self.last_price) <= account.price_band) | (self.last_price == 0))
            & (account.resting < account.max_open_orders)
            & (account.reach[side as usize] + i64::from(size) <= account.position_limit)
    }

    /// The reason to reject a new order, or 0. `may_rest`: it is limit and good till cancelled.
    #[inline(never)]
    pub fn check_add(&self, owner: u32, order: &Checked, may_rest: bool) -> u32 {
        let account = self.account(owner);
        if account.killed {
            return reject_reason::OWNER_KILLED;
        }
        match account.check_size_and_price(order, self.last_price) {
            0 if may_rest && account.resting >= account.max_open_orders => reject_reason::MAX_OPEN_ORDERS,
            0 => account.check_position(order),
            reason => reason,
        }
    }

    /// The reason to reject a replace that costs the order its place, or 0.
    pub fn check_replace(&self, owner: u32, order: &Checked) -> u32 {
        let account = self.account(owner);
        match account.check_size_and_price(order, self.last_price) {
            0 => account.check_position(order),
            reason => reason,
        }
    }

    /// An order of the owner whose account is at `place` came to rest.
    #[inline(always)]
    pub fn rests(&mut self, place: u32, side: Side, size: u32) {
        let account = &mut self.accounts[place as usize];
        account.resting += 1;
        account.reach[side as usize] += i64::from(size);
    }

    /// An order of the owner left the book, with so many lots still open.
    #[inline(always)]
    pub fn leaves(&mut self, owner: u32, side: Side, open: u32) {
        let account = self.account_mut(owner);
        account.resting -= 1;
        account.reach[side as usize] -= i64::from(open);
    }

    /// A resting order of the owner has so many lots less, and stays.
    #[inline(always)]
    pub fn shrinks(&mut self, owner: u32, side: Side, lots: u32) {
        self.account_mut(owner).reach[side as usize] -= i64::from(lots);
    }

    /// A resting order of the owner traded so many lots with a taker of the other side. `leaves`: it is filled.
    #[inline(always)]
    pub fn fills(&mut self, owner: u32, taker_side: Side, lots: u32, leaves: bool) {
        let account = self.account_mut(owner);
        account.resting -= i64::from(leaves);
        account.reach[taker_side as usize] -= i64::from(lots);
    }

    /// A taker of the owner traded so many lots.
    #[inline(always)]
    pub fn takes(&mut self, owner: u32, side: Side, lots: u32) {
        let account = self.account_mut(owner);
        account.reach[side as usize] += i64::from(lots);
        account.reach[side.other() as usize] -= i64::from(lots);
    }
}

impl Account {
    fn new(owner: u32) -> Self {
        Self {
            reach: [0; 2],
            resting: 0,
            position_limit: i64::MAX,
            max_open_orders: i64::MAX,
            max_order_size: u32::MAX,
            price_band: u32::MAX,
            owner,
            killed: false,
            has_limits: false,
        }
    }

    fn check_size_and_price(&self, order: &Checked, last_price: u32) -> u32 {
        if order.size > self.max_order_size {
            return reject_reason::MAX_ORDER_SIZE;
        }
        match order.price {
            Some(price) if last_price != 0 && price.abs_diff(last_price) > self.price_band => reject_reason::PRICE_BAND,
            _ => 0,
        }
    }

    fn check_position(&self, order: &Checked) -> u32 {
        let reach = self.reach[order.side as usize] - i64::from(order.open) + i64::from(order.size);
        if reach > self.position_limit {
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
        let owner = owner as u32;
        if !self.named(owner).has_limits {
            // What it traded before doesn't count.
            let (resting, reach) = self.count_orders(owner);
            let account = self.named(owner);
            (account.resting, account.reach, account.has_limits) = (resting, reach, true);
        }
        let or_none = |limit: i32| if limit == 0 { u32::MAX } else { limit as u32 };
        let or_none_wide = |limit: i32| if limit == 0 { i64::MAX } else { i64::from(limit) };
        let account = self.named(owner);
        account.max_order_size = or_none(max_order_size);
        account.max_open_orders = or_none_wide(max_open_orders);
        account.price_band = or_none(price_band);
        account.position_limit = or_none_wide(position_limit);
        events.limits(owner);
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
        self.risk.account_mut(owner as u32).killed = false;
        events.lifted(owner as u32);
    }

    /// The owner's account, opened where there is none.
    fn named(&mut self, owner: u32) -> &mut Account {
        if self.risk.place(owner) == NONE {
            let (resting, reach) = self.count_orders(owner);
            self.risk.open(Account {
                resting,
                reach,
                ..Account::new(owner)
            });
        }
        self.risk.account_mut(owner)
    }

    /// How many orders of the owner rest, and their open lots by side.
    fn count_orders(&self, owner: u32) -> (i64, [i64; 2]) {
        let (mut resting, mut open_lots) = (0, [0; 2]);
        self.for_each_order(|_, order| {
            if order.owner == owner {
                resting += 1;
                open_lots[order.side() as usize] += i64::from(order.size);
            }
        });
        (resting, open_lots)
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
        for account in &self.risk.accounts[1..] {
            let (resting, [bids, asks]) = self.count_orders(account.owner);
            // The position is in both, once long and once short.
            let booked = (account.resting, account.reach[0] + account.reach[1]);
            if booked != (resting, bids + asks) {
                let owner = account.owner;
                return Err(format!(
                    "owner {owner} has {resting} orders of {} lots, booked {booked:?}",
                    bids + asks
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
