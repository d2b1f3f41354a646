//! The project's hash of event records, `engines/contract/hash.ts`.

/// Two lanes of 32 bits, over words in order.
#[derive(Default)]
pub struct EventHash {
    first: u32,
    second: u32,
}

impl EventHash {
    /// Takes in words.
    pub fn add(&mut self, words: &[i32]) {
        for &word in words {
            self.first = (self.first.rotate_left(5) ^ word as u32).wrapping_mul(0x9E37_79B1);
            self.second = (self.second.rotate_left(13) ^ word as u32).wrapping_mul(0x85EB_CA6B);
        }
    }

    /// 16 hexadecimal digits.
    pub fn value(&self) -> String {
        format!("{:08x}{:08x}", self.first, self.second)
    }
}
