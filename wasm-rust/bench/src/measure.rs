//! What is measured: a flow in batches, each operation of it alone, and the memory of many orders.

use std::time::Instant;

use hotpath_core::codes::{COMMAND_WORDS, TYPE_SHIFT, op, order_type};
use hotpath_core::{Book, Events};

use crate::EventHash;
use crate::clock::quantile;

/// The hash of all events that the commands give, `batch` of them an `execute`, and how many they are.
pub fn hash_events(commands: &[i32], batch: usize) -> (String, usize) {
    let (mut book, mut events, mut hash) = (Book::new(), Events::default(), EventHash::default());
    let mut count = 0;
    for batch in commands.chunks(batch * COMMAND_WORDS) {
        events.clear();
        book.execute(batch, &mut events);
        hash.add(events.words());
        count += events.records().len();
    }
    (hash.value(), count)
}

/// Wall time of one operation in ns, `batch` of them an `execute`: the mean over all commands but the first `opening`, which fill
/// a new book.
pub fn time_batches(commands: &[i32], opening: usize, batch: usize) -> f64 {
    let (mut book, mut events) = (Book::new(), Events::default());
    let (opening, timed) = commands.split_at(opening * COMMAND_WORDS);
    book.execute(opening, &mut events);
    let started = Instant::now();
    for batch in timed.chunks(batch * COMMAND_WORDS) {
        events.clear();
        book.execute(batch, &mut events);
    }
    started.elapsed().as_nanos() as f64 / (timed.len() / COMMAND_WORDS) as f64
}

/// Quantiles of the time of one operation in ns, the clock's own median taken off.
pub struct Latency {
    /// Of which operations.
    pub kind: &'static str,
    /// How many they were.
    pub count: usize,
    /// p50, p99, p99.9.
    pub quantiles_ns: [u32; 3],
}

/// Times each operation alone, in a new book, and drops the opening and the first tenth after it as warm-up.
pub fn time_each(commands: &[i32], opening: usize, clock_ns: u32) -> Vec<Latency> {
    let (mut book, mut events) = (Book::new(), Events::default());
    let (records, _) = commands.as_chunks::<COMMAND_WORDS>();
    let mut readings = Vec::with_capacity(records.len());
    for record in records {
        events.clear();
        let started = Instant::now();
        book.execute(record, &mut events);
        readings.push((started.elapsed().as_nanos() as u32).saturating_sub(clock_ns));
    }
    let warm = opening + (records.len() - opening) / 10..records.len();
    let of = |kind: &'static str| {
        let mut chosen: Vec<u32> = warm
            .clone()
            .filter(|&i| kind == "all" || kind_of(records[i][0] as u32) == kind)
            .map(|i| readings[i])
            .collect();
        Latency {
            kind,
            count: chosen.len(),
            quantiles_ns: [0.5, 0.99, 0.999].map(|share| quantile(&mut chosen, share)),
        }
    };
    let kinds = ["all", "add", "market", "cancel", "replace", "book"].map(of);
    kinds.into_iter().filter(|kind| kind.count > 0).collect()
}

/// As `apps/cli/bench/worker.ts` tells them apart: what has no op counts as an add.
fn kind_of(codes: u32) -> &'static str {
    match codes & 0xff {
        op::CANCEL => "cancel",
        op::REPLACE => "replace",
        op::BOOK => "book",
        _ if codes >> TYPE_SHIFT & 0xf == order_type::MARKET => "market",
        _ => "add",
    }
}
