//! Passive and aggressive orders and cancels, at level `core`: step by step as `engines/flow/README.md` states it.

use hotpath_core::CommandRecord;
use hotpath_core::codes::{MAX_ID, MAX_PRICE, SIDE_SHIFT, TYPE_SHIFT, op, order_type, side};

use crate::model_book::ModelBook;
use crate::profiles::{CANCEL_SHARE, CoreProfile, MARKET_SHARE, MAX_DRIFT_TICKS, MAX_LOTS, PASSIVE_SHARE, START_PRICE};
use crate::random::Random;

const TOUCH_EIGHTHS: u32 = 2;
const AGGRESSOR_LOTS: u64 = 280;
const AGGRESSORS_PER_MOVE: u32 = 16;

/// An endless flow of commands.
pub struct CoreFlow {
    profile: CoreProfile,
    random: Random,
    book: ModelBook,
    centre: i32,
    last_id: u32,
    opening_left: u32,
    /// Owners that are held to limits already.
    limited: u32,
}

impl CoreFlow {
    /// The same profile and seed give the same commands.
    pub fn new(profile: CoreProfile, seed: u32) -> Self {
        Self {
            profile,
            random: Random::new(seed),
            book: ModelBook::default(),
            centre: START_PRICE,
            last_id: 0,
            opening_left: profile.live_orders,
            limited: 0,
        }
    }

    /// The next command.
    pub fn draw(&mut self) -> CommandRecord {
        if self.limited < self.profile.owners {
            self.limited += 1;
            return highest_limits(self.limited);
        }
        let mut record = self.trading();
        if self.profile.owners > 0 && record[0] as u32 != op::CANCEL {
            record[4] = 1 + record[1] % self.profile.owners as i32;
        }
        record
    }

    fn trading(&mut self) -> CommandRecord {
        if self.opening_left > 0 {
            self.opening_left -= 1;
            return self.passive();
        }
        match self.random.below(1024) {
            draw if draw < PASSIVE_SHARE => self.passive(),
            draw if draw < PASSIVE_SHARE + CANCEL_SHARE => self.cancel(),
            draw if draw < PASSIVE_SHARE + CANCEL_SHARE + MARKET_SHARE => self.market(),
            _ => self.crossing(),
        }
    }

    fn passive(&mut self) -> CommandRecord {
        let is_buy = self.random.below(2) == 0;
        let near = self.random.below(8) < TOUCH_EIGHTHS;
        let reach = if near {
            self.profile.touch_ticks
        } else {
            self.profile.span_ticks
        };
        let distance = 1 + self.random.below(reach) as i32;
        let lots = 1 + self.random.below(MAX_LOTS);
        let price = if is_buy {
            (self.centre - distance).min(self.book.best_ask().map_or(i32::MAX, |ask| ask - 1))
        } else {
            (self.centre + distance).max(self.book.best_bid().map_or(i32::MIN, |bid| bid + 1))
        };
        let id = self.take_id();
        self.book.rest(id, is_buy, price, lots);
        add(id, is_buy, order_type::LIMIT, price, lots)
    }

    fn cancel(&mut self) -> CommandRecord {
        if self.book.live_orders() == 0 {
            return self.passive();
        }
        let place = self.random.below(self.book.live_orders() as u32) as usize;
        let id = self.book.id_at(place);
        self.book.cancel_at(place);
        [op::CANCEL as i32, id as i32, 0, 0, 0, 0]
    }

    fn market(&mut self) -> CommandRecord {
        let is_buy = self.random.below(2) == 0;
        let lots = self.aggressor_lots(is_buy);
        self.book.take(is_buy, None, lots);
        let id = self.take_id();
        self.move_centre(is_buy);
        add(id, is_buy, order_type::MARKET, 0, lots)
    }

    fn crossing(&mut self) -> CommandRecord {
        let is_buy = self.random.below(2) == 0;
        let lots = self.aggressor_lots(is_buy);
        let beyond = self.random.below(self.profile.touch_ticks) as i32;
        let span = self.profile.span_ticks as i32;
        let price = if is_buy {
            let bound = self.centre + span;
            self.book.best_ask().map_or(bound, |ask| (ask + beyond).min(bound))
        } else {
            let bound = self.centre - span;
            self.book.best_bid().map_or(bound, |bid| (bid - beyond).max(bound))
        };
        let id = self.take_id();
        let left = self.book.take(is_buy, Some(price), lots);
        if left > 0 {
            self.book.rest(id, is_buy, price, left);
        }
        self.move_centre(is_buy);
        add(id, is_buy, order_type::LIMIT, price, lots)
    }

    fn aggressor_lots(&mut self, is_buy: bool) -> u32 {
        let other = 2 * self.book.live_orders_of(!is_buy) as u64;
        let bound = 1 + AGGRESSOR_LOTS * other / u64::from(self.profile.live_orders);
        1 + self.random.below(bound as u32)
    }

    fn move_centre(&mut self, is_buy: bool) {
        if self.random.below(AGGRESSORS_PER_MOVE) > 0 {
            return;
        }
        let centre = self.centre + if is_buy { 1 } else { -1 };
        if (centre - START_PRICE).abs() <= MAX_DRIFT_TICKS {
            self.centre = centre;
        }
    }

    fn take_id(&mut self) -> u32 {
        self.last_id = if self.last_id == MAX_ID { 1 } else { self.last_id + 1 };
        self.last_id
    }
}

fn highest_limits(owner: u32) -> CommandRecord {
    [
        op::LIMITS as i32,
        i32::MAX,
        MAX_PRICE as i32,
        i32::MAX,
        owner as i32,
        i32::MAX,
    ]
}

fn add(id: u32, is_buy: bool, order_type: u32, price: i32, size: u32) -> CommandRecord {
    let side = if is_buy { side::BUY } else { side::SELL };
    let codes = op::ADD | side << SIDE_SHIFT | order_type << TYPE_SHIFT;
    [codes as i32, id as i32, price, size as i32, 0, 0]
}
