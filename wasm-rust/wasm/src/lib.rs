//! The order book for JavaScript: commands and events lie in this module's linear memory, where JavaScript sees them
//! through views. Only integers cross the boundary.
//!
//! ```text
//!   JavaScript                                  linear memory
//!   commands = new Int32Array(buffer, p, n) ──▶ ┌──────────────────────────┐
//!                                               │ commands: 6 words each   │ ─┐
//!   submit(words) ─────────────────────────────▶│                          │  │ Book::execute
//!                                               │ events: 5 words each     │ ◀┘
//!   events = new Int32Array(buffer, q, m) ────▶ └──────────────────────────┘
//! ```
//!
//! Growing the memory detaches every view on it, and a buffer that grows moves. So each call that executes answers with
//! the number of event words, or with its complement, −1 − words, where views must be made again. The sign costs nothing,
//! and spares the caller a second call to ask.

use hotpath_core::codes::COMMAND_WORDS;
use hotpath_core::{Book, Events};
use wasm_bindgen::prelude::wasm_bindgen;

const COMMAND_RECORDS: usize = 1024;
const EVENT_RECORDS: usize = 4096;

/// A book, and the two buffers through which it is used.
#[wasm_bindgen]
pub struct Engine {
    book: Book,
    commands: Vec<i32>,
    events: Events,
    /// What the caller's views were made of: pages of memory, and where the events were.
    seen: (usize, usize),
}

#[wasm_bindgen]
impl Engine {
    /// An engine with an empty book.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Engine {
        let mut engine = Engine {
            book: Book::new(),
            commands: vec![0; COMMAND_RECORDS * COMMAND_WORDS],
            events: Events::with_capacity(EVENT_RECORDS),
            seen: (0, 0),
        };
        engine.seen = engine.places();
        engine
    }

    /// Where the commands begin: a byte offset in memory.
    pub fn commands(&self) -> usize {
        self.commands.as_ptr().addr()
    }

    /// How many words of commands there is room for.
    pub fn command_words(&self) -> usize {
        self.commands.len()
    }

    /// Where the events begin: a byte offset in memory.
    pub fn events(&self) -> usize {
        self.events.buffer().as_ptr().addr()
    }

    /// How many words of events there is room for, until the buffer grows.
    pub fn event_words(&self) -> usize {
        self.events.buffer().len()
    }

    /// Makes room for so many command records. Views must be made again.
    pub fn reserve(&mut self, command_records: usize) {
        let words = command_records * COMMAND_WORDS;
        if words > self.commands.len() {
            self.commands = Vec::new();
            self.commands = vec![0; words];
        }
        self.seen = self.places();
    }

    /// Executes the first `words` words of the commands.
    pub fn submit(&mut self, words: usize) -> i32 {
        self.events.clear();
        self.book.execute(&self.commands[..words], &mut self.events);
        self.answer()
    }

    /// Executes one add, given as word 0 of its record (side, type, time in force, flags) and its numbers.
    pub fn add(&mut self, codes: i32, id: i32, price: i32, size: i32, owner: i32) -> i32 {
        self.events.clear();
        self.book
            .add(codes, id, price, size, owner, &mut self.events);
        self.answer()
    }

    /// Executes one cancel.
    pub fn cancel(&mut self, id: i32) -> i32 {
        self.events.clear();
        self.book.cancel(id, &mut self.events);
        self.answer()
    }

    /// Executes one replace.
    pub fn replace(&mut self, id: i32, price: i32, size: i32) -> i32 {
        self.events.clear();
        self.book.replace(id, price, size, &mut self.events);
        self.answer()
    }

    /// Executes one book.
    pub fn book(&mut self, depth: i32) -> i32 {
        self.events.clear();
        self.book.book(depth, &mut self.events);
        self.answer()
    }

    /// The number of event words; its complement where the memory or the events' place is another than when last asked.
    fn answer(&mut self) -> i32 {
        let words = self.events.words().len() as i32;
        let places = self.places();
        if places == self.seen {
            return words;
        }
        self.seen = places;
        !words
    }

    fn places(&self) -> (usize, usize) {
        (memory_pages(), self.events())
    }
}

#[cfg(target_arch = "wasm32")]
fn memory_pages() -> usize {
    core::arch::wasm32::memory_size(0)
}

/// Elsewhere than in Wasm there are no views to be detached.
#[cfg(not(target_arch = "wasm32"))]
fn memory_pages() -> usize {
    0
}
