//! The set of prices that have a level, and which level each has: a hierarchical bitset in pages.
//!
//! A price is 24 bits. The upper 16 choose a page, the lower 8 a tick of it:
//!
//! ```text
//!  price  ┌────────────────┬────────┐
//!         │    page, 16    │ tick, 8│
//!         └────────────────┴────────┘
//!
//!  top     1 word    ┐ bit i: word i of `middle` isn't 0
//!  middle  16 words  │ bit i: word i of `bottom` isn't 0         which pages there are: 8 KiB
//!  bottom  1,024     ┘ bit i: there is a page i
//!  directory  65,536 numbers: where page i is in `pages`, 0 where nowhere              256 KiB
//!
//!  pages   ┌──────────┬──────────┬──────────┐
//!          │ 0: empty │ 1        │ 2        │ …      each: ticks  4 words, bit i: tick i has a level
//!          └──────────┴──────────┴──────────┘              levels 256 slots of `Level`          1,056 bytes
//! ```
//!
//! Page 0 stays empty. It stands for every page that isn't there, so that reading needs no branch. A page whose last level
//! goes is empty again, all zeros, and is used for the next page that is needed: memory follows the prices that are live.
//!
//! The next price above or below is found in the same word, then in the rest of the page, then through bottom, middle, top
//! and down again: at most 4 + 2 × 3 words whatever lies between, and in a book whose prices cluster, one. One set serves
//! both sides: a book at rest is never crossed, so that all prices up to the best bid are bids', and all from the best ask,
//! asks'.

use crate::orders::NONE;

const TICK_BITS: u32 = 8;
const TICKS: usize = 1 << TICK_BITS;
const PAGES: usize = 1 << 16;
/// Above the highest price, all bits set: what `next_above` gives where there is none.
pub(crate) const ABOVE_ALL: u32 = (1 << 25) - 1;
/// One below the lowest price: what `next_below` gives where there is none.
pub(crate) const BELOW_ALL: u32 = 0;

#[derive(Clone)]
struct Page {
    ticks: [u64; TICKS / 64],
    levels: [u32; TICKS],
}

const EMPTY_PAGE: Page = Page {
    ticks: [0; TICKS / 64],
    levels: [NONE; TICKS],
};

/// See the module.
pub(crate) struct Prices {
    directory: Box<[u32; PAGES]>,
    pages: Vec<Page>,
    free_pages: Vec<u32>,
    present: Box<PageSet>,
}

impl Prices {
    pub fn new() -> Self {
        let directory = vec![0; PAGES].into_boxed_slice();
        Self {
            directory: directory.try_into().expect("it was made with that length"),
            pages: vec![EMPTY_PAGE],
            free_pages: Vec::new(),
            present: Box::new(PageSet::new()),
        }
    }

    /// The level at a price, or `NONE`. O(1), two dependent loads.
    #[inline(always)]
    pub fn level(&self, price: u32) -> u32 {
        self.page(price).levels[price as usize % TICKS]
    }

    #[inline(always)]
    fn page(&self, price: u32) -> &Page {
        &self.pages[self.directory[(price >> TICK_BITS) as usize % PAGES] as usize]
    }

    /// Enters a price that has no level yet. O(1).
    pub fn insert(&mut self, price: u32, level: u32) {
        let number = price >> TICK_BITS;
        let mut page = self.directory[number as usize] as usize;
        if page == 0 {
            page = self.take_page() as usize;
            self.directory[number as usize] = page as u32;
            self.present.insert(number);
        }
        let tick = price as usize % TICKS;
        let page = &mut self.pages[page];
        page.ticks[tick / 64] |= 1 << (tick % 64);
        page.levels[tick] = level;
    }

    /// Takes out a price that has a level. O(1).
    pub fn remove(&mut self, price: u32) {
        let number = price >> TICK_BITS;
        let at = self.directory[number as usize];
        let tick = price as usize % TICKS;
        let page = &mut self.pages[at as usize];
        page.ticks[tick / 64] &= !(1 << (tick % 64));
        page.levels[tick] = NONE;
        if page.ticks == [0; TICKS / 64] {
            self.directory[number as usize] = 0;
            self.free_pages.push(at);
            self.present.remove(number);
        }
    }

    fn take_page(&mut self) -> u32 {
        self.free_pages.pop().unwrap_or_else(|| {
            self.pages.push(EMPTY_PAGE);
            // So that giving a page back never allocates.
            self.free_pages.reserve(self.pages.len());
            (self.pages.len() - 1) as u32
        })
    }
    // #region next-above
    /// The lowest price above, or `ABOVE_ALL`.
    #[inline]
    pub fn next_above(&self, price: u32) -> u32 {
        let tick = first_after(&self.page(price).ticks, price as usize % TICKS);
        if tick < TICKS {
            return (price & !(TICKS as u32 - 1)) + tick as u32;
        }
        self.next_page_above(price >> TICK_BITS)
    }
    // #endregion next-above
    /// The highest price below, or `BELOW_ALL`.
    #[inline]
    pub fn next_below(&self, price: u32) -> u32 {
        let tick = last_before(&self.page(price).ticks, price as usize % TICKS);
        if tick < TICKS {
            return (price & !(TICKS as u32 - 1)) + tick as u32;
        }
        self.next_page_below(price >> TICK_BITS)
    }

    #[inline(never)]
    fn next_page_above(&self, page: u32) -> u32 {
        match self.present.first_after(page) {
            None => ABOVE_ALL,
            Some(page) => {
                let first = page << TICK_BITS;
                let ticks = &self.page(first).ticks;
                let word = ticks.iter().position(|&word| word != 0).unwrap_or(0);
                first + (word * 64) as u32 + ticks[word].trailing_zeros()
            }
        }
    }

    #[inline(never)]
    fn next_page_below(&self, page: u32) -> u32 {
        match self.present.last_before(page) {
            None => BELOW_ALL,
            Some(page) => {
                let first = page << TICK_BITS;
                let ticks = &self.page(first).ticks;
                let word = ticks.iter().rposition(|&word| word != 0).unwrap_or(0);
                first + (word * 64) as u32 + (63 - ticks[word].leading_zeros())
            }
        }
    }
}
// #region first-after
/// The first bit above `bit`, or a number too large to be one.
#[inline(always)]
fn first_after(words: &[u64], bit: usize) -> usize {
    let mut word = bit / 64;
    // Shifted twice, because a shift by 64 is not defined.
    let mut rest = words[word] & (u64::MAX << (bit % 64) << 1);
    loop {
        if rest != 0 {
            return word * 64 + rest.trailing_zeros() as usize;
        }
        word += 1;
        if word >= words.len() {
            return usize::MAX;
        }
        rest = words[word];
    }
}
// #endregion first-after
/// The last bit below `bit`, or a number too large to be one.
#[inline(always)]
fn last_before(words: &[u64], bit: usize) -> usize {
    let mut word = bit / 64;
    let mut rest = words[word] & !(u64::MAX << (bit % 64));
    loop {
        if rest != 0 {
            return word * 64 + 63 - rest.leading_zeros() as usize;
        }
        if word == 0 {
            return usize::MAX;
        }
        word -= 1;
        rest = words[word];
    }
}

/// Which of the 65,536 pages there are: three layers of bits, of which a bit says that the word below it isn't 0.
struct PageSet {
    bottom: [u64; PAGES / 64],
    middle: [u64; PAGES / 64 / 64],
    top: u64,
}

impl PageSet {
    fn new() -> Self {
        Self {
            bottom: [0; PAGES / 64],
            middle: [0; PAGES / 64 / 64],
            top: 0,
        }
    }

    fn insert(&mut self, page: u32) {
        let page = page as usize;
        self.bottom[page >> 6] |= 1 << (page & 63);
        self.middle[page >> 12] |= 1 << (page >> 6 & 63);
        self.top |= 1 << (page >> 12);
    }

    fn remove(&mut self, page: u32) {
        let page = page as usize;
        self.bottom[page >> 6] &= !(1 << (page & 63));
        if self.bottom[page >> 6] == 0 {
            self.middle[page >> 12] &= !(1 << (page >> 6 & 63));
            if self.middle[page >> 12] == 0 {
                self.top &= !(1 << (page >> 12));
            }
        }
    }

    /// The first page after `page`. Up through the layers until one has a bit to the right, then down to the lowest.
    fn first_after(&self, page: u32) -> Option<u32> {
        let page = page as usize;
        let found = |word: u64, from: usize| match word & (u64::MAX << (from & 63) << 1) {
            0 => None,
            rest => Some((from & !63) + rest.trailing_zeros() as usize),
        };
        if let Some(page) = found(self.bottom[page >> 6], page) {
            return Some(page as u32);
        }
        let bottom = found(self.middle[page >> 12], page >> 6).or_else(|| {
            let middle = found(self.top, page >> 12)?;
            Some(middle * 64 + self.middle[middle].trailing_zeros() as usize)
        })?;
        Some((bottom * 64) as u32 + self.bottom[bottom].trailing_zeros())
    }

    /// The last page before `page`.
    fn last_before(&self, page: u32) -> Option<u32> {
        let page = page as usize;
        let found = |word: u64, from: usize| match word & !(u64::MAX << (from & 63)) {
            0 => None,
            rest => Some((from & !63) + 63 - rest.leading_zeros() as usize),
        };
        if let Some(page) = found(self.bottom[page >> 6], page) {
            return Some(page as u32);
        }
        let bottom = found(self.middle[page >> 12], page >> 6).or_else(|| {
            let middle = found(self.top, page >> 12)?;
            Some(middle * 64 + 63 - self.middle[middle].leading_zeros() as usize)
        })?;
        Some((bottom * 64) as u32 + 63 - self.bottom[bottom].leading_zeros())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::codes::MAX_PRICE;

    /// Prices around the edges of words, pages and each layer of the set of pages, and any.
    fn price() -> impl Strategy<Value = u32> {
        let edges = [64, 256, 1 << 14, 1 << 20, 1 << 22, 1 << 24];
        let near_an_edge = (0..edges.len(), 1..4_u32, -2..3_i32).prop_map(move |(edge, times, off)| {
            let price = (edges[edge] * times).wrapping_add_signed(off);
            price.clamp(1, MAX_PRICE)
        });
        prop_oneof![3 => near_an_edge, 1 => 1..=MAX_PRICE, 1 => Just(1), 1 => Just(MAX_PRICE)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn gives_a_maps_levels_and_neighbours(steps in prop::collection::vec((price(), any::<bool>()), 1..120)) {
            let (mut prices, mut model) = (Prices::new(), BTreeMap::new());
            for (level, (price, inserts)) in (1..).zip(steps) {
                let known = model.contains_key(&price);
                if inserts && !known {
                    prices.insert(price, level);
                    model.insert(price, level);
                } else if !inserts && known {
                    prices.remove(price);
                    model.remove(&price);
                }
                prop_assert_eq!(prices.level(price), model.get(&price).copied().unwrap_or(NONE));
                let above = model.range(price + 1..).next().map_or(ABOVE_ALL, |(&price, _)| price);
                prop_assert_eq!(prices.next_above(price), above);
                let below = model.range(..price).next_back().map_or(BELOW_ALL, |(&price, _)| price);
                prop_assert_eq!(prices.next_below(price), below);
            }
        }
    }

    #[test]
    fn pages_that_are_empty_are_used_again() {
        let mut prices = Prices::new();
        for round in 0..1000 {
            for step in 0..10 {
                prices.insert(1 + (round * 10 + step) * 1000, 1);
            }
            for step in 0..10 {
                prices.remove(1 + (round * 10 + step) * 1000);
            }
        }
        assert!(prices.pages.len() <= 11, "{} pages for ten prices", prices.pages.len());
    }
}
