//! What holds between any two commands, checked from the outside in: for tests and fuzzing, never on the hot path.

use crate::book::Book;
use crate::codes::{MAX_ID, MAX_OWNER, MAX_PRICE, MAX_SIZE};
use crate::ladder::{Level, Side};
use crate::orders::{NONE, traits};
use crate::prices::{ABOVE_ALL, BELOW_ALL};

/// Returns an `Err` that says what doesn't hold.
macro_rules! hold {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err(format!($($message)+));
        }
    };
}

impl Book {
    /// Checks every invariant of the book. O(slots), and allocates.
    ///
    /// # Errors
    ///
    /// Says which invariant doesn't hold, and where.
    pub fn audit(&self) -> Result<(), String> {
        let mut seen = vec![false; self.orders.slots()];
        seen[NONE as usize] = true;
        let (mut live, mut best_bid, mut best_ask) = (0, BELOW_ALL, ABOVE_ALL);
        let mut price = self.ladder.prices.next_above(BELOW_ALL);
        while price != ABOVE_ALL {
            hold!(price <= MAX_PRICE, "there is a level at {price}");
            let slot = self.ladder.prices.level(price);
            let level = *self.ladder.level(slot);
            hold!(
                level.price == price,
                "level {slot} is at {price} and says {}",
                level.price
            );
            let side = self.audit_queue(slot, &level, &mut seen)?;
            match side {
                Side::Buy => {
                    hold!(best_ask == ABOVE_ALL, "a bid at {price} above an ask at {best_ask}");
                    best_bid = price;
                }
                Side::Sell => best_ask = best_ask.min(price),
            }
            live += level.orders as usize;
            let next = self.ladder.prices.next_above(price);
            let back = if next == ABOVE_ALL {
                price
            } else {
                self.ladder.prices.next_below(next)
            };
            hold!(back == price, "above {price} comes {next}, but below {next}, {back}");
            price = next;
        }
        let best = [Side::Buy, Side::Sell].map(|side| self.ladder.best(side));
        hold!(
            best == [best_bid, best_ask],
            "the best are {best_bid} and {best_ask}, not {best:?}"
        );
        hold!(
            live == self.live_orders(),
            "{live} orders in queues, {} counted",
            self.live_orders()
        );
        let indexed = self.ids.entries();
        hold!(indexed == live, "{live} orders in queues, {indexed} ids in the index");
        for slot in self.orders.free_slots() {
            let first = !std::mem::replace(&mut seen[slot as usize], true);
            hold!(first, "slot {slot} is free, and also in a queue or free twice");
        }
        match seen.iter().position(|seen| !seen) {
            Some(slot) => Err(format!("slot {slot} is lost: neither free nor in a queue")),
            None => self.audit_accounts(),
        }
    }

    /// Walks one queue, marks its slots, and gives its side.
    fn audit_queue(&self, level_slot: u32, level: &Level, seen: &mut [bool]) -> Result<Side, String> {
        let price = level.price;
        let (mut previous, mut slot) = (NONE, level.head);
        let (mut total, mut orders, mut sells) = (0, 0, 0);
        while slot != NONE {
            let order = self.orders.at(slot);
            let first = !std::mem::replace(&mut seen[slot as usize], true);
            hold!(first, "slot {slot} at {price} is in a queue twice");
            let in_range =
                (1..=MAX_ID).contains(&order.id) && (1..=MAX_SIZE).contains(&order.size) && order.owner <= MAX_OWNER;
            hold!(
                in_range,
                "order {} at {price} has size {}, owner {}",
                order.id,
                order.size,
                order.owner
            );
            hold!(
                order.previous == previous,
                "order {} at {price} is linked wrongly",
                order.id
            );
            hold!(
                order.level() == level_slot,
                "order {} at {price} names another level",
                order.id
            );
            let found = self.ids.find(&self.orders, order.id);
            hold!(
                found == slot,
                "order {} is at slot {slot}, and found at {found}",
                order.id
            );
            total += u64::from(order.size);
            orders += 1;
            sells += order.level_and_traits >> traits::SELLS_SHIFT & 1;
            (previous, slot) = (slot, order.next);
        }
        hold!(orders > 0, "the level at {price} is empty");
        hold!(level.tail == previous, "the last order at {price} isn't the tail");
        let counted = (level.total, level.orders);
        hold!(
            counted == (total, orders),
            "{total} lots of {orders} orders at {price}, counted {counted:?}"
        );
        hold!(sells == 0 || sells == orders, "both sides rest at {price}");
        Ok(if sells == 0 { Side::Buy } else { Side::Sell })
    }
}
