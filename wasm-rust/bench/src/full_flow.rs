//! All of the contract at level `full`, invalid commands too: step by step as `engines/flow/README.md` states it.

use hotpath_core::CommandRecord;
use hotpath_core::codes::{
    MAX_ID, MAX_PRICE, POST_ONLY_SHIFT, SIDE_SHIFT, STP_SHIFT, TIF_SHIFT, TYPE_SHIFT, op, order_type, side, tif,
};

use crate::profiles::{CANDIDATES, FULL_SPAN_TICKS, MAX_DRIFT_TICKS, MAX_LOTS, OWNERS, START_PRICE};
use crate::random::Random;

const ADD_SHARE: u32 = 614;
const CANCEL_SHARE: u32 = 215;
const REPLACE_SHARE: u32 = 154;
const BOOK_SHARE: u32 = 10;

/// What the encoder writes for a word without a code.
const INVALID_CODE: u32 = 15;
const UNKNOWN_OP: i32 = 255;
const SPOILERS: u32 = 16;

/// An order that may be live.
#[derive(Clone, Copy)]
struct Candidate {
    id: u32,
    is_buy: bool,
    price: i32,
    size: u32,
}

/// An endless flow of commands.
pub struct FullFlow {
    random: Random,
    candidates: Vec<Candidate>,
    centre: i32,
    last_id: u32,
    freed_id: u32,
}

impl FullFlow {
    /// The same seed gives the same commands.
    pub fn new(seed: u32) -> Self {
        Self {
            random: Random::new(seed),
            candidates: Vec::with_capacity(CANDIDATES),
            centre: START_PRICE,
            last_id: 0,
            freed_id: 0,
        }
    }

    /// The next command.
    pub fn draw(&mut self) -> CommandRecord {
        let mut draw = self.random.below(1024);
        let mut falls_in = |share: u32| {
            let falls = draw < share;
            draw = draw.wrapping_sub(share);
            falls
        };
        if falls_in(ADD_SHARE) {
            match self.candidates.len() {
                CANDIDATES => self.cancel(),
                _ => self.add(),
            }
        } else if falls_in(CANCEL_SHARE) {
            match self.candidates.len() {
                0 => self.add(),
                _ => self.cancel(),
            }
        } else if falls_in(REPLACE_SHARE) {
            match self.candidates.len() {
                0 => self.add(),
                _ => self.replace(),
            }
        } else if falls_in(BOOK_SHARE) {
            [op::BOOK as i32, 0, 0, self.random.below(20) as i32, 0, 0]
        } else {
            self.invalid()
        }
    }

    fn add(&mut self) -> CommandRecord {
        self.move_centre();
        let is_buy = self.random.below(2) == 0;
        let style = self.random.below(16);
        let is_market = style == 0;
        let crosses = style < 7;
        let price = if is_market { 0 } else { self.price_of(is_buy, crosses) };
        let size = 1 + self.random.below(if crosses { MAX_LOTS * 3 } else { MAX_LOTS });
        let tif = if is_market {
            self.random.below(2) * tif::IOC
        } else if style < 3 {
            tif::IOC
        } else if style < 5 {
            tif::FOK
        } else {
            self.random.below(2)
        };
        let may_rest = !is_market && tif <= tif::GTC;
        let post_only = u32::from(may_rest && self.random.below(4) == 0);
        let owner = self.random.below(OWNERS + 1);
        let stp = self.random.below(4);
        let id = self.take_id();
        if may_rest {
            self.candidates.push(Candidate {
                id,
                is_buy,
                price,
                size,
            });
        }
        let side = if is_buy { side::BUY } else { side::SELL };
        let order_type = if is_market {
            order_type::MARKET
        } else {
            order_type::LIMIT
        };
        let codes = op::ADD
            | side << SIDE_SHIFT
            | order_type << TYPE_SHIFT
            | tif << TIF_SHIFT
            | post_only << POST_ONLY_SHIFT
            | stp << STP_SHIFT;
        [codes as i32, id as i32, price, size as i32, owner as i32, 0]
    }

    fn cancel(&mut self) -> CommandRecord {
        let place = self.random.below(self.candidates.len() as u32) as usize;
        self.freed_id = self.candidates.swap_remove(place).id;
        [op::CANCEL as i32, self.freed_id as i32, 0, 0, 0, 0]
    }

    fn replace(&mut self) -> CommandRecord {
        let place = self.random.below(self.candidates.len() as u32) as usize;
        let style = self.random.below(8);
        let old = self.candidates[place];
        let price = if style < 4 {
            old.price
        } else {
            self.price_of(old.is_buy, style == 4)
        };
        let size = 1 + self.random.below(if style < 3 { old.size } else { MAX_LOTS });
        self.candidates[place] = Candidate { price, size, ..old };
        [op::REPLACE as i32, old.id as i32, price, size as i32, 0, 0]
    }

    fn invalid(&mut self) -> CommandRecord {
        let style = self.random.below(SPOILERS + 4);
        let id = match self.candidates.len() {
            0 => 1,
            count => self.candidates[self.random.below(count as u32) as usize].id as i32,
        };
        match style {
            0..SPOILERS => self.spoiled(style, id),
            16 => [op::CANCEL as i32, 0, 0, 0, 0, 0],
            17 => [op::CANCEL as i32, MAX_ID as i32, 0, 0, 0, 0],
            18 => [op::REPLACE as i32, id, 0, 1, 0, 0],
            _ => [op::REPLACE as i32, id, self.centre, -1, 0, 0],
        }
    }

    /// A limit order made invalid in one way.
    fn spoiled(&self, style: u32, id: i32) -> CommandRecord {
        let codes = op::ADD | side::BUY << SIDE_SHIFT | tif::GTC << TIF_SHIFT;
        let with = |shift: u32, code: u32| (codes & !(0xf << shift) | code << shift) as i32;
        let mut record = [codes as i32, id, self.centre, 1, 0, 0];
        let (word, value) = match style {
            0 => (1, 0),
            1 => (1, -(MAX_ID as i32)),
            2 => (0, with(SIDE_SHIFT, 0)),
            3 => (0, with(SIDE_SHIFT, INVALID_CODE)),
            4 => (0, with(TYPE_SHIFT, INVALID_CODE)),
            5 => (3, 0),
            6 => (3, -1),
            7 => (2, 0),
            8 => (2, MAX_PRICE as i32 + 1),
            9 => (0, with(TYPE_SHIFT, order_type::MARKET)),
            10 => (0, with(TIF_SHIFT, INVALID_CODE)),
            11 => (0, with(POST_ONLY_SHIFT, INVALID_CODE)),
            12 => (4, -1),
            13 => (0, with(STP_SHIFT, INVALID_CODE)),
            14 => (0, (codes & !0xff) as i32),
            _ => (0, UNKNOWN_OP),
        };
        record[word] = value;
        record
    }

    fn price_of(&mut self, is_buy: bool, crosses: bool) -> i32 {
        let distance = if crosses {
            self.random.below(4) as i32
        } else {
            let reach = if self.random.below(2) == 0 { 4 } else { FULL_SPAN_TICKS };
            -1 - self.random.below(reach) as i32
        };
        self.centre + if is_buy { distance } else { -distance }
    }

    fn take_id(&mut self) -> u32 {
        let draw = self.random.below(64);
        if draw < 16 && self.freed_id != 0 {
            return std::mem::take(&mut self.freed_id);
        }
        if draw == 63 && !self.candidates.is_empty() {
            let place = self.random.below(self.candidates.len() as u32) as usize;
            return self.candidates[place].id;
        }
        self.last_id = if self.last_id == MAX_ID { 1 } else { self.last_id + 1 };
        self.last_id
    }

    fn move_centre(&mut self) {
        let draw = self.random.below(256);
        if draw > 1 {
            return;
        }
        let centre = self.centre + if draw == 0 { 1 } else { -1 };
        if (centre - START_PRICE).abs() <= MAX_DRIFT_TICKS {
            self.centre = centre;
        }
    }
}
