//! The ring on this machine's own threads, and its counters where they wrap.
#![cfg(not(loom))]

use hotpath_ring::Ring;
use std::thread;

#[test]
fn a_million_words_arrive_once_and_in_order() {
    const WORDS: u32 = 1_000_000;
    let mut ring: Ring<1024> = Ring::new();
    let (mut producer, mut consumer) = ring.split();
    thread::scope(|scope| {
        scope.spawn(move || {
            let words: Vec<u32> = (0..WORDS).collect();
            let mut rest = words.as_slice();
            let mut size = 1;
            while !rest.is_empty() {
                let taken = producer.push(&rest[..rest.len().min(size)]);
                rest = &rest[taken..];
                size = size % 97 + 1;
                if taken == 0 {
                    thread::yield_now();
                }
            }
        });
        let mut expected = 0;
        let mut words = [0; 64];
        while expected < WORDS {
            let taken = consumer.pop(&mut words);
            for &word in &words[..taken] {
                assert_eq!(word, expected);
                expected += 1;
            }
            if taken == 0 {
                thread::yield_now();
            }
        }
    });
}

#[test]
fn a_full_ring_takes_nothing_and_loses_nothing() {
    let mut ring: Ring<4> = Ring::new();
    let (mut producer, mut consumer) = ring.split();
    assert_eq!(producer.push(&[1, 2, 3, 4, 5]), 4);
    assert_eq!(producer.push(&[5]), 0);
    let mut words = [0; 3];
    assert_eq!(consumer.pop(&mut words), 3);
    assert_eq!(words, [1, 2, 3]);
    assert_eq!(producer.push(&[5, 6, 7, 8]), 3);
    let mut rest = [0; 8];
    assert_eq!(consumer.pop(&mut rest), 1, "what the consumer has seen comes first");
    assert_eq!(consumer.pop(&mut rest[1..]), 3);
    assert_eq!(rest[..4], [4, 5, 6, 7]);
    assert_eq!(consumer.pop(&mut rest), 0);
}

#[test]
fn the_ends_can_be_made_again_where_they_left_off() {
    let mut ring: Ring<2> = Ring::new();
    assert_eq!(ring.split().0.push(&[7]), 1);
    let mut words = [0; 2];
    assert_eq!(ring.split().1.pop(&mut words), 1);
    assert_eq!(words[0], 7);
}
