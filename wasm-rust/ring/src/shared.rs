//! What the two threads share: atomics, and under loom what loom watches in their place.

#[cfg(not(loom))]
pub use plain::{Counter, Slot};
#[cfg(loom)]
pub use watched::{Counter, Slot};

#[cfg(not(loom))]
mod plain {
    use core::sync::atomic::{AtomicU32, Ordering};

    pub type Counter = AtomicU32;

    /// A word that one thread writes and the other reads. It is atomic so that the language allows it; it needs no order of its own, since
    /// the counters order it, and so costs what a plain word costs.
    pub struct Slot(AtomicU32);

    impl Slot {
        pub fn new() -> Self {
            Self(AtomicU32::new(0))
        }

        pub fn write(&self, word: u32) {
            self.0.store(word, Ordering::Relaxed);
        }

        pub fn read(&self) -> u32 {
            self.0.load(Ordering::Relaxed)
        }
    }
}

// Only for the model: a plain cell, of which loom says when one thread's access is not ordered after the other's. An atomic slot would
// hide that: loom runs the loads of a thread in the order of its text, and never shows one that comes too late.
#[cfg(loom)]
#[allow(unsafe_code)]
mod watched {
    use loom::cell::UnsafeCell;

    pub type Counter = loom::sync::atomic::AtomicU32;

    pub struct Slot(UnsafeCell<u32>);

    // SAFETY: loom ends the test at the first access that is not ordered with the other thread's.
    unsafe impl Sync for Slot {}

    impl Slot {
        pub fn new() -> Self {
            Self(UnsafeCell::new(0))
        }

        pub fn write(&self, word: u32) {
            // SAFETY: the pointer is the cell's, and loom has just checked that nobody else is at it.
            self.0.with_mut(|at| unsafe { *at = word });
        }

        pub fn read(&self) -> u32 {
            // SAFETY: as above.
            self.0.with(|at| unsafe { *at })
        }
    }
}
