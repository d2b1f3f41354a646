//! What a reading of the clock costs, and quantiles of readings.

use std::time::Instant;

/// What the clock itself costs: the median of readings with nothing between them, in ns.
pub fn clock_median_ns() -> u32 {
    let mut readings: Vec<u32> = (0..100_000)
        .map(|_| Instant::now().elapsed().as_nanos() as u32)
        .collect();
    quantile(&mut readings, 0.5)
}

/// The value below which that share of the readings lies. Sorts them.
pub fn quantile(readings: &mut [u32], share: f64) -> u32 {
    readings.sort_unstable();
    let place = (readings.len() as f64 * share) as usize;
    readings
        .get(place.min(readings.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0)
}
