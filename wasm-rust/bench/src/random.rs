//! The flow's generator of integers.

/// sfc32 (Chris Doty-Humphrey, PractRand), seeded through the finaliser of MurmurHash3.
pub struct Random {
    a: u32,
    b: u32,
    c: u32,
    counter: u32,
}

impl Random {
    /// Any seed will do.
    pub fn new(seed: u32) -> Self {
        let mut random = Self {
            a: mix(seed),
            b: mix(seed.wrapping_add(0x9E37_79B9)),
            c: mix(seed.wrapping_add(0x3C6E_F372)),
            counter: 1,
        };
        for _ in 0..12 {
            random.draw();
        }
        random
    }

    /// The next 32 bits.
    pub fn draw(&mut self) -> u32 {
        let result = self.a.wrapping_add(self.b).wrapping_add(self.counter);
        self.counter = self.counter.wrapping_add(1);
        self.a = self.b ^ (self.b >> 9);
        self.b = self.c.wrapping_add(self.c << 3);
        self.c = self.c.rotate_left(21).wrapping_add(result);
        result
    }

    /// An integer from 0 to `bound` − 1.
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.draw()) * u64::from(bound)) >> 32) as u32
    }
}

fn mix(seed: u32) -> u32 {
    let h = (seed ^ (seed >> 16)).wrapping_mul(0x85EB_CA6B);
    let h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn gives_the_documented_numbers() {
        let mut random = Random::new(1);
        let drawn = [(); 4].map(|()| random.draw() as i32);
        assert_eq!(drawn, [942_367_711, -1_592_480_147, 1_435_577_371, 1_897_460_643]);
    }
}
