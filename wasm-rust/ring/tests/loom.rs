//! Every order of loads and stores that the memory model allows, up to the bounds of the model: two threads, a ring of two words, five
//! words through it, so that it is full, empties and begins again at its first slot. About 19,000 schedules.
#![cfg(loom)]

use core::sync::atomic::Ordering;
use hotpath_ring::{Orders, Published, Ring};
use loom::thread;

const WORDS: u32 = 5;

// #region model
fn words_arrive_in_order<O: Orders + Send + Sync + 'static>() {
    loom::model(|| {
        // loom's threads take no borrow, so the ring is leaked, once an execution.
        let ring: &'static mut Ring<2, O> = Box::leak(Box::new(Ring::new()));
        let (mut producer, mut consumer) = ring.split();
        let writer = thread::spawn(move || {
            let mut next = 1;
            while next <= WORDS {
                let batch = [next, next + 1];
                let taken = producer.push(&batch[..(WORDS + 1 - next).min(2) as usize]) as u32;
                next += taken;
                if taken == 0 {
                    thread::yield_now();
                }
            }
        });
        let mut expected = 1;
        while expected <= WORDS {
            let mut words = [0; 2];
            let taken = consumer.pop(&mut words);
            for &word in &words[..taken] {
                assert_eq!(word, expected);
                expected += 1;
            }
            if taken == 0 {
                thread::yield_now();
            }
        }
        writer.join().unwrap();
    });
}

#[test]
fn every_word_arrives_once_and_in_order() {
    words_arrive_in_order::<Published>();
}
// #endregion model

// #region weakened
/// One order weakened: the ring must fail, or the order wasn't needed.
macro_rules! weakened {
    ($test:ident, $order:ident) => {
        #[test]
        #[should_panic(expected = "Causality violation")]
        fn $test() {
            struct Weakened;
            impl Orders for Weakened {
                const $order: Ordering = Ordering::Relaxed;
            }
            words_arrive_in_order::<Weakened>();
        }
    };
}

weakened!(words_published_without_release_are_read_too_early, PUBLISH_WORDS);
weakened!(words_seen_without_acquire_are_read_too_early, SEE_WORDS);
weakened!(room_returned_without_release_is_written_too_early, RETURN_ROOM);
weakened!(room_seen_without_acquire_is_written_too_early, SEE_ROOM);
// #endregion weakened
