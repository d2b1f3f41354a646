//! The book gives the model's events, whatever the commands are.

mod support;

use hotpath_core::codes::{MAX_ID, MAX_PRICE, POST_ONLY_SHIFT, SIDE_SHIFT, STP_SHIFT, TIF_SHIFT, TYPE_SHIFT, op};
use hotpath_core::{Book, CommandRecord, Events};
use proptest::prelude::*;
use support::Model;

/// Where ids and prices come from.
#[derive(Clone, Copy, Debug)]
enum Spread {
    /// Few ids and prices: orders meet, queue up and are used again.
    Close,
    /// All ids and prices, but few of each, far apart: pages come and go, ids collide and are hashed.
    Scattered,
}

fn id(spread: Spread) -> BoxedStrategy<i32> {
    match spread {
        Spread::Close => (0..48).boxed(),
        // Many with the same low bits, which share one place of the id index.
        Spread::Scattered => prop_oneof![
            4 => (1..60_i32).prop_map(|n| n * 65_536 * 7 + 5),
            4 => (1..60_i32).prop_map(|n| n * 1_048_583),
            1 => Just(MAX_ID as i32),
            1 => -2..3_i32,
        ]
        .boxed(),
    }
}

fn owner(spread: Spread) -> BoxedStrategy<i32> {
    match spread {
        Spread::Close => (-1..4_i32).boxed(),
        Spread::Scattered => prop_oneof![Just(0), Just(1), Just(4095), Just(4096), Just(i32::MAX)].boxed(),
    }
}

fn price(spread: Spread) -> BoxedStrategy<i32> {
    match spread {
        Spread::Close => prop_oneof![20 => 95..106_i32, 1 => -1..2_i32].boxed(),
        Spread::Scattered => prop_oneof![
            // Around the edges of words, pages and each layer of the set of pages.
            6 => (0..5_u32, 1..5_u32, -2..3_i32).prop_map(|(layer, n, off)| {
                let edge = [64, 256, 1 << 14, 1 << 20, 1 << 22][layer as usize];
                (edge * n) as i32 + off
            }),
            2 => 1..MAX_PRICE as i32,
            1 => Just(MAX_PRICE as i32),
            1 => 0..3_i32,
            1 => Just(MAX_PRICE as i32 + 1),
        ]
        .boxed(),
    }
}

/// Field codes: valid ones mostly, one beyond at times.
fn add_codes() -> impl Strategy<Value = i32> {
    let rarely_invalid = |valid: u32| prop_oneof![40 => 0..valid, 1 => Just(valid), 1 => Just(15_u32)];
    let side = prop_oneof![60 => 1..3_u32, 1 => Just(0), 1 => Just(3)];
    let type_code = prop_oneof![12 => Just(0_u32), 2 => Just(1), 1 => Just(2)];
    let tif = prop_oneof![6 => Just(0_u32), 4 => rarely_invalid(4)];
    let post_only = prop_oneof![9 => Just(0_u32), 2 => Just(1), 1 => Just(2)];
    let fields = (side, type_code, tif, post_only, rarely_invalid(4));
    fields.prop_map(|(side, type_code, tif, post_only, stp)| {
        let codes = op::ADD | side << SIDE_SHIFT | type_code << TYPE_SHIFT | tif << TIF_SHIFT;
        (codes | post_only << POST_ONLY_SHIFT | stp << STP_SHIFT) as i32
    })
}

fn command(spread: Spread) -> impl Strategy<Value = CommandRecord> {
    let size = || prop_oneof![30 => 1..30_i32, 2 => Just(i32::MAX), 1 => -1..1_i32];
    let market = (add_codes(), id(spread), size(), owner(spread)).prop_map(|(codes, id, size, owner)| {
        let codes = codes & !(0xf << TYPE_SHIFT) | 1 << TYPE_SHIFT;
        [codes, id, 0, size, owner, 7]
    });
    prop_oneof![
        12 => (add_codes(), id(spread), price(spread), size(), owner(spread))
            .prop_map(|(codes, id, price, size, owner)| [codes, id, price, size, owner, 0]),
        2 => market,
        5 => id(spread).prop_map(|id| [op::CANCEL as i32, id, 9, 9, 9, 9]),
        4 => (id(spread), price(spread), size())
            .prop_map(|(id, price, size)| [op::REPLACE as i32, id, price, size, 0, 0]),
        1 => (-1..12_i32).prop_map(|depth| [op::BOOK as i32, 0, 0, depth, 0, 0]),
        1 => risk_command(spread),
    ]
}

/// Limits that are met now and then, kills and lifts, of the owners that orders have; some invalid.
fn risk_command(spread: Spread) -> impl Strategy<Value = CommandRecord> {
    let limit = |highest: i32| prop_oneof![6 => 1..=highest, 4 => Just(0), 1 => Just(-1)];
    let band = prop_oneof![6 => 1..12_i32, 4 => Just(0), 1 => Just(MAX_PRICE as i32 + 1)];
    prop_oneof![
        4 => (limit(28), band, limit(6), owner(spread), limit(90)).prop_map(|(max_size, band, max_open, owner, position)| {
            [op::LIMITS as i32, max_size, band, max_open, owner, position]
        }),
        1 => owner(spread).prop_map(|owner| [op::KILL as i32, 5, 5, 5, owner, 5]),
        2 => owner(spread).prop_map(|owner| [op::LIFT as i32, 5, 5, 5, owner, 5]),
    ]
}

fn compare(commands: &[CommandRecord]) -> Result<(), TestCaseError> {
    let (mut book, mut events, mut model) = (Book::new(), Events::default(), Model::default());
    for (number, command) in commands.iter().enumerate() {
        events.clear();
        book.execute(command, &mut events);
        prop_assert_eq!(
            events.records(),
            model.execute(command),
            "command {}: {:?}",
            number,
            command
        );
        if number % 16 == 0 {
            prop_assert_eq!(book.audit(), Ok(()), "after command {}: {:?}", number, command);
        }
    }
    prop_assert_eq!(book.audit(), Ok(()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_are_the_models_where_orders_are_close(
        commands in prop::collection::vec(command(Spread::Close), 1..300)
    ) {
        compare(&commands)?;
    }

    #[test]
    fn events_are_the_models_where_orders_are_scattered(
        commands in prop::collection::vec(command(Spread::Scattered), 1..300)
    ) {
        compare(&commands)?;
    }

    #[test]
    fn batches_give_the_events_of_single_commands(
        commands in prop::collection::vec(command(Spread::Close), 1..300),
        left_over in 0..6_usize,
    ) {
        let mut words = commands.concat();
        words.extend(&[op::ADD as i32, 1, 2, 3, 4][..left_over.min(5)]);
        let (mut events, mut model) = (Events::with_capacity(0), Model::default());
        Book::new().execute(&words, &mut events);
        prop_assert_eq!(events.records(), model.execute(&words));
    }
}
