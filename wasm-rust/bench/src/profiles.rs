//! What the flows are made of, as in `engines/flow/profiles.ts`.

/// A core flow. Shares are in 1,024ths.
#[derive(Clone, Copy)]
pub struct CoreProfile {
    /// Orders that rest in the book, which the flow steers towards.
    pub live_orders: u32,
    /// How far from the centre passive orders are, in ticks.
    pub span_ticks: u32,
    /// How far those near the touch are.
    pub touch_ticks: u32,
    /// Owners who send the orders in turn, each held to limits that stop nothing; 0 where nobody does.
    pub owners: u32,
}

/// Share of passive adds.
pub const PASSIVE_SHARE: u32 = 563;
/// Share of cancels.
pub const CANCEL_SHARE: u32 = 379;
/// Share of market orders; the rest are limit orders that cross.
pub const MARKET_SHARE: u32 = 41;

/// Candidates of the full flow.
pub const CANDIDATES: usize = 1024;
/// Its span in ticks.
pub const FULL_SPAN_TICKS: u32 = 40;
/// Its owners.
pub const OWNERS: u32 = 4;

/// The price around which a flow begins.
pub const START_PRICE: i32 = 100_000;
/// How far the centre may move from it.
pub const MAX_DRIFT_TICKS: i32 = 4096;
/// Sizes of passive orders are 1 … `MAX_LOTS`.
pub const MAX_LOTS: u32 = 100;

/// The names of the profiles.
pub const NAMES: [&str; 5] = ["std", "deep", "wide", "full", "risk"];

/// The core profile of that name.
pub fn core_profile(name: &str) -> Option<CoreProfile> {
    let (live_orders, span_ticks, touch_ticks, owners) = match name {
        "std" => (1650, 52, 4, 0),
        "deep" => (7450, 47, 4, 0),
        "wide" => (38_000, 1300, 48, 0),
        "risk" => (1650, 52, 4, 8),
        _ => return None,
    };
    Some(CoreProfile {
        live_orders,
        span_ticks,
        touch_ticks,
        owners,
    })
}
