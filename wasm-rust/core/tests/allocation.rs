//! Once warm, no order allocates.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use hotpath_core::codes::{SIDE_SHIFT, op, side};
use hotpath_core::{Book, CommandRecord, Events};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator as it came.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promises are the system's conditions.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn add(id: u32, side: u32, price: u32, size: u32) -> CommandRecord {
    let codes = op::ADD | side << SIDE_SHIFT;
    [codes as i32, id as i32, price as i32, size as i32, 0, 0]
}

/// Orders that come, trade, are replaced and cancelled, on prices in many pages. `day` makes ids and prices new.
fn trading_day(day: u32) -> Vec<i32> {
    let mut commands = Vec::new();
    let mut push = |record: CommandRecord| commands.extend(record);
    let first = 1 + day * 10_000;
    for i in 0..3000 {
        push(add(first + i, side::BUY, 1_000_000 - (i * 37) % 9000 - day * 3, 10));
        push(add(
            first + 3000 + i,
            side::SELL,
            1_000_001 + (i * 53) % 9000 + day * 5,
            10,
        ));
    }
    for i in 0..500 {
        push([op::REPLACE as i32, (first + i) as i32, 999_000 - i as i32, 20, 0, 0]);
        push(add(first + 6000 + i, side::BUY, 1_001_000, 25));
        push([op::BOOK as i32, 0, 0, 50, 0, 0]);
    }
    for i in 0..7000 {
        push([op::CANCEL as i32, (first + i) as i32, 0, 0, 0, 0]);
    }
    commands
}

#[test]
fn a_warm_book_allocates_nothing() {
    let days: Vec<_> = (0..4).map(trading_day).collect();
    let (mut book, mut events) = (Book::new(), Events::default());
    events.clear();
    book.execute(&days[0], &mut events);
    book.audit().expect("the invariants");
    let before = ALLOCATIONS.get();
    for day in &days[1..] {
        events.clear();
        book.execute(day, &mut events);
    }
    assert_eq!(ALLOCATIONS.get() - before, 0);
    book.audit().expect("the invariants");
    assert!(events.records().len() > 20_000, "the days did trade");
}

#[test]
fn the_allocations_of_a_cold_book_are_counted() {
    let before = ALLOCATIONS.get();
    drop(Book::new());
    assert!(ALLOCATIONS.get() > before);
}
