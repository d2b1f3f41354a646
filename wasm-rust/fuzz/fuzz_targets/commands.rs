//! Bytes as commands, in two batches: the book answers each, stays sound, and gives the same events for one batch.
#![no_main]

use hotpath_core::codes::COMMAND_WORDS;
use hotpath_core::{Book, Events};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (words, _) = bytes.as_chunks::<4>();
    let words: Vec<i32> = words.iter().map(|&word| i32::from_le_bytes(word)).collect();
    let cut = words.len() / 2 / COMMAND_WORDS * COMMAND_WORDS;

    let (mut book, mut events) = (Book::new(), Events::default());
    book.execute(&words[..cut], &mut events);
    book.audit().expect("a sound book after the first batch");
    book.execute(&words[cut..], &mut events);
    book.audit().expect("a sound book after the second batch");
    assert!(
        events.records().len() >= words.len().div_ceil(COMMAND_WORDS),
        "each command gives an event"
    );

    let (mut again, mut same) = (Book::new(), Events::with_capacity(0));
    again.execute(&words, &mut same);
    assert!(
        events.records() == same.records(),
        "the batches change the events"
    );
});
