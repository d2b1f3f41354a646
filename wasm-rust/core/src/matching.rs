//! Matching: an incoming order meets the other side, best price first, and within a price the one that has been there
//! longest.
//!
//! Makers that are met are always taken from a queue's head, so that the queue is walked without unlinking each: its head,
//! total and count are set once, when the taker is done with it.

use crate::book::Book;
use crate::codes::{cancel_reason, stp};
use crate::events::Events;
use crate::ladder::Side;
use crate::orders::NONE;
use crate::taker::Taker;

impl Book {
    /// Step 5 of the contract's Add. Gives what is left of the taker: 0 also where self-trade prevention ended it.
    pub(crate) fn trade(&mut self, taker: &Taker, events: &mut Events) -> u32 {
        let mut left = taker.size;
        let makers = taker.side.other();
        while left > 0 && self.ladder.crosses(taker.side, taker.price) {
            let price = self.ladder.best(makers);
            let level = self.ladder.prices.level(price);
            left = match (taker.prevents(), self.risk.is_on()) {
                (false, false) => self.trade_at::<false, false>(level, price, taker, left, events),
                (true, false) => self.trade_at::<true, false>(level, price, taker, left, events),
                // What risk checks cost an order that trades isn't worth one more copy.
                (_, true) => self.trade_at::<true, true>(level, price, taker, left, events),
            };
        }
        left
    }
    // #region match
    /// Trades along one level's queue until it or the taker is used up. `PREVENT`: the taker's `stp` is looked at.
    /// `RISK`: accounts are kept.
    #[inline(always)]
    fn trade_at<const PREVENT: bool, const RISK: bool>(
        &mut self,
        level_slot: u32,
        price: u32,
        taker: &Taker,
        mut left: u32,
        events: &mut Events,
    ) -> u32 {
        let makers = taker.side.other();
        let mut slot = self.ladder.level(level_slot).head;
        let mut lots_gone = 0_u64;
        let mut lots_taken = 0;
        let mut orders_gone = 0;
        while slot != NONE && left > 0 {
            let maker = *self.orders.at(slot);
            if PREVENT && taker.prevents() && maker.owner == taker.owner {
                if taker.stp == stp::CANCEL_INCOMING {
                    events.canceled(taker.id, left, cancel_reason::SELF_TRADE);
                    left = 0;
                    break;
                }
                events.canceled(maker.id, maker.size, cancel_reason::SELF_TRADE);
                if RISK {
                    self.risk.leaves(maker.owner, makers, maker.size);
                }
                lots_gone += u64::from(maker.size);
                if taker.stp == stp::CANCEL_BOTH {
                    events.canceled(taker.id, left, cancel_reason::SELF_TRADE);
                    left = 0;
                }
            } else {
                let traded = left.min(maker.size);
                events.executed(taker.id, maker.id, price, traded);
                left -= traded;
                lots_gone += u64::from(traded);
                self.risk.last_price = price;
                if RISK {
                    self.risk.fills(maker.owner, taker.side, traded, traded == maker.size);
                    lots_taken += traded;
                }
                if traded < maker.size {
                    self.orders.at_mut(slot).size = maker.size - traded;
                    break;
                }
            }
            self.ids.take(&self.orders, maker.id);
            self.orders.give_back(slot);
            orders_gone += 1;
            slot = maker.next;
        }
        if RISK {
            self.risk.takes(taker.owner, taker.side, lots_taken);
        }
        // The sentinel takes the write where the queue is used up.
        self.orders.at_mut(slot).previous = NONE;
        let level = self.ladder.level_mut(level_slot);
        level.head = slot;
        level.total -= lots_gone;
        level.orders -= orders_gone;
        if slot == NONE {
            self.ladder.close(level_slot);
        }
        left
    }
    // #endregion match
    /// Step 4 of the contract's Add: whether `trade` would leave nothing of the taker.
    ///
    /// O(levels) where nothing is to be prevented, else O(orders) up to the taker's size.
    pub(crate) fn can_fill_whole(&self, taker: &Taker) -> bool {
        let makers = taker.side.other();
        let mut needed = u64::from(taker.size);
        let mut price = self.ladder.best(makers);
        // A price that no order has ends this too: it is beyond the range on the makers' side.
        while match taker.side {
            Side::Buy => price <= taker.price,
            Side::Sell => price >= taker.price,
        } {
            let level = self.ladder.level(self.ladder.prices.level(price));
            if !taker.prevents() {
                if level.total >= needed {
                    return true;
                }
                needed -= level.total;
            } else {
                let mut slot = level.head;
                while slot != NONE {
                    let maker = self.orders.at(slot);
                    if maker.owner != taker.owner {
                        if u64::from(maker.size) >= needed {
                            return true;
                        }
                        needed -= u64::from(maker.size);
                    } else if taker.stp != stp::CANCEL_RESTING {
                        return false;
                    }
                    slot = maker.next;
                }
            }
            price = self.ladder.next_worse(makers, price);
        }
        false
    }
}
