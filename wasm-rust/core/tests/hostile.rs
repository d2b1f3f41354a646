//! Words that nobody meant never panic, never loop and never corrupt.

use hotpath_core::{Book, Events};
use proptest::prelude::*;

mod support;

/// Mostly nonsense; often enough a word that is nearly right.
fn word() -> impl Strategy<Value = i32> {
    prop_oneof![
        3 => any::<i32>(),
        3 => 0..9_i32,
        2 => prop_oneof![Just(i32::MIN), Just(i32::MAX), Just(-1), Just(0xff_ffff), Just(0x100_0000)],
        // An op with fields of any code.
        4 => any::<i32>().prop_map(|word| word & 0x0fff_ff00 | 1),
        4 => (0..0x1000_i32).prop_map(|fields| fields << 16 & 0x0333_0000 | (fields & 0x300) | 1),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_words_leave_a_sound_book_and_the_models_events(words in prop::collection::vec(word(), 0..600)) {
        let (mut book, mut events) = (Book::new(), Events::default());
        book.execute(&words, &mut events);
        prop_assert_eq!(book.audit(), Ok(()));
        prop_assert_eq!(events.records(), support::Model::default().execute(&words));
        prop_assert!(events.records().len() >= words.len().div_ceil(6));
    }
}
