//! `throughput FILE`: how fast the native build is on a text, in MB of UTF-8 per second: the parser alone, and with
//! the JSON form. `bench.mjs` asks the wasm build the same.

use std::time::{Duration, Instant};

fn main() {
    let file = std::env::args().nth(1).expect("usage: throughput FILE");
    let text = std::fs::read_to_string(file).expect("a readable file");
    let parse = best(text.len(), || gongwen::parse(&text).metrics.len());
    let json = best(text.len(), || gongwen::parse(&text).to_json(gongwen::OffsetEncoding::Utf16).len());
    println!("{{\"parse\":{parse:.2},\"json\":{json:.2}}}");
}

/// The best of several runs.
fn best(bytes: usize, mut run: impl FnMut() -> usize) -> f64 {
    let end = Instant::now() + Duration::from_secs(3);
    let mut least = f64::MAX;
    while Instant::now() < end {
        let start = Instant::now();
        std::hint::black_box(run());
        least = least.min(start.elapsed().as_secs_f64());
    }
    bytes as f64 / 1e6 / least
}
