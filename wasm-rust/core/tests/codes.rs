//! The codes are those of `engines/contract/binary.ts`. (`checks/rust-codes.test.ts` looks from the other side.)

use std::collections::BTreeMap;

use hotpath_core::codes;

/// Names and numbers as they stand in the TypeScript source: `OP.add` → 1, `SIDE_SHIFT` → 8.
fn contract_codes() -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    for file in ["binary.ts", "commands.ts"] {
        let path = format!("{}/../../engines/contract/{file}", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(&path).expect("the contract's source");
        for statement in source.split("export const ").skip(1) {
            let (name, value) = statement.split_once(" = ").expect("a constant has a value");
            let value = value.split(';').next().expect("and ends with a semicolon");
            match value.trim().strip_prefix('{') {
                Some(members) => {
                    let members = members.split('}').next().expect("an object ends");
                    for member in members.split(',').filter(|member| !member.trim().is_empty()) {
                        let (key, code) = member.split_once(':').expect("a key and a code");
                        let key = key.trim().trim_matches('"');
                        found.insert(format!("{name}.{key}"), code.trim().parse().expect("a number"));
                    }
                }
                None => {
                    let number = match value.trim() {
                        "2 ** 31 - 1" => (1 << 31) - 1,
                        "2 ** 24 - 1" => (1 << 24) - 1,
                        literal => literal.parse().expect("a number, or one of the two powers"),
                    };
                    found.insert(name.to_string(), number);
                }
            }
        }
    }
    found
}

macro_rules! mirrored {
    ($($name:literal => $code:expr),+ $(,)?) => {
        BTreeMap::from([$(($name.to_string(), $code as u32)),+])
    };
}

#[test]
fn every_code_is_the_contracts() {
    use codes::{cancel_reason, kind, op, order_type, reject_reason, side, stp, tif};
    let mirrored = mirrored! {
        "COMMAND_WORDS" => codes::COMMAND_WORDS, "EVENT_WORDS" => codes::EVENT_WORDS,
        "MAX_ID" => codes::MAX_ID, "MAX_OWNER" => codes::MAX_OWNER,
        "MAX_PRICE" => codes::MAX_PRICE, "MAX_SIZE" => codes::MAX_SIZE,
        "OP.add" => op::ADD, "OP.cancel" => op::CANCEL, "OP.replace" => op::REPLACE, "OP.book" => op::BOOK,
        "OP.limits" => op::LIMITS, "OP.kill" => op::KILL, "OP.lift" => op::LIFT, "MAX_LIMIT" => codes::MAX_LIMIT,
        "SIDE.buy" => side::BUY, "SIDE.sell" => side::SELL,
        "TYPE.limit" => order_type::LIMIT, "TYPE.market" => order_type::MARKET,
        "TIF.default" => tif::DEFAULT, "TIF.gtc" => tif::GTC, "TIF.ioc" => tif::IOC, "TIF.fok" => tif::FOK,
        "STP.none" => stp::NONE, "STP.cancel-resting" => stp::CANCEL_RESTING,
        "STP.cancel-incoming" => stp::CANCEL_INCOMING, "STP.cancel-both" => stp::CANCEL_BOTH,
        "SIDE_SHIFT" => codes::SIDE_SHIFT, "TYPE_SHIFT" => codes::TYPE_SHIFT, "TIF_SHIFT" => codes::TIF_SHIFT,
        "POST_ONLY_SHIFT" => codes::POST_ONLY_SHIFT, "STP_SHIFT" => codes::STP_SHIFT,
        "KIND.accepted" => kind::ACCEPTED, "KIND.executed" => kind::EXECUTED, "KIND.canceled" => kind::CANCELED,
        "KIND.replaced" => kind::REPLACED, "KIND.rejected" => kind::REJECTED, "KIND.book" => kind::BOOK,
        "KIND.level" => kind::LEVEL, "KIND.limits" => kind::LIMITS, "KIND.killed" => kind::KILLED, "KIND.lifted" => kind::LIFTED,
        "CANCEL_REASON.user" => cancel_reason::USER, "CANCEL_REASON.ioc" => cancel_reason::IOC,
        "CANCEL_REASON.fok" => cancel_reason::FOK, "CANCEL_REASON.no-liquidity" => cancel_reason::NO_LIQUIDITY,
        "CANCEL_REASON.self-trade" => cancel_reason::SELF_TRADE, "CANCEL_REASON.kill" => cancel_reason::KILL,
        "REJECT_REASON.invalid-id" => reject_reason::INVALID_ID,
        "REJECT_REASON.invalid-side" => reject_reason::INVALID_SIDE,
        "REJECT_REASON.invalid-type" => reject_reason::INVALID_TYPE,
        "REJECT_REASON.invalid-size" => reject_reason::INVALID_SIZE,
        "REJECT_REASON.invalid-price" => reject_reason::INVALID_PRICE,
        "REJECT_REASON.invalid-tif" => reject_reason::INVALID_TIF,
        "REJECT_REASON.invalid-post-only" => reject_reason::INVALID_POST_ONLY,
        "REJECT_REASON.invalid-owner" => reject_reason::INVALID_OWNER,
        "REJECT_REASON.invalid-stp" => reject_reason::INVALID_STP,
        "REJECT_REASON.duplicate-id" => reject_reason::DUPLICATE_ID,
        "REJECT_REASON.would-cross" => reject_reason::WOULD_CROSS,
        "REJECT_REASON.unknown-order" => reject_reason::UNKNOWN_ORDER,
        "REJECT_REASON.invalid-depth" => reject_reason::INVALID_DEPTH,
        "REJECT_REASON.unknown-op" => reject_reason::UNKNOWN_OP,
        "REJECT_REASON.unsupported" => reject_reason::UNSUPPORTED,
        "REJECT_REASON.invalid-limit" => reject_reason::INVALID_LIMIT,
        "REJECT_REASON.owner-killed" => reject_reason::OWNER_KILLED,
        "REJECT_REASON.max-order-size" => reject_reason::MAX_ORDER_SIZE,
        "REJECT_REASON.price-band" => reject_reason::PRICE_BAND,
        "REJECT_REASON.max-open-orders" => reject_reason::MAX_OPEN_ORDERS,
        "REJECT_REASON.position-limit" => reject_reason::POSITION_LIMIT,
        "REASON_SHIFT" => codes::REASON_SHIFT, "EVENT_OP_SHIFT" => codes::EVENT_OP_SHIFT,
        "EVENT_SIDE_SHIFT" => codes::EVENT_SIDE_SHIFT,
    };
    // What only the encoder writes, and the engine rejects like any other number without a meaning.
    let encoders = ["INVALID_CODE", "UNKNOWN_OP", "MAX_DEPTH", "DEFAULT_DEPTH"];
    let contract: BTreeMap<_, _> = contract_codes()
        .into_iter()
        .filter(|(name, _)| !encoders.contains(&name.as_str()))
        .collect();
    assert_eq!(mirrored, contract, "left: codes.rs; right: engines/contract");
}
