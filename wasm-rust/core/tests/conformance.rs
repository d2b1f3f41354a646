//! The project's conformance cases, `engines/conformance/cases/*.json`, read as data. Commands go through an encoder like the
//! shared one (`engines/contract/encode.ts`); events come back as the text that the contract writes.

use std::path::PathBuf;

use hotpath_core::codes::{
    EVENT_OP_SHIFT, MAX_PRICE, POST_ONLY_SHIFT, REASON_SHIFT, SIDE_SHIFT, STP_SHIFT, TIF_SHIFT, TYPE_SHIFT,
    cancel_reason, kind, op, order_type, reject_reason, side, stp, tif,
};
use hotpath_core::{Book, CommandRecord, EventRecord, Events};
use serde_json::{Map, Value, json};

/// The level that the book meets. A case that is marked `only` holds at its own level alone.
const LEVEL: &str = "extended";

const INVALID_CODE: u32 = 15;

/// A word that stands for the value, or `invalid` where it is no 32-bit integer.
fn integer_word(value: Option<&Value>, invalid: i32) -> i32 {
    let number = value.and_then(Value::as_f64);
    let integer = number.filter(|&number| number.fract() == 0.0 && f64::from(number as i32) == number);
    integer.map_or(invalid, |number| number as i32)
}

/// A price or a limit that is there is never 0, which stands for one left out.
fn word_unless_left_out(value: Option<&Value>) -> i32 {
    match value {
        None => 0,
        present => match integer_word(present, -1) {
            0 => -1,
            word => word,
        },
    }
}

/// The code of a word, `left_out` where there is none.
fn code(value: Option<&Value>, left_out: u32, codes: &[(&str, u32)]) -> u32 {
    let Some(value) = value else { return left_out };
    let found = codes.iter().find(|(word, _)| value.as_str() == Some(word));
    found.map_or(INVALID_CODE, |&(_, code)| code)
}

fn encode(command: &Map<String, Value>) -> CommandRecord {
    let field = |name: &str| command.get(name);
    let id = integer_word(field("id"), 0);
    let owner = integer_word(field("owner"), 0);
    match field("op").and_then(Value::as_str) {
        Some("add") => {
            let sides = [("buy", side::BUY), ("sell", side::SELL)];
            let types = [("limit", order_type::LIMIT), ("market", order_type::MARKET)];
            let tifs = [("gtc", tif::GTC), ("ioc", tif::IOC), ("fok", tif::FOK)];
            let stps = [
                ("none", stp::NONE),
                ("cancel-resting", stp::CANCEL_RESTING),
                ("cancel-incoming", stp::CANCEL_INCOMING),
                ("cancel-both", stp::CANCEL_BOTH),
            ];
            let post_only = match field("postOnly") {
                None | Some(Value::Bool(false)) => 0,
                Some(Value::Bool(true)) => 1,
                Some(_) => INVALID_CODE,
            };
            let codes = op::ADD
                | code(field("side"), INVALID_CODE, &sides) << SIDE_SHIFT
                | code(field("type"), order_type::LIMIT, &types) << TYPE_SHIFT
                | code(field("tif"), tif::DEFAULT, &tifs) << TIF_SHIFT
                | post_only << POST_ONLY_SHIFT
                | code(field("stp"), stp::NONE, &stps) << STP_SHIFT;
            let owner = field("owner").map_or(0, |owner| integer_word(Some(owner), -1));
            [
                codes as i32,
                id,
                word_unless_left_out(field("price")),
                integer_word(field("size"), 0),
                owner,
                0,
            ]
        }
        Some("cancel") => [op::CANCEL as i32, id, 0, 0, 0, 0],
        Some("replace") => {
            let size = integer_word(field("size"), 0);
            [op::REPLACE as i32, id, word_unless_left_out(field("price")), size, 0, 0]
        }
        Some("book") => {
            let depth = field("depth").map_or(10, |depth| integer_word(Some(depth), 0));
            [op::BOOK as i32, 0, 0, depth, 0, 0]
        }
        Some("limits") => {
            let limit = |name: &str| word_unless_left_out(field(name));
            let [max_size, band] = [limit("maxOrderSize"), limit("priceBand")];
            let [max_open, position] = [limit("maxOpenOrders"), limit("positionLimit")];
            [op::LIMITS as i32, max_size, band, max_open, owner, position]
        }
        Some("kill") => [op::KILL as i32, 0, 0, 0, owner, 0],
        Some("lift") => [op::LIFT as i32, 0, 0, 0, owner, 0],
        _ => [255, 0, 0, 0, 0, 0],
    }
}

fn cancel_reason_name(code: u32) -> &'static str {
    match code {
        cancel_reason::USER => "user",
        cancel_reason::IOC => "ioc",
        cancel_reason::FOK => "fok",
        cancel_reason::NO_LIQUIDITY => "no-liquidity",
        cancel_reason::SELF_TRADE => "self-trade",
        cancel_reason::KILL => "kill",
        _ => panic!("{code} is no reason of a canceled event"),
    }
}

fn reject_reason_name(code: u32) -> &'static str {
    match code {
        reject_reason::INVALID_ID => "invalid-id",
        reject_reason::INVALID_SIDE => "invalid-side",
        reject_reason::INVALID_TYPE => "invalid-type",
        reject_reason::INVALID_SIZE => "invalid-size",
        reject_reason::INVALID_PRICE => "invalid-price",
        reject_reason::INVALID_TIF => "invalid-tif",
        reject_reason::INVALID_POST_ONLY => "invalid-post-only",
        reject_reason::INVALID_OWNER => "invalid-owner",
        reject_reason::INVALID_STP => "invalid-stp",
        reject_reason::DUPLICATE_ID => "duplicate-id",
        reject_reason::WOULD_CROSS => "would-cross",
        reject_reason::UNKNOWN_ORDER => "unknown-order",
        reject_reason::INVALID_DEPTH => "invalid-depth",
        reject_reason::UNKNOWN_OP => "unknown-op",
        reject_reason::UNSUPPORTED => "unsupported",
        reject_reason::INVALID_LIMIT => "invalid-limit",
        reject_reason::OWNER_KILLED => "owner-killed",
        reject_reason::MAX_ORDER_SIZE => "max-order-size",
        reject_reason::PRICE_BAND => "price-band",
        reject_reason::MAX_OPEN_ORDERS => "max-open-orders",
        reject_reason::POSITION_LIMIT => "position-limit",
        _ => panic!("{code} is no reason of a rejected event"),
    }
}

/// The events as JSON text. `unknown_op` is the op as it came, which no record carries.
fn decode(records: &[EventRecord], unknown_op: &Value) -> Vec<String> {
    let mut records = records.iter();
    let mut events = Vec::new();
    while let Some(&[head, id, maker, price, size]) = records.next() {
        let (kind, reason) = (head as u32 & 0xff, head as u32 >> REASON_SHIFT & 0xff);
        events.push(match kind {
            kind::ACCEPTED => json!({ "event": "accepted", "id": id }),
            kind::EXECUTED => {
                json!({ "event": "executed", "taker": id, "maker": maker, "price": price, "size": size })
            }
            kind::CANCELED => {
                json!({ "event": "canceled", "id": id, "size": size, "reason": cancel_reason_name(reason) })
            }
            kind::REPLACED => json!({ "event": "replaced", "id": id, "price": price, "size": size }),
            kind::REJECTED => {
                let op = match head as u32 >> EVENT_OP_SHIFT & 0xff {
                    op::ADD => json!("add"),
                    op::CANCEL => json!("cancel"),
                    op::REPLACE => json!("replace"),
                    op::BOOK => json!("book"),
                    op::LIMITS => json!("limits"),
                    op::KILL => json!("kill"),
                    op::LIFT => json!("lift"),
                    _ => unknown_op.clone(),
                };
                let mut event = json!({ "event": "rejected", "op": op });
                if id != 0 {
                    event["id"] = id.into();
                }
                event["reason"] = reject_reason_name(reason).into();
                event
            }
            kind::LIMITS => json!({ "event": "limits", "owner": id }),
            kind::KILLED => json!({ "event": "killed", "owner": id }),
            kind::LIFTED => json!({ "event": "lifted", "owner": id }),
            kind::BOOK => {
                let mut levels = |count: i32| -> Vec<Value> {
                    let levels = records.by_ref().take(count as usize);
                    let total = |upper: i32, lower: i32| (upper as u64) << 32 | u64::from(lower as u32);
                    levels
                        .map(|&[_, orders, upper, price, lower]| json!([price, total(upper, lower), orders]))
                        .collect()
                };
                let bids = levels(id);
                json!({ "event": "book", "bids": bids, "asks": levels(maker) })
            }
            _ => panic!("{kind} is no kind of event"),
        });
    }
    events.iter().map(Value::to_string).collect()
}

/// What a value of the data form stands for, in the k-th repeat; `None` for a key that is left out.
fn plain_value(value: &Value, k: f64) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| plain_value(item, k)).collect(),
        // NaN and infinities are numbers that are no integers, which is all that matters of them here.
        Value::Object(members) if members.contains_key("$number") => match members["$number"].as_str() {
            Some("-0") => json!(0),
            _ => json!(0.5),
        },
        Value::Object(members) if members.contains_key("$from") => {
            let from = members["$from"].as_f64().expect("a number");
            let step = members
                .get("$step")
                .map_or(1.0, |step| step.as_f64().expect("a number"));
            json!((from + k * step) as i64)
        }
        Value::Object(members) => {
            let plain = members.iter().map(|(key, value)| (key.clone(), plain_value(value, k)));
            Value::Object(plain.collect())
        }
        other => other.clone(),
    }
}

fn written_out(lines: &[Value]) -> Vec<Value> {
    let mut all = Vec::new();
    for line in lines {
        match line.get("repeat").and_then(Value::as_u64) {
            None => all.push(plain_value(line, 0.0)),
            Some(times) => {
                let repeated = line["lines"].as_array().expect("lines to repeat");
                for k in 0..times {
                    all.extend(repeated.iter().map(|line| plain_value(line, k as f64)));
                }
            }
        }
    }
    all
}

/// Runs a case, command by command; the first difference as text.
fn run(lines: &[Value]) -> Result<(), String> {
    let (mut book, mut events) = (Book::new(), Events::default());
    let mut lines = written_out(lines).into_iter().peekable();
    while let Some(command) = lines.next() {
        let mut expected = Vec::new();
        while let Some(event) = lines.next_if(|line| line.get("event").is_some()) {
            expected.push(event.to_string());
        }
        let fields = command.as_object().expect("a command is an object");
        events.clear();
        book.execute(&encode(fields), &mut events);
        let op = fields.get("op").filter(|op| op.is_string()).unwrap_or(&Value::Null);
        let actual = decode(events.records(), op);
        if actual != expected {
            return Err(format!("{command}\n  gave     {actual:?}\n  expected {expected:?}"));
        }
    }
    book.audit()
}

/// Runs a case of the binary form: records written code by code, as one batch.
fn run_records(case: &Value) -> Result<(), String> {
    let mut words = Vec::new();
    for record in case["records"].as_array().expect("records") {
        let field = |name: &str| {
            record
                .get(name)
                .map_or(0, |value| value.as_i64().expect("an integer") as i32)
        };
        let codes = field("op")
            | field("side") << SIDE_SHIFT
            | field("type") << TYPE_SHIFT
            | field("tif") << TIF_SHIFT
            | field("postOnly") << POST_ONLY_SHIFT
            | field("stp") << STP_SHIFT
            | field("high") << 28;
        words.extend([
            codes,
            field("id"),
            field("price"),
            field("size"),
            field("owner"),
            field("last"),
        ]);
    }
    let left_over = case.get("leftOver").and_then(Value::as_array);
    words.extend(
        left_over
            .into_iter()
            .flatten()
            .map(|word| word.as_i64().expect("an integer") as i32),
    );
    let (mut book, mut events) = (Book::new(), Events::default());
    book.execute(&words, &mut events);
    let actual = decode(events.records(), &Value::Null);
    let expected = case["events"].as_array().expect("events").iter().map(Value::to_string);
    let expected: Vec<_> = expected.collect();
    if actual != expected {
        return Err(format!("gave\n  {actual:?}\n  expected\n  {expected:?}"));
    }
    book.audit()
}

#[test]
fn every_case_passes() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../engines/conformance/cases");
    let (mut passed, mut failed) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).expect("the folder of the cases") {
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let file: Value = serde_json::from_str(&text).expect("JSON");
        for case in file["cases"].as_array().expect("cases") {
            // A case of the text form has none.
            let level = case["level"].as_str().unwrap_or("core");
            if case.get("only").is_some() && level != LEVEL {
                continue;
            }
            let outcome = match (case.get("lines"), case.get("records")) {
                (Some(lines), _) => run(lines.as_array().expect("lines")),
                (_, Some(_)) => run_records(case),
                // Of the text form, which ends before this crate begins.
                _ => continue,
            };
            match outcome {
                Ok(()) => passed += 1,
                Err(difference) => failed.push(format!("{}: {difference}", case["name"])),
            }
        }
    }
    assert!(
        failed.is_empty(),
        "{} cases failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
    assert!(passed >= 150, "{passed} cases were found, and 150 are there at least");
}

#[test]
fn a_wrong_expectation_is_found() {
    let wrong = json!([
        { "op": "add", "id": 1, "side": "buy", "price": MAX_PRICE, "size": 1 },
        { "event": "accepted", "id": 2 },
    ]);
    assert!(run(wrong.as_array().expect("lines")).is_err());
}
