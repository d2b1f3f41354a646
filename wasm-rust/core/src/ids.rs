//! From an order's id to its slot: direct where ids are dense, hashed where they are not.
//!
//! Ids are chosen by the caller, and nearly every caller counts up. The live ids then lie in a window that moves, and the low
//! bits of an id are a place that few other live ids share. So the first table is indexed by those bits alone:
//!
//! ```text
//!   id = 0x0001_2A07      window of 2^16 places
//!             └──┬─┘
//!                │           window     ┌──────┬──────┬───────┬──────┬──
//!                └─────────▶ 0x2A07     │ slot │ slot │ slot  │ none │ …       4 bytes a place
//!                                       └──────┴──────┴───┬───┴──────┴──
//!                                                         ▼
//!                            orders     ┌──────┬──────┬───────┬──
//!                                       │      │      │ id ── │ … is it the id that was asked for?
//!                                       └──────┴──────┴───────┴──
//! ```
//!
//! The window holds no ids: the order does, and whoever looks for an order reads it anyway. A newcomer takes its place from an
//! older order that stands there, which goes to the second table, a hash table. For ids that count up these are the few orders that
//! outlive a whole window. For ids scattered over the whole range they are one in eight or so. For each place, `moved` counts
//! the ids that went to the hash table from there, so that who finds the place empty knows that the id is nowhere.
//!
//! | operation | cost |
//! | --- | --- |
//! | find, insert, take | O(1): one place and one order; where another id stood there, also the hash table, O(1) expected |
//! | growth | O(places), when the slab of orders has grown to a quarter of the window |
//!
//! Memory: 20 to 40 bytes for each order of the largest book, and up to 24 for each of those that went to the hash table. The
//! hash is fixed, since an engine has no randomness: ids chosen to collide make it slow, never wrong.

use crate::hashed::HashTable;
use crate::orders::{NONE, Orders};

const LEAST_PLACES: usize = 1 << 16;
/// Places to each slot of the slab, at least.
const PLACES_PER_SLOT: usize = 4;

/// See the module.
pub(crate) struct IdIndex {
    window: Vec<u32>,
    /// For each place, how many ids are in the hash table that belong there; from `u8::MAX` on, so many or more.
    moved: Vec<u8>,
    hashed: HashTable,
}

impl IdIndex {
    pub fn new() -> Self {
        Self {
            window: vec![NONE; LEAST_PLACES],
            moved: vec![0; LEAST_PLACES],
            hashed: HashTable::new(),
        }
    }

    #[inline(always)]
    fn place(&self, id: u32) -> usize {
        id as usize & (self.window.len() - 1)
    }
    // #region find
    /// The slot of a live order, or `NONE`.
    #[inline(always)]
    pub fn find(&self, orders: &Orders, id: u32) -> u32 {
        let slot = self.window[self.place(id)];
        if orders.at(slot).id == id {
            return slot;
        }
        self.find_hashed(id)
    }
    // #endregion find
    /// What stands in the id's place, be it another's slot. For who only wants the place to be in the cache.
    #[inline(always)]
    pub fn glance(&self, id: u32) -> u32 {
        self.window[self.place(id)]
    }

    /// Whether the id is that of a live order: as `find`, for when it is expected not to be.
    #[inline(always)]
    pub fn is_live(&self, orders: &Orders, id: u32) -> bool {
        let place = self.place(id);
        if self.window[place] == NONE && self.moved[place] == 0 {
            return false;
        }
        self.find(orders, id) != NONE
    }

    /// `id` must not be live.
    #[inline(always)]
    pub fn insert(&mut self, orders: &Orders, id: u32, slot: u32) {
        let place = self.place(id);
        let old = std::mem::replace(&mut self.window[place], slot);
        if old != NONE {
            self.move_to_hashed(place, orders.at(old).id, old);
        }
    }

    /// Takes out an id, and gives its slot, or `NONE` where it isn't live.
    #[inline(always)]
    pub fn take(&mut self, orders: &Orders, id: u32) -> u32 {
        let place = self.place(id);
        let slot = self.window[place];
        if orders.at(slot).id == id {
            self.window[place] = NONE;
            return slot;
        }
        self.take_hashed(place, id)
    }

    #[inline(never)]
    fn find_hashed(&self, id: u32) -> u32 {
        if self.moved[self.place(id)] == 0 {
            return NONE;
        }
        self.hashed.find(id)
    }

    #[inline(never)]
    fn move_to_hashed(&mut self, place: usize, id: u32, slot: u32) {
        self.moved[place] = self.moved[place].saturating_add(1);
        self.hashed.insert(id, slot);
    }

    #[inline(never)]
    fn take_hashed(&mut self, place: usize, id: u32) -> u32 {
        let moved = self.moved[place];
        if moved == 0 {
            return NONE;
        }
        let slot = self.hashed.take(id);
        // Where there are too many to count, the place never counts down again.
        if slot != NONE && moved < u8::MAX {
            self.moved[place] = moved - 1;
        }
        slot
    }

    /// How many ids there are. O(places); for audits.
    pub fn entries(&self) -> usize {
        self.window.iter().filter(|&&slot| slot != NONE).count() + self.hashed.len()
    }

    /// To be called when the slab of orders has grown: keeps the window large enough for it.
    pub fn fit(&mut self, orders: &Orders) {
        if orders.slots() * PLACES_PER_SLOT > self.window.len() {
            self.widen(orders);
        }
    }

    /// Doubles the window. Ids that had different places still have, and some that had the same no longer do.
    fn widen(&mut self, orders: &Orders) {
        let places = self.window.len() * 2;
        let window = std::mem::replace(&mut self.window, vec![NONE; places]);
        self.moved = vec![0; places];
        for slot in window.into_iter().filter(|&slot| slot != NONE) {
            let place = self.place(orders.at(slot).id);
            self.window[place] = slot;
        }
        for (id, slot) in self.hashed.take_all() {
            self.insert(orders, id, slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index and a slab, filled with these ids.
    fn filled(ids: impl Iterator<Item = u32>) -> (IdIndex, Orders) {
        let (mut index, mut orders) = (IdIndex::new(), Orders::new());
        for id in ids {
            insert(&mut index, &mut orders, id);
        }
        (index, orders)
    }

    fn insert(index: &mut IdIndex, orders: &mut Orders, id: u32) -> u32 {
        if orders.is_full() {
            orders.add_slot();
            index.fit(orders);
        }
        let slot = orders.take();
        orders.at_mut(slot).id = id;
        index.insert(orders, id, slot);
        slot
    }

    #[test]
    fn ids_that_count_up_stay_in_the_window() {
        let (index, orders) = filled(1..200_000);
        assert_eq!(index.hashed.len(), 0);
        assert_eq!(index.entries(), 199_999);
        assert!((1..200_000).all(|id| orders.at(index.find(&orders, id)).id == id));
    }

    #[test]
    fn ids_that_all_share_a_place_are_all_found() {
        let ids = || (1..1000).map(|n| n << 20);
        let (mut index, mut orders) = filled(ids());
        assert_eq!(index.hashed.len(), 998);
        for id in ids() {
            assert!(!index.is_live(&orders, id + 1));
            assert!(index.is_live(&orders, id));
            let slot = index.take(&orders, id);
            assert_eq!(orders.at(slot).id, id);
            orders.give_back(slot);
            // The order that was there must not be found by its record, which is still to be written over.
            assert!(!index.is_live(&orders, id));
            assert_eq!(index.take(&orders, id), NONE);
        }
        assert_eq!(index.entries(), 0);
        let slot = insert(&mut index, &mut orders, 1 << 20);
        assert_eq!(index.find(&orders, 1 << 20), slot);
    }

    #[test]
    fn scattered_ids_are_found_as_the_window_widens() {
        let ids = || (1..100_000_u32).map(|n| n.wrapping_mul(0x9E37_79B1) >> 1 | 1);
        let (index, orders) = filled(ids());
        assert!(ids().all(|id| orders.at(index.find(&orders, id)).id == id));
        assert!(
            index.hashed.len() * 4 < orders.slots(),
            "{} are hashed",
            index.hashed.len()
        );
    }

    #[test]
    fn the_newest_order_has_the_place() {
        let (index, orders) = filled([7, 7 + (1 << 16)].into_iter());
        assert_eq!(orders.at(index.window[7]).id, 7 + (1 << 16));
        assert_eq!(orders.at(index.find(&orders, 7)).id, 7);
    }
}
