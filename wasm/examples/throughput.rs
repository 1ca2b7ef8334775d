//! `throughput FILE`: how fast the native build is on a text, in MB of UTF-8 per second: the parser alone, and with
//! the JSON form. `bench.mjs` asks the wasm build the same.

use std::time::{Duration, Instant};

fn main() {
    let file = std::env::args().nth(1).expect("usage: throughput FILE");
    let text = std::fs::read_to_string(file).expect("a readable file");
    let parse = rate(text.len(), || gongwen::parse(&text).metrics.len());
    let json = rate(text.len(), || gongwen::parse(&text).to_json(gongwen::OffsetEncoding::Utf16).len());
    println!("{{\"parse\":{parse:.2},\"json\":{json:.2}}}");
}

/// MB per second of processor time, over runs of one second together: other programs do not count.
fn rate(bytes: usize, mut run: impl FnMut() -> usize) -> f64 {
    std::hint::black_box(run());
    let (clock, start, mut runs) = (Instant::now(), processor(), 0);
    while clock.elapsed() < Duration::from_secs(1) {
        std::hint::black_box(run());
        runs += 1;
    }
    let spent = match (start, processor()) {
        (Some(a), Some(b)) => b - a,
        _ => clock.elapsed().as_secs_f64(),
    };
    bytes as f64 / 1e6 * f64::from(runs) / spent
}

/// Seconds of processor time that this program has used, where Linux says.
fn processor() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(stat.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
