//! Searches for as long as it is given, without instrumentation: inputs are made by the grammar or are changes of kept
//! ones. Prints what it found, keeps it in `fuzz/corpus`, and says how much was tried.
//!
//! ```text
//! cargo run --profile search --no-default-features --bin search -- SECONDS [TARGET ...]
//! ```
//!
//! `SEED` names the seed, `EXECUTIONS` ends each target after so many: with both a run tries the same on every machine.

use gongwen_fuzz::grammar::{Random, generate, mutate};
use gongwen_fuzz::{TARGETS, run, run_dear};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds: u64 = args.next().and_then(|s| s.parse().ok()).expect("how many seconds to search for");
    let mut targets: Vec<String> = args.collect();
    if targets.is_empty() {
        targets = TARGETS.iter().map(|t| (*t).to_owned()).collect();
    }
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_nanos() as u64));
    println!("seed {seed}");
    let most: u64 = std::env::var("EXECUTIONS").ok().and_then(|s| s.parse().ok()).unwrap_or(u64::MAX);
    std::panic::set_hook(Box::new(|_| {}));
    let mut findings = 0;
    for target in &targets {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).join(target);
        let mut pool = kept(&folder);
        let mut random = Random(seed);
        let end = Instant::now() + Duration::from_secs(seconds) / targets.len() as u32;
        let start = Instant::now();
        let (mut count, mut found) = (0u64, 0u64);
        while Instant::now() < end && count < most {
            // The clock is dearer than some inputs.
            for _ in 0..16 {
                let old = |random: &mut Random| pool.get(random.below(pool.len())).cloned();
                let data = match (random.below(2), old(&mut random)) {
                    (0, Some(data)) => {
                        let other = old(&mut random).unwrap_or_default();
                        mutate(target, &data, &other, &mut random)
                    }
                    _ => generate(target, &mut random),
                };
                count += 1;
                if catch_unwind(|| run(target, &data)).is_err() {
                    found += 1;
                    keep(&folder, target, &data);
                }
                // New inputs take the places of old ones.
                if pool.len() < 500 {
                    pool.push(data);
                } else {
                    let at = random.below(pool.len());
                    pool[at] = data;
                }
            }
            if found >= 20 {
                break;
            }
        }
        findings += found;
        println!("{target}\t{count} executions\t{:.0} a second\t{found} findings", count as f64 / start.elapsed().as_secs_f64());
    }
    std::process::exit(i32::from(findings > 0));
}

fn kept(folder: &Path) -> Vec<Vec<u8>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.sort();
    files.iter().filter_map(|f| std::fs::read(f).ok()).collect()
}

/// Makes a finding as small as it can be made by taking pieces out, and keeps it.
fn keep(folder: &Path, target: &str, data: &[u8]) {
    let fails = |data: &[u8]| catch_unwind(|| run_dear(target, data)).is_err();
    let mut least = data.to_vec();
    let mut size = least.len() / 2;
    while size > 0 && fails(&least) {
        let mut at = 0;
        while at + size <= least.len() {
            let mut less = least.clone();
            less.drain(at..at + size);
            let whole = matches!(target, "archive" | "decode" | "markdown" | "paragraphs") || std::str::from_utf8(&less).is_ok();
            if whole && fails(&less) {
                least = less;
            } else {
                at += 1;
            }
        }
        size /= 2;
    }
    let name = least.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    let path = folder.join(format!("finding-{name:016x}"));
    if !path.exists() {
        let _ = std::fs::create_dir_all(folder);
        let _ = std::fs::write(&path, &least);
        let said = catch_unwind(|| run_dear(target, &least)).err();
        let said = said.and_then(|p| p.downcast_ref::<String>().cloned().or_else(|| p.downcast_ref::<&str>().map(|s| (*s).to_owned())));
        println!("FOUND {target} {}: {:?}\n  {}", path.display(), String::from_utf8_lossy(&least), said.unwrap_or_default());
    }
}
