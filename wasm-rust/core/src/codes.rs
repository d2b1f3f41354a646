//! The numbers of the binary form: what each word of a command and of an event record holds.
//!
//! They are stated once for the whole project, in `engines/contract/binary.ts`, and mirrored here; a test on either side
//! fails when the two differ.

/// Words of a command record.
pub const COMMAND_WORDS: usize = 6;
/// Words of an event record.
pub const EVENT_WORDS: usize = 5;

/// Ids are 1 … `MAX_ID`.
pub const MAX_ID: u32 = (1 << 31) - 1;
/// Owners are 0 … `MAX_OWNER`; 0 is nobody.
pub const MAX_OWNER: u32 = (1 << 31) - 1;
/// Prices are 1 … `MAX_PRICE` ticks.
pub const MAX_PRICE: u32 = (1 << 24) - 1;
/// Sizes are 1 … `MAX_SIZE` lots.
pub const MAX_SIZE: u32 = (1 << 31) - 1;

/// Limits on sizes, open orders and positions are 1 … `MAX_LIMIT`; a price band's are 1 … `MAX_PRICE`.
pub const MAX_LIMIT: u32 = (1 << 31) - 1;

/// Word 0, bits 0–7 of a command.
#[allow(missing_docs)]
pub mod op {
    pub const ADD: u32 = 1;
    pub const CANCEL: u32 = 2;
    pub const REPLACE: u32 = 3;
    pub const BOOK: u32 = 4;
    pub const LIMITS: u32 = 5;
    pub const KILL: u32 = 6;
    pub const LIFT: u32 = 7;
}

/// Word 0, bits 8–11 of an add.
#[allow(missing_docs)]
pub mod side {
    pub const BUY: u32 = 1;
    pub const SELL: u32 = 2;
}

/// Word 0, bits 12–15 of an add.
#[allow(missing_docs)]
pub mod order_type {
    pub const LIMIT: u32 = 0;
    pub const MARKET: u32 = 1;
}

/// Word 0, bits 16–19 of an add: time in force. `DEFAULT` is one left out.
#[allow(missing_docs)]
pub mod tif {
    pub const DEFAULT: u32 = 0;
    pub const GTC: u32 = 1;
    pub const IOC: u32 = 2;
    pub const FOK: u32 = 3;
}

/// Word 0, bits 24–27 of an add: self-trade prevention.
#[allow(missing_docs)]
pub mod stp {
    pub const NONE: u32 = 0;
    pub const CANCEL_RESTING: u32 = 1;
    pub const CANCEL_INCOMING: u32 = 2;
    pub const CANCEL_BOTH: u32 = 3;
}

/// Where an add's side stands in word 0.
pub const SIDE_SHIFT: u32 = 8;
/// Where an add's order type stands in word 0.
pub const TYPE_SHIFT: u32 = 12;
/// Where an add's time in force stands in word 0.
pub const TIF_SHIFT: u32 = 16;
/// Where an add's post-only flag, 0 or 1, stands in word 0.
pub const POST_ONLY_SHIFT: u32 = 20;
/// Where an add's self-trade prevention stands in word 0.
pub const STP_SHIFT: u32 = 24;

/// Word 0, bits 0–7 of an event.
#[allow(missing_docs)]
pub mod kind {
    pub const ACCEPTED: u32 = 1;
    pub const EXECUTED: u32 = 2;
    pub const CANCELED: u32 = 3;
    pub const REPLACED: u32 = 4;
    pub const REJECTED: u32 = 5;
    pub const BOOK: u32 = 6;
    pub const LEVEL: u32 = 7;
    pub const LIMITS: u32 = 8;
    pub const KILLED: u32 = 9;
    pub const LIFTED: u32 = 10;
}

/// Word 0, bits 8–15 of a `canceled` event.
#[allow(missing_docs)]
pub mod cancel_reason {
    pub const USER: u32 = 1;
    pub const IOC: u32 = 2;
    pub const FOK: u32 = 3;
    pub const NO_LIQUIDITY: u32 = 4;
    pub const SELF_TRADE: u32 = 5;
    pub const KILL: u32 = 6;
}

/// Word 0, bits 8–15 of a `rejected` event.
#[allow(missing_docs)]
pub mod reject_reason {
    pub const INVALID_ID: u32 = 16;
    pub const INVALID_SIDE: u32 = 17;
    pub const INVALID_TYPE: u32 = 18;
    pub const INVALID_SIZE: u32 = 19;
    pub const INVALID_PRICE: u32 = 20;
    pub const INVALID_TIF: u32 = 21;
    pub const INVALID_POST_ONLY: u32 = 22;
    pub const INVALID_OWNER: u32 = 23;
    pub const INVALID_STP: u32 = 24;
    pub const DUPLICATE_ID: u32 = 25;
    pub const WOULD_CROSS: u32 = 26;
    pub const UNKNOWN_ORDER: u32 = 27;
    pub const INVALID_DEPTH: u32 = 28;
    pub const UNKNOWN_OP: u32 = 29;
    pub const UNSUPPORTED: u32 = 30;
    pub const INVALID_LIMIT: u32 = 31;
    pub const OWNER_KILLED: u32 = 32;
    pub const MAX_ORDER_SIZE: u32 = 33;
    pub const PRICE_BAND: u32 = 34;
    pub const MAX_OPEN_ORDERS: u32 = 35;
    pub const POSITION_LIMIT: u32 = 36;
}

/// Where an event's reason stands in word 0.
pub const REASON_SHIFT: u32 = 8;
/// Where a rejected command's op stands in word 0.
pub const EVENT_OP_SHIFT: u32 = 16;
/// Where a level's side stands in word 0.
pub const EVENT_SIDE_SHIFT: u32 = 16;
