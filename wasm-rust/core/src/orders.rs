//! The slab of orders: every live order is a record in one vector, named by its slot.
//!
//! ```text
//! slot     0          1          2          3          4
//!      ┌──────────┬──────────┬──────────┬──────────┬──────────┐
//!      │ sentinel │ order 17 │  (free)  │ order 18 │  (free)  │     32 bytes each
//!      └──────────┴──────────┴────▲─────┴──────────┴────┬─────┘
//!               free ────────────────────────────▶ 4    │
//!                                 └────── next ─────────┘
//! ```
//!
//! Orders at one price form a doubly-linked list through `previous` and `next`, which are slots too. The links are
//! intrusive: they stand in the order itself, so that joining and leaving a queue touches two neighbours and allocates
//! nothing. Slot 0 is never an order. It ends every list, and a write to it is harmless, so that unlinking needs no branch
//! for "is there a neighbour". It has the id 0, which no order has.
//!
//! Slots that are free form a list through `next`. It is a stack: the slot that was freed last is used next, while it is
//! still in the cache.
//!
//! | operation | cost |
//! | --- | --- |
//! | take a slot, give it back | O(1) |
//! | growth, when none is free | O(1) amortised: the vector doubles |

/// Where a list ends, and what an index that holds nothing holds.
pub(crate) const NONE: u32 = 0;

/// What a resting order remembers of how it was added, in the low byte of `Order::level_and_traits`.
pub(crate) mod traits {
    /// Bits 0–1: self-trade prevention, as in `codes::stp`.
    pub const STP: u32 = 0b11;
    /// Bit 2: post-only.
    pub const POST_ONLY_SHIFT: u32 = 2;
    /// Bit 3: it sells.
    pub const SELLS_SHIFT: u32 = 3;
    /// Where the level's slot begins.
    pub const LEVEL_SHIFT: u32 = 8;
}
// #region order-record
/// A resting order.
/// It is aligned to its size, so that it is never on two lines of the cache.
#[derive(Clone, Copy, Default)]
#[repr(align(32))]
pub(crate) struct Order {
    pub id: u32,
    pub owner: u32,
    /// Open lots.
    pub size: u32,
    /// Slot of its level in bits 8–31, `traits` below. A level's slot is under 2^24, because prices are.
    pub level_and_traits: u32,
    /// The one before it in its level's queue.
    pub previous: u32,
    /// The one behind it; for a free slot, the free slot below it on the stack.
    pub next: u32,
    /// When it came to rest: the number of orders that had, before it.
    pub rested: u64,
}
// #endregion order-record
impl Order {
    #[inline(always)]
    pub fn level(&self) -> u32 {
        self.level_and_traits >> traits::LEVEL_SHIFT
    }
}

/// See the module.
pub(crate) struct Orders {
    slots: Vec<Order>,
    free: u32,
}

impl Orders {
    pub fn new() -> Self {
        let mut slots = Vec::with_capacity(1024);
        slots.push(Order::default());
        Self { slots, free: NONE }
    }

    /// Whether `take` needs `add_slot` before it.
    #[inline(always)]
    pub fn is_full(&self) -> bool {
        self.free == NONE
    }
    // #region slab
    /// Takes a free slot, whose content is to be written over.
    #[inline(always)]
    pub fn take(&mut self) -> u32 {
        let slot = self.free;
        self.free = self.slots[slot as usize].next;
        slot
    }

    #[inline(always)]
    pub fn give_back(&mut self, slot: u32) {
        self.slots[slot as usize].next = self.free;
        self.free = slot;
    }
    // #endregion slab
    /// Makes one more slot, which is free.
    pub fn add_slot(&mut self) {
        self.slots.push(Order::default());
        self.give_back((self.slots.len() - 1) as u32);
    }

    #[inline(always)]
    pub fn at(&self, slot: u32) -> &Order {
        &self.slots[slot as usize]
    }

    #[inline(always)]
    pub fn at_mut(&mut self, slot: u32) -> &mut Order {
        &mut self.slots[slot as usize]
    }

    /// How many slots there are, the sentinel and free ones included.
    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    /// The free slots, the next to be used first. For audits.
    pub fn free_slots(&self) -> impl Iterator<Item = u32> + '_ {
        let mut slot = self.free;
        std::iter::from_fn(move || {
            let found = slot;
            (found != NONE).then(|| {
                slot = self.slots[found as usize].next;
                found
            })
        })
    }
}
