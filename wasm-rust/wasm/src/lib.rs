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

//!
//! An instance of the module is one book. Who wants several makes several instances of one compiled module: they share
//! its code, and neither memory nor fate.

use std::cell::RefCell;

use hotpath_core::codes::COMMAND_WORDS;
use hotpath_core::{Book, Events};
use wasm_bindgen::prelude::wasm_bindgen;

const COMMAND_RECORDS: usize = 1024;
const EVENT_RECORDS: usize = 4096;

/// The book, and the two buffers through which it is used.
struct Engine {
    book: Book,
    commands: Vec<i32>,
    events: Events,
    /// What the caller's views were made of: pages of memory, and where the events were.
    seen: (usize, usize),
}

thread_local! {
    /// Made by the first call. A trap leaves it borrowed, so that each call after it traps too.
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

#[inline(always)]
fn with_engine<T>(call: impl FnOnce(&mut Engine) -> T) -> T {
    ENGINE.with_borrow_mut(|engine| call(engine.get_or_insert_with(Engine::new)))
}

impl Engine {
    #[cold]
    fn new() -> Engine {
        Engine {
            book: Book::new(),
            commands: vec![0; COMMAND_RECORDS * COMMAND_WORDS],
            events: Events::with_capacity(EVENT_RECORDS),
            seen: (0, 0),
        }
    }

    /// Runs what appends events; the number of their words, or its complement where the memory or the events' place is
    /// another than when last asked.
    #[inline(always)]
    fn answer(&mut self, run: impl FnOnce(&mut Book, &[i32], &mut Events)) -> i32 {
        self.events.clear();
        run(&mut self.book, &self.commands, &mut self.events);
        let words = self.events.words().len() as i32;
        let places = (memory_pages(), self.events.buffer().as_ptr().addr());
        if places == self.seen {
            return words;
        }
        self.seen = places;
        !words
    }
}

/// Where the commands begin: a byte offset in memory.
#[wasm_bindgen]
pub fn commands() -> usize {
    with_engine(|engine| engine.commands.as_ptr().addr())
}

/// How many words of commands there is room for.
#[wasm_bindgen]
pub fn command_words() -> usize {
    with_engine(|engine| engine.commands.len())
}

/// Where the events begin: a byte offset in memory.
#[wasm_bindgen]
pub fn events() -> usize {
    with_engine(|engine| engine.events.buffer().as_ptr().addr())
}

/// How many words of events there is room for, until the buffer grows.
#[wasm_bindgen]
pub fn event_words() -> usize {
    with_engine(|engine| engine.events.buffer().len())
}

/// Makes room for so many command records. Views must be made again.
#[wasm_bindgen]
pub fn reserve(command_records: usize) {
    with_engine(|engine| {
        let words = command_records.saturating_mul(COMMAND_WORDS);
        if words > engine.commands.len() {
            // The old buffer goes first: its content needn't be kept.
            engine.commands = Vec::new();
            engine.commands = vec![0; words];
        }
    });
}
// #region submit
/// Executes the first `words` words of the commands.
#[wasm_bindgen]
pub fn submit(words: usize) -> i32 {
    with_engine(|engine| engine.answer(|book, commands, events| book.execute(&commands[..words], events)))
}
// #endregion submit
/// Executes one add, given as word 0 of its record (side, type, time in force, flags) and its numbers.
#[wasm_bindgen]
pub fn add(codes: i32, id: i32, price: i32, size: i32, owner: i32) -> i32 {
    with_engine(|engine| engine.answer(|book, _, events| book.add(codes, id, price, size, owner, events)))
}

/// Executes one cancel.
#[wasm_bindgen]
pub fn cancel(id: i32) -> i32 {
    with_engine(|engine| engine.answer(|book, _, events| book.cancel(id, events)))
}

/// Executes one replace.
#[wasm_bindgen]
pub fn replace(id: i32, price: i32, size: i32) -> i32 {
    with_engine(|engine| engine.answer(|book, _, events| book.replace(id, price, size, events)))
}

/// Executes one book.
#[wasm_bindgen]
pub fn book(depth: i32) -> i32 {
    with_engine(|engine| engine.answer(|book, _, events| book.book(depth, events)))
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
