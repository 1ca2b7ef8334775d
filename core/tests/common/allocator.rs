//! An allocator that counts, for each thread, what is held and the most that was held.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static NOW: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

/// From this size on an allocation has pages of its own.
const LARGE: usize = 1 << 20;

pub(crate) struct Counting;

fn grow(by: isize) {
    // A thread that ends has no counters any more, and nobody asks.
    let _ = NOW.try_with(|now| {
        now.set(now.get() + by);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(now.get())));
    });
}

// SAFETY: everything is handed on to the system's allocator; the counters allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        grow(-(layout.size() as isize));
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // While it is moved, both are there; what is large the system moves by its pages, without a copy.
        let copied = if size < LARGE { layout.size() as isize } else { 0 };
        grow(size as isize - layout.size() as isize + copied);
        let to = unsafe { System.realloc(at, layout, size) };
        grow(-copied);
        to
    }
}

/// What `work` returns, and the most bytes that this thread held meanwhile beyond what it held before.
pub(crate) fn peak<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = NOW.with(Cell::get);
    PEAK.with(|peak| peak.set(before));
    let out = work();
    (out, PEAK.with(|peak| peak.get() - before).max(0) as usize)
}
