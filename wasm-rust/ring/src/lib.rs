//! A ring of words between two threads: one produces, one consumes, and neither ever waits for a lock.
//!
//! Each side owns one counter, which only it writes: `written` is the producer's, `read` the consumer's. Both only grow, and wrap at
//! 2³²; their difference is what lies in the ring. So full and empty can't be confused, and no word is lost to tell them apart.
//!
//! What makes it right is not the counters but their memory orders: four of them, each needed. `tests/loom.rs` weakens one at a
//! time, and shows a schedule in which a word is read before it is written, or overwritten before it is read.

#![no_std]

mod shared;

use core::marker::PhantomData;
use core::sync::atomic::Ordering;
use shared::{Counter, Slot};

// #region orders
/// The four memory orders of a ring. Those that are right are [`Published`]; tests have weaker ones.
pub trait Orders {
    /// The producer's store of `written`: the words before it must be seen by who sees it.
    const PUBLISH_WORDS: Ordering = Ordering::Release;
    /// The consumer's load of `written`: no word is read before it.
    const SEE_WORDS: Ordering = Ordering::Acquire;
    /// The consumer's store of `read`: the words before it have been read.
    const RETURN_ROOM: Ordering = Ordering::Release;
    /// The producer's load of `read`: no word is written before it.
    const SEE_ROOM: Ordering = Ordering::Acquire;
}

/// The orders that the ring needs: a release for each publication, an acquire for each look at it.
pub struct Published;
impl Orders for Published {}
// #endregion orders

// #region own-line
/// A counter on a cache line of its own: two that share one make each store of a side a miss of the other.
#[repr(align(128))]
struct OwnLine(Counter);
// #endregion own-line

/// Room for `WORDS` words, a power of two from 2 to 2³¹.
pub struct Ring<const WORDS: usize, O: Orders = Published> {
    written: OwnLine,
    read: OwnLine,
    slots: [Slot; WORDS],
    orders: PhantomData<O>,
}

impl<const WORDS: usize, O: Orders> Ring<WORDS, O> {
    /// An empty ring. A size that is not a power of two does not compile.
    pub fn new() -> Self {
        const { assert!(WORDS.is_power_of_two() && WORDS >= 2 && WORDS <= 1 << 31) };
        Self {
            written: OwnLine(Counter::new(0)),
            read: OwnLine(Counter::new(0)),
            slots: core::array::from_fn(|_| Slot::new()),
            orders: PhantomData,
        }
    }

    /// Its two ends. There is one of each, because the ring is borrowed for as long as they live: that there is a single producer and a
    /// single consumer is checked by the compiler.
    pub fn split(&mut self) -> (Producer<'_, WORDS, O>, Consumer<'_, WORDS, O>) {
        let ring = &*self;
        let (written, read) = (
            ring.written.0.load(Ordering::Relaxed),
            ring.read.0.load(Ordering::Relaxed),
        );
        (
            Producer {
                ring,
                written,
                seen_read: read,
            },
            Consumer {
                ring,
                read,
                seen_written: written,
            },
        )
    }

    fn slot(&self, at: u32) -> &Slot {
        &self.slots[at as usize & (WORDS - 1)]
    }
}

impl<const WORDS: usize, O: Orders> Default for Ring<WORDS, O> {
    fn default() -> Self {
        Self::new()
    }
}

/// The end that writes.
pub struct Producer<'a, const WORDS: usize, O: Orders = Published> {
    ring: &'a Ring<WORDS, O>,
    written: u32,
    /// `read` as it was last seen: it can only have grown since, so there is at least that much room.
    seen_read: u32,
}

impl<const WORDS: usize, O: Orders> Producer<'_, WORDS, O> {
    // #region push
    /// Writes as many of `words` as there is room for, and publishes them as one. Returns how many: fewer when the ring is full.
    pub fn push(&mut self, words: &[u32]) -> usize {
        if self.room() < words.len() {
            self.seen_read = self.ring.read.0.load(O::SEE_ROOM);
        }
        let taken = words.len().min(self.room());
        for &word in &words[..taken] {
            self.ring.slot(self.written).write(word);
            self.written = self.written.wrapping_add(1);
        }
        if taken > 0 {
            self.ring.written.0.store(self.written, O::PUBLISH_WORDS);
        }
        taken
    }
    // #endregion push

    fn room(&self) -> usize {
        WORDS - self.written.wrapping_sub(self.seen_read) as usize
    }
}

/// The end that reads.
pub struct Consumer<'a, const WORDS: usize, O: Orders = Published> {
    ring: &'a Ring<WORDS, O>,
    read: u32,
    /// `written` as it was last seen.
    seen_written: u32,
}

impl<const WORDS: usize, O: Orders> Consumer<'_, WORDS, O> {
    // #region pop
    /// Reads what is there into `words`, at most as many as fit, and gives their room back as one. Returns how many: 0 when the ring is
    /// empty.
    pub fn pop(&mut self, words: &mut [u32]) -> usize {
        if self.there() == 0 {
            self.seen_written = self.ring.written.0.load(O::SEE_WORDS);
        }
        let taken = words.len().min(self.there());
        for word in &mut words[..taken] {
            *word = self.ring.slot(self.read).read();
            self.read = self.read.wrapping_add(1);
        }
        if taken > 0 {
            self.ring.read.0.store(self.read, O::RETURN_ROOM);
        }
        taken
    }
    // #endregion pop

    fn there(&self) -> usize {
        self.seen_written.wrapping_sub(self.read) as usize
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn counters_that_wrap_lose_nothing() {
        let mut ring: Ring<4> = Ring::new();
        ring.written = OwnLine(Counter::new(u32::MAX - 1));
        ring.read = OwnLine(Counter::new(u32::MAX - 1));
        let (mut producer, mut consumer) = ring.split();
        assert_eq!(producer.push(&[1, 2, 3, 4, 5]), 4);
        let mut words = [0; 4];
        assert_eq!(consumer.pop(&mut words), 4);
        assert_eq!(words, [1, 2, 3, 4]);
        assert_eq!(producer.push(&[5, 6]), 2);
        assert_eq!(consumer.pop(&mut words), 2);
        assert_eq!(words[..2], [5, 6]);
    }
}
