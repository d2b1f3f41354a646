//! From an order's id to its slot: direct where ids are dense, hashed where they are not.
//!
//! Ids are chosen by the caller, and nearly every caller counts up. The live ids then lie in a window that moves, and the
//! low bits of an id are an index that no other live id has. So the first place to look is a table indexed by those bits,
//! in blocks of 256, each tagged with the upper bits of the ids that it holds:
//!
//! ```text
//!            id = 0x0001_2A07     window of 2^16 ids
//!                   └─┬──┘└┴─ 0x07, within the block
//!                     └────── 0x12A, the tag; its low bits, 0x2A, choose the block
//!
//!  blocks  ┌─────────────┬─────────────┬── … ──┬──────────────┬── …       window  ┌────┬────┬────┬ …
//!          │ tag 0x100   │ tag 0x101   │       │ tag 0x12A    │           block   │    │    │slot│   (4 bytes an id)
//!          │ live 3      │ live 0      │       │ live 200     │           0x2A    └────┴────┴────┴ …
//!          └─────────────┴─────────────┴── … ──┴──────────────┴── …                 00   …   07
//! ```
//!
//! The tag and the slot are read side by side, neither waits for the other. A block without live ids takes any tag. Where
//! a block holds live ids of another tag, the id goes to the second place, a hash table; but when ids plainly count up (the
//! block beside the id's own is well filled), the newcomer gets the block, and the old one's last few stragglers go to the
//! hash table instead.
//!
//! Both tables grow with the live ids: 16 to 32 bytes an id in the window, and as many in the hash table where ids are
//! scattered. `find`, `insert` and `remove` are O(1) expected. The hash is fixed, since an engine has no randomness: who
//! chooses ids to collide makes it slow, never wrong.

use crate::orders::NONE;

const BLOCK_BITS: u32 = 8;
const BLOCK: usize = 1 << BLOCK_BITS;
const LEAST_WINDOW: usize = 1 << 16;
/// Ids of the window to each live id, at least.
const WINDOW_PER_LIVE: usize = 4;
/// A neighbouring block with that many live ids says that ids count up (or down).
const DENSE: u32 = 16;
/// A block with more live ids than that isn't cleared for a newcomer.
const STRAGGLERS: u32 = 32;

#[derive(Clone, Copy)]
struct Block {
    tag: u32,
    live: u32,
}

/// No id has this tag.
const NO_TAG: u32 = u32::MAX;

/// See the module.
pub(crate) struct IdIndex {
    window: Vec<u32>,
    blocks: Vec<Block>,
    live: usize,
    scattered: Scattered,
}

impl IdIndex {
    pub fn new() -> Self {
        Self {
            window: vec![NONE; LEAST_WINDOW],
            blocks: vec![
                Block {
                    tag: NO_TAG,
                    live: 0
                };
                LEAST_WINDOW / BLOCK
            ],
            live: 0,
            scattered: Scattered::new(),
        }
    }

    /// Live ids.
    pub fn live(&self) -> usize {
        self.live
    }

    /// Where the id stands in the window, and its block.
    #[inline(always)]
    fn places(&self, id: u32) -> (usize, usize) {
        let place = id as usize & (self.window.len() - 1);
        (place, place >> BLOCK_BITS)
    }

    /// The slot of a live id, or `NONE`.
    #[inline(always)]
    pub fn find(&self, id: u32) -> u32 {
        let (place, block) = self.places(id);
        if self.blocks[block].tag == id >> BLOCK_BITS {
            let slot = self.window[place];
            if slot != NONE {
                return slot;
            }
        }
        if self.scattered.is_empty() {
            return NONE;
        }
        self.scattered.find(id)
    }

    /// `id` must not be live.
    #[inline(always)]
    pub fn insert(&mut self, id: u32, slot: u32) {
        let (place, block) = self.places(id);
        let block = &mut self.blocks[block];
        if block.tag == id >> BLOCK_BITS {
            block.live += 1;
            self.window[place] = slot;
        } else {
            self.insert_elsewhere(id, slot);
        }
        self.live += 1;
        if self.live * WINDOW_PER_LIVE > self.window.len() {
            self.widen();
        }
    }

    /// Takes the id out, and gives its slot, or `NONE` where it isn't live.
    #[inline(always)]
    pub fn remove(&mut self, id: u32) -> u32 {
        let (place, block) = self.places(id);
        let block = &mut self.blocks[block];
        if block.tag == id >> BLOCK_BITS {
            let slot = self.window[place];
            if slot != NONE {
                self.window[place] = NONE;
                block.live -= 1;
                self.live -= 1;
                return slot;
            }
        }
        if self.scattered.is_empty() {
            return NONE;
        }
        let slot = self.scattered.remove(id);
        self.live -= (slot != NONE) as usize;
        slot
    }

    /// The id's block holds another tag.
    #[inline(never)]
    fn insert_elsewhere(&mut self, id: u32, slot: u32) {
        let (place, at) = self.places(id);
        let tag = id >> BLOCK_BITS;
        let live = self.blocks[at].live;
        if live > 0 {
            if live > STRAGGLERS || !(self.is_dense(tag.wrapping_sub(1)) || self.is_dense(tag + 1))
            {
                self.scattered.insert(id, slot);
                return;
            }
            self.clear_block(at);
        }
        self.blocks[at] = Block { tag, live: 1 };
        self.window[place] = slot;
    }

    fn is_dense(&self, tag: u32) -> bool {
        let block = self.blocks[tag as usize & (self.blocks.len() - 1)];
        block.tag == tag && block.live >= DENSE
    }

    /// Moves the live ids of a block to the hash table.
    fn clear_block(&mut self, at: usize) {
        let first = self.blocks[at].tag << BLOCK_BITS;
        for (id, slot) in (first..).zip(&mut self.window[at * BLOCK..][..BLOCK]) {
            if *slot != NONE {
                self.scattered.insert(id, *slot);
                *slot = NONE;
            }
        }
    }

    /// Doubles the window. Two blocks that had different places still have.
    #[cold]
    #[inline(never)]
    fn widen(&mut self) {
        let count = self.blocks.len() * 2;
        let mut blocks = vec![
            Block {
                tag: NO_TAG,
                live: 0
            };
            count
        ];
        let mut window = vec![NONE; count * BLOCK];
        for (from, block) in self
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| block.live > 0)
        {
            let to = block.tag as usize & (count - 1);
            blocks[to] = *block;
            window[to * BLOCK..][..BLOCK].copy_from_slice(&self.window[from * BLOCK..][..BLOCK]);
        }
        self.blocks = blocks;
        self.window = window;
    }
}

/// A hash table of ids and slots: open addressing, linear probing, at most two thirds full.
///
/// An entry is the id in the upper and the slot in the lower 32 bits, 0 where empty. Removal shifts back what comes after,
/// so that there are no tombstones and no rehash but growth.
struct Scattered {
    entries: Vec<u64>,
    len: usize,
    /// 32 − log2 of the number of entries.
    shift: u32,
}

impl Scattered {
    fn new() -> Self {
        Self {
            entries: Vec::new(),
            len: 0,
            shift: 32,
        }
    }

    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Fibonacci hashing: the upper bits of the product with 2^32 / φ.
    #[inline(always)]
    fn home(&self, id: u32) -> usize {
        (id.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// The place of the id, or the empty one where it would go.
    #[inline(always)]
    fn place(&self, id: u32) -> usize {
        let mask = self.entries.len() - 1;
        let mut place = self.home(id);
        loop {
            let entry = self.entries[place & mask];
            if entry == 0 || (entry >> 32) as u32 == id {
                return place & mask;
            }
            place += 1;
        }
    }

    #[inline(never)]
    fn find(&self, id: u32) -> u32 {
        self.entries[self.place(id)] as u32
    }

    fn insert(&mut self, id: u32, slot: u32) {
        if (self.len + 1) * 3 > self.entries.len() * 2 {
            self.grow();
        }
        let place = self.place(id);
        self.entries[place] = u64::from(id) << 32 | u64::from(slot);
        self.len += 1;
    }

    #[inline(never)]
    fn remove(&mut self, id: u32) -> u32 {
        let mut hole = self.place(id);
        let slot = self.entries[hole] as u32;
        if slot == NONE {
            return NONE;
        }
        self.len -= 1;
        let mask = self.entries.len() - 1;
        let mut place = hole;
        loop {
            place = (place + 1) & mask;
            let entry = self.entries[place];
            if entry == 0 {
                break;
            }
            // An entry may move back to the hole unless its home lies behind the hole.
            let home = self.home((entry >> 32) as u32);
            if place.wrapping_sub(home) & mask >= place.wrapping_sub(hole) & mask {
                self.entries[hole] = entry;
                hole = place;
            }
        }
        self.entries[hole] = 0;
        slot
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let count = (self.entries.len() * 2).max(64);
        let old = std::mem::replace(&mut self.entries, vec![0; count]);
        self.shift = 32 - count.trailing_zeros();
        for entry in old.into_iter().filter(|&entry| entry != 0) {
            let place = self.place((entry >> 32) as u32);
            self.entries[place] = entry;
        }
    }
}
