//! Events: records of five words, written one after another into a buffer that is used again.

use crate::codes::{EVENT_OP_SHIFT, EVENT_SIDE_SHIFT, EVENT_WORDS, REASON_SHIFT, kind};

/// One event record, as `engines/contract/binary.ts` lays it out.
pub type EventRecord = [i32; EVENT_WORDS];

/// The caller's buffer of event records. It belongs to the caller, who clears it; the book only appends.
///
/// All of its capacity is initialised, so that appending is one bounds check and one store:
///
/// ```text
/// records  ┌────┬────┬────┬────┬╌╌╌╌┬╌╌╌╌┐
///          │ e0 │ e1 │ e2 │ e3 │ old│ old│
///          └────┴────┴────┴────┴╌╌╌╌┴╌╌╌╌┘
///                              ▲ len     ▲ records.len(), doubled when reached
/// ```
pub struct Events {
    records: Vec<EventRecord>,
    len: usize,
}

impl Events {
    /// A buffer with room for so many records before it grows.
    pub fn with_capacity(records: usize) -> Self {
        Self {
            records: vec![[0; EVENT_WORDS]; records],
            len: 0,
        }
    }

    /// Starts over. O(1); keeps the memory.
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// The records written since the last `clear`.
    pub fn records(&self) -> &[EventRecord] {
        &self.records[..self.len]
    }

    /// The same, as words.
    pub fn words(&self) -> &[i32] {
        self.records().as_flattened()
    }

    /// All of the buffer, what is not written included: for who looks at it from outside of Rust. It moves when it grows.
    pub fn buffer(&self) -> &[i32] {
        self.records.as_flattened()
    }

    /// The growing path takes no record: one that must stand ready for a call is first written to the stack, word by word,
    /// and then read from there at once in larger pieces, which processors can't forward. That doubled the cost of an event.
    #[inline(always)]
    fn push(&mut self, record: EventRecord) {
        let place = match self.records.get_mut(self.len) {
            Some(place) => place,
            None => self.grow(),
        };
        *place = record;
        self.len += 1;
    }

    /// Doubles the buffer, and gives the first new place.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> &mut EventRecord {
        let records = (self.records.len() * 2).max(64);
        self.records.resize(records, [0; EVENT_WORDS]);
        &mut self.records[self.len]
    }

    #[inline(always)]
    pub(crate) fn accepted(&mut self, id: u32) {
        self.push([kind::ACCEPTED as i32, id as i32, 0, 0, 0]);
    }

    #[inline(always)]
    pub(crate) fn executed(&mut self, taker: u32, maker: u32, price: u32, size: u32) {
        self.push([
            kind::EXECUTED as i32,
            taker as i32,
            maker as i32,
            price as i32,
            size as i32,
        ]);
    }

    #[inline(always)]
    pub(crate) fn canceled(&mut self, id: u32, size: u32, reason: u32) {
        let word = kind::CANCELED | (reason << REASON_SHIFT);
        self.push([word as i32, id as i32, 0, 0, size as i32]);
    }

    #[inline(always)]
    pub(crate) fn replaced(&mut self, id: u32, price: u32, size: u32) {
        self.push([kind::REPLACED as i32, id as i32, 0, price as i32, size as i32]);
    }

    pub(crate) fn limits(&mut self, owner: u32) {
        self.push([kind::LIMITS as i32, owner as i32, 0, 0, 0]);
    }

    pub(crate) fn killed(&mut self, owner: u32) {
        self.push([kind::KILLED as i32, owner as i32, 0, 0, 0]);
    }

    pub(crate) fn lifted(&mut self, owner: u32) {
        self.push([kind::LIFTED as i32, owner as i32, 0, 0, 0]);
    }

    /// `op` is 0 where it is unknown, `id` 0 where it is left out.
    #[cold]
    pub(crate) fn rejected(&mut self, op: u32, id: u32, reason: u32) {
        let word = kind::REJECTED | (reason << REASON_SHIFT) | (op << EVENT_OP_SHIFT);
        self.push([word as i32, id as i32, 0, 0, 0]);
    }

    /// Writes a book without levels yet, and gives its place for `set_book_levels`.
    pub(crate) fn book(&mut self) -> usize {
        self.push([kind::BOOK as i32, 0, 0, 0, 0]);
        self.len - 1
    }

    pub(crate) fn set_book_levels(&mut self, place: usize, bids: u32, asks: u32) {
        self.records[place] = [kind::BOOK as i32, bids as i32, asks as i32, 0, 0];
    }

    pub(crate) fn level(&mut self, side: u32, price: u32, total: u64, orders: u32) {
        let word = kind::LEVEL | (side << EVENT_SIDE_SHIFT);
        self.push([
            word as i32,
            orders as i32,
            (total >> 32) as i32,
            price as i32,
            total as i32,
        ]);
    }
}

impl Default for Events {
    fn default() -> Self {
        Self::with_capacity(1024)
    }
}
