//! A book that is large enough to look ahead gives the events of one that doesn't, since it is asked for one command at a time.

use bench::EventHash;
use bench::generate_core;
use bench::profiles::{CoreProfile, core_profile};
use hotpath_core::codes::COMMAND_WORDS;
use hotpath_core::{Book, Events};

fn hash_of(commands: &[i32], batch: usize) -> String {
    let (mut book, mut events, mut hash) = (Book::new(), Events::default(), EventHash::default());
    for batch in commands.chunks(batch * COMMAND_WORDS) {
        events.clear();
        book.execute(batch, &mut events);
        hash.add(events.words());
    }
    book.audit().expect("a sound book");
    assert!(book.live_orders() > 1 << 18, "it is large");
    hash.value()
}

#[test]
fn looking_ahead_changes_no_event() {
    let std = core_profile("std").expect("the profile");
    let profile = CoreProfile {
        live_orders: 300_000,
        ..std
    };
    let commands = generate_core(profile, 3, 400_000);
    assert_eq!(hash_of(&commands, 1000), hash_of(&commands, 1));
}
