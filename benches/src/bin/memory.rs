//! Peak memory beyond the input, in bytes per byte of input; and allocations per fact.
//!
//! `memory` prints a table; `memory --most N` fails where the whole of a class needs more than N.

use gongwen_benches::classes;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static COUNT: AtomicUsize = AtomicUsize::new(0);

struct Counting;

fn grow(by: usize) {
    COUNT.fetch_add(1, Relaxed);
    let now = NOW.fetch_add(by, Relaxed) + by;
    PEAK.fetch_max(now, Relaxed);
}

// SAFETY: everything is handed on to the system's allocator; the counters allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // While it is moved, both are there.
        grow(size);
        let to = unsafe { System.realloc(at, layout, size) };
        NOW.fetch_sub(layout.size(), Relaxed);
        to
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let most: f64 = args.iter().position(|a| a == "--most").and_then(|i| args.get(i + 1)?.parse().ok()).unwrap_or(f64::MAX);
    // The word lists are read once.
    std::hint::black_box(gongwen::parse("一、2024年增长1%。\n"));
    let mut fits = true;
    println!(
        "| class | peak, mean over documents | peak, of the whole class as one text | allocations per fact | allocations per kB |\n|---|---:|---:|---:|---:|"
    );
    for class in classes() {
        let (mut peaks, mut facts, mut allocations) = (0.0, 0, 0);
        let mut measure = |text: &str| {
            let (before, count) = (NOW.load(Relaxed), COUNT.load(Relaxed));
            PEAK.store(before, Relaxed);
            let doc = gongwen::parse(text);
            allocations += COUNT.load(Relaxed) - count;
            facts += doc.metrics.len() + doc.responsibilities.len() + doc.deadlines.len() + doc.references.len() + doc.sections.len() + doc.items.len();
            (PEAK.load(Relaxed) - before) as f64 / text.len().max(1) as f64
        };
        for text in class.documents.iter().filter(|t| t.len() > 2000) {
            peaks += measure(text);
        }
        let measured = class.documents.iter().filter(|t| t.len() > 2000).count();
        let whole = measure(&class.documents.concat());
        fits &= whole <= most;
        println!(
            "| {} | {:.2} | {whole:.2} | {:.2} | {:.1} |",
            class.name,
            peaks / measured.max(1) as f64,
            allocations as f64 / facts as f64,
            allocations as f64 / (2 * class.bytes()) as f64 * 1e3
        );
    }
    if !fits {
        eprintln!("more than {most} bytes per byte");
        std::process::exit(1);
    }
}
