//! `cargo run --release -p bench`: the order book without a boundary, on the project's seeded flows.
//!
//! `--profile NAME` (may stand several times; all without it), `--seed N`, `--commands N` (that are timed, after the opening),
//! `--live-orders N` (in place of the profile's own), `--owners N` (who send the orders by turns), `--limits` (each of them is held
//! to limits, which are never met), `--batch N` (commands of an `execute`), `--rounds N`, `--json`. `npm run bench -- --native` reads the
//! JSON.

use std::process::ExitCode;

use bench::clock::clock_median_ns;
use bench::measure::{Latency, hash_events, time_batches, time_each};
use bench::profiles::{self, CoreProfile, core_profile};
use bench::{generate, generate_core};
use hotpath_core::codes::{COMMAND_WORDS, op};

struct Options {
    profiles: Vec<String>,
    seed: u32,
    commands: usize,
    live_orders: Option<u32>,
    owners: u32,
    limits: bool,
    batch: usize,
    rounds: usize,
    json: bool,
}

struct Measured {
    profile: String,
    events: usize,
    events_hash: String,
    /// Of each round, in the order in which they ran.
    batch_ns: Vec<f64>,
    latency: Vec<Latency>,
}

fn main() -> ExitCode {
    let options = match read_options() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let clock_ns = clock_median_ns();
    let measured: Vec<Measured> = options
        .profiles
        .iter()
        .map(|profile| measure(profile, &options, clock_ns))
        .collect();
    if options.json {
        println!("{}", as_json(&options, clock_ns, &measured));
    } else {
        print_table(clock_ns, &measured);
    }
    ExitCode::SUCCESS
}

fn read_options() -> Result<Options, String> {
    let mut options = Options {
        profiles: Vec::new(),
        seed: 1,
        commands: 1_000_000,
        live_orders: None,
        owners: 0,
        limits: false,
        batch: 1024,
        rounds: 9,
        json: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        match name.as_str() {
            "--json" => options.json = true,
            "--limits" => options.limits = true,
            _ => read_value(&mut options, &name, arguments.next().unwrap_or_default())?,
        }
    }
    if options.profiles.is_empty() {
        options.profiles = profiles::NAMES.map(String::from).to_vec();
    }
    Ok(options)
}

fn read_value(options: &mut Options, name: &str, value: String) -> Result<(), String> {
    let number = || {
        let number = value
            .parse::<u32>()
            .ok()
            .filter(|&number| number > 0 || name == "--seed");
        number.ok_or_else(|| format!("{name} {value}: give a whole number up to {}", u32::MAX))
    };
    match name {
        "--profile" if profiles::NAMES.contains(&value.as_str()) => options.profiles.push(value),
        "--profile" => {
            return Err(format!(
                "--profile {value}: choose one of {}",
                profiles::NAMES.join(", ")
            ));
        }
        "--seed" => options.seed = number()?,
        "--commands" => options.commands = number()? as usize,
        "--live-orders" => options.live_orders = Some(number()?),
        "--owners" => options.owners = number()?,
        "--batch" => options.batch = number()? as usize,
        "--rounds" => options.rounds = number()? as usize,
        _ => {
            let known =
                "--profile, --seed, --commands, --live-orders, --owners, --limits, --batch, --rounds and --json";
            return Err(format!("{name}: the options are {known}"));
        }
    }
    Ok(())
}

fn measure(profile: &str, options: &Options, clock_ns: u32) -> Measured {
    let (opening, commands) = match core_profile(profile) {
        Some(core) => {
            let live_orders = options.live_orders.unwrap_or(core.live_orders);
            let opening = live_orders as usize;
            let core = CoreProfile { live_orders, ..core };
            (opening, generate_core(core, options.seed, opening + options.commands))
        }
        None => {
            // As many as fill its book, in apps/cli/bench too.
            let opening = 4 * profiles::CANDIDATES;
            let flow = generate(profile, options.seed, opening + options.commands);
            (opening, flow.expect("the name was checked"))
        }
    };
    let (opening, commands) = with_owners(options, opening, commands);
    let (events_hash, events) = hash_events(&commands, options.batch);
    Measured {
        profile: profile.to_string(),
        events,
        events_hash,
        batch_ns: (0..options.rounds)
            .map(|_| time_batches(&commands, opening, options.batch))
            .collect(),
        latency: time_each(&commands, opening, clock_ns),
    }
}

/// Gives the orders owners, and these limits, in commands of the opening.
fn with_owners(options: &Options, opening: usize, mut commands: Vec<i32>) -> (usize, Vec<i32>) {
    if options.owners == 0 {
        return (opening, commands);
    }
    for record in commands
        .chunks_mut(COMMAND_WORDS)
        .filter(|record| record[0] as u32 & 0xff == op::ADD)
    {
        record[4] = 1 + (record[1] as u32 % options.owners) as i32;
    }
    if !options.limits {
        return (opening, commands);
    }
    let (size, band, open, position) = (1_000_000, 1_000_000, 10_000_000, i32::MAX);
    let limits = (1..=options.owners).flat_map(|owner| [op::LIMITS as i32, size, band, open, owner as i32, position]);
    let mut all: Vec<i32> = limits.collect();
    all.append(&mut commands);
    (opening + options.owners as usize, all)
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn print_table(clock_ns: u32, measured: &[Measured]) {
    println!(
        "wall time, median of the rounds and the best; latencies with the clock's median of {clock_ns} ns taken off"
    );
    println!("profile  M ops/s  best   ns/op  p50 / p99 / p99.9 ns   events' hash");
    for each in measured {
        let ns = median(&each.batch_ns);
        let best = each.batch_ns.iter().copied().fold(f64::INFINITY, f64::min);
        let [p50, p99, p999] = each.latency[0].quantiles_ns;
        let (rate, best) = (1e3 / ns, 1e3 / best);
        let latency = format!("{p50} / {p99} / {p999}");
        println!(
            "{:8} {rate:7.1} {best:5.1} {ns:7.2}  {latency:21}  {}",
            each.profile, each.events_hash
        );
    }
}

fn as_json(options: &Options, clock_ns: u32, measured: &[Measured]) -> String {
    let profiles: Vec<String> = measured.iter().map(profile_json).collect();
    format!(
        r#"{{"engine":"rust-native","seed":{},"commands":{},"clockMedianNs":{clock_ns},"profiles":[{}]}}"#,
        options.seed,
        options.commands,
        profiles.join(",")
    )
}

fn profile_json(each: &Measured) -> String {
    let batch_ns: Vec<String> = each.batch_ns.iter().map(|ns| format!("{ns:.3}")).collect();
    let latency: Vec<String> = each.latency.iter().map(latency_json).collect();
    format!(
        r#"{{"profile":"{}","events":{},"eventsHash":"{}","batchNsPerOp":[{}],"latency":[{}]}}"#,
        each.profile,
        each.events,
        each.events_hash,
        batch_ns.join(","),
        latency.join(",")
    )
}

fn latency_json(latency: &Latency) -> String {
    let [p50, p99, p999] = latency.quantiles_ns;
    format!(
        r#"{{"op":"{}","count":{},"p50Ns":{p50},"p99Ns":{p99},"p999Ns":{p999}}}"#,
        latency.kind, latency.count
    )
}
