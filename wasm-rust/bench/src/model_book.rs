//! The book that a core flow keeps of its own commands, so as to cancel what is live and to know the best prices.

use std::collections::{BTreeMap, VecDeque};

struct Live {
    id: u32,
    tick: i32,
    open: u32,
    is_buy: bool,
    place: usize,
}

/// As plain as the flow's speed allows; nothing is shared with the engine under test.
#[derive(Default)]
pub struct ModelBook {
    slots: Vec<Live>,
    free: Vec<usize>,
    /// By price; a price never holds both sides. A slot that has left is skipped when its turn comes.
    queues: BTreeMap<i32, VecDeque<(usize, u32)>>,
    /// Open orders by price and side, so that a queue of none but leavers is no price.
    counts: [BTreeMap<i32, usize>; 2],
    live: Vec<usize>,
    of_side: [usize; 2],
}

impl ModelBook {
    /// Live orders, and how many of them buy or sell.
    pub fn live_orders(&self) -> usize {
        self.live.len()
    }

    /// Live orders of a side.
    pub fn live_orders_of(&self, is_buy: bool) -> usize {
        self.of_side[usize::from(is_buy)]
    }

    /// The highest bid.
    pub fn best_bid(&self) -> Option<i32> {
        self.counts[1].last_key_value().map(|(&tick, _)| tick)
    }

    /// The lowest ask.
    pub fn best_ask(&self) -> Option<i32> {
        self.counts[0].first_key_value().map(|(&tick, _)| tick)
    }

    /// The id of the live order at `place`.
    pub fn id_at(&self, place: usize) -> u32 {
        self.slots[self.live[place]].id
    }

    /// Cancels the live order at `place`.
    pub fn cancel_at(&mut self, place: usize) {
        self.remove(self.live[place]);
    }

    /// Trades while prices cross, down to `limit` where there is one, and gives the lots left.
    pub fn take(&mut self, is_buy: bool, limit: Option<i32>, lots: u32) -> u32 {
        let mut left = lots;
        while left > 0 {
            let best = if is_buy { self.best_ask() } else { self.best_bid() };
            let Some(tick) = best else { break };
            if limit.is_some_and(|limit| if is_buy { tick > limit } else { tick < limit }) {
                break;
            }
            let maker = self.first_at(tick);
            if self.slots[maker].open > left {
                self.slots[maker].open -= left;
                return 0;
            }
            left -= self.slots[maker].open;
            self.remove(maker);
        }
        left
    }

    fn first_at(&mut self, tick: i32) -> usize {
        let queue = self
            .queues
            .get_mut(&tick)
            .expect("a price with live orders has a queue");
        loop {
            let &(slot, id) = queue.front().expect("and one of them is in it");
            if self.slots[slot].id == id && self.slots[slot].open > 0 {
                return slot;
            }
            queue.pop_front();
        }
    }

    /// Puts an order at the end of its price's queue.
    pub fn rest(&mut self, id: u32, is_buy: bool, tick: i32, lots: u32) {
        let live = Live {
            id,
            tick,
            open: lots,
            is_buy,
            place: self.live.len(),
        };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot] = live;
                slot
            }
            None => {
                self.slots.push(live);
                self.slots.len() - 1
            }
        };
        self.live.push(slot);
        self.queues.entry(tick).or_default().push_back((slot, id));
        *self.counts[usize::from(is_buy)].entry(tick).or_default() += 1;
        self.of_side[usize::from(is_buy)] += 1;
    }

    fn remove(&mut self, slot: usize) {
        let Live {
            tick, is_buy, place, ..
        } = self.slots[slot];
        self.slots[slot].open = 0;
        self.live.swap_remove(place);
        if let Some(&moved) = self.live.get(place) {
            self.slots[moved].place = place;
        }
        self.free.push(slot);
        self.of_side[usize::from(is_buy)] -= 1;
        let counts = &mut self.counts[usize::from(is_buy)];
        let count = counts.get_mut(&tick).expect("a live order is counted");
        *count -= 1;
        if *count == 0 {
            counts.remove(&tick);
            self.queues.remove(&tick);
        }
    }
}
