//! A hash table from one 32-bit number to another, for what is found too seldom to be worth more memory.
//!
//! ```text
//!  home of 7 ─┐                 an entry: the key in the upper, the value in the lower 32 bits; 0 is none
//!             ▼
//!  ┌─────┬────────┬────────┬─────┬──
//!  │  0  │ 7 → 31 │ 9 → 12 │  0  │ …    9 has the same home, and stands behind 7
//!  └─────┴────────┴────────┴─────┴──
//! ```
//!
//! Open addressing, linear probing, at most two thirds full. What is taken out leaves no mark: the entries behind it move up.
//! `find`, `insert` and `take` are O(1) expected; the table doubles when it is too full, and never shrinks.

use crate::orders::NONE;

/// See the module.
pub(crate) struct HashTable {
    entries: Vec<u64>,
    len: usize,
    /// 32 − log2 of the number of entries.
    shift: u32,
}

impl HashTable {
    pub fn new() -> Self {
        const LEAST_BITS: u32 = 6;
        Self {
            entries: vec![0; 1 << LEAST_BITS],
            len: 0,
            shift: 32 - LEAST_BITS,
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// Fibonacci hashing: the upper bits of the product with 2^32 / φ.
    #[inline(always)]
    fn home(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// The place of the key, or the empty one where it would go.
    #[inline(always)]
    fn place(&self, key: u32) -> usize {
        let mask = self.entries.len() - 1;
        let mut place = self.home(key);
        loop {
            let entry = self.entries[place];
            if entry == 0 || (entry >> 32) as u32 == key {
                return place;
            }
            place = (place + 1) & mask;
        }
    }

    /// What the key has, or `NONE`.
    #[inline(always)]
    pub fn find(&self, key: u32) -> u32 {
        self.entries[self.place(key)] as u32
    }

    /// The key must not be there, and neither it nor the value be 0.
    pub fn insert(&mut self, key: u32, value: u32) {
        if (self.len + 1) * 3 > self.entries.len() * 2 {
            self.grow();
        }
        let place = self.place(key);
        self.entries[place] = u64::from(key) << 32 | u64::from(value);
        self.len += 1;
    }

    /// Takes a key out, and gives what it had, or `NONE`.
    pub fn take(&mut self, key: u32) -> u32 {
        let mut hole = self.place(key);
        let value = self.entries[hole] as u32;
        if value == NONE {
            return NONE;
        }
        let mask = self.entries.len() - 1;
        let mut place = hole;
        loop {
            place = (place + 1) & mask;
            let entry = self.entries[place];
            if entry == 0 {
                break;
            }
            // An entry moves back to the hole unless its home lies behind the hole.
            let home = self.home((entry >> 32) as u32);
            if place.wrapping_sub(home) & mask >= place.wrapping_sub(hole) & mask {
                self.entries[hole] = entry;
                hole = place;
            }
        }
        self.entries[hole] = 0;
        self.len -= 1;
        value
    }

    #[cold]
    fn grow(&mut self) {
        let places = self.entries.len() * 2;
        self.shift -= 1;
        let entries = std::mem::replace(&mut self.entries, vec![0; places]);
        for entry in entries.into_iter().filter(|&entry| entry != 0) {
            let place = self.place((entry >> 32) as u32);
            self.entries[place] = entry;
        }
    }

    /// Empties the table, which keeps its size, and gives what was in it.
    pub fn take_all(&mut self) -> impl Iterator<Item = (u32, u32)> + use<> {
        self.len = 0;
        let empty = vec![0; self.entries.len()];
        let entries = std::mem::replace(&mut self.entries, empty);
        let full = entries.into_iter().filter(|&entry| entry != 0);
        full.map(|entry| ((entry >> 32) as u32, entry as u32))
    }
}
