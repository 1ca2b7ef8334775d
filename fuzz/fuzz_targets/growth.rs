//! Twice the text takes no more than twice the time, whatever is repeated.
//!
//! The input is repeated to 64 KiB and to 512 KiB: eight times the text. Time on the processor is noisy, so the
//! bound is loose (twenty times) and a breach has to show three times; what is quadratic shows as sixty-four.
#![no_main]

use cpu_time::ThreadTime;
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

const SMALL: usize = 64 << 10;
const FACTOR: usize = 8;

fn time(text: &str) -> Duration {
    let start = ThreadTime::now();
    std::hint::black_box(gongwen::parse(text));
    start.elapsed()
}

fuzz_target!(|piece: &str| {
    if piece.trim().is_empty() || piece.len() > 400 {
        return;
    }
    let small = piece.repeat(SMALL / piece.len());
    let large = small.repeat(FACTOR);
    let breach = || time(&large) > time(&small).min(time(&small)) * 20 + Duration::from_millis(20);
    assert!(!(breach() && breach() && breach()), "superlinear when repeated: {piece:?}");
});
