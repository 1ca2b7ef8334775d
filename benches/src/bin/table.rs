//! Prints the table of PERFORMANCE.md: megabytes a second, and each as a multiple of pulldown-cmark's events.
//!
//! Each figure is the best of several rounds, in which all contestants take turns; time on the processor, so
//! that other programs disturb as little as can be.

use gongwen_benches::{WORK, classes};

fn main() {
    let rounds: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(5);
    let classes = classes();
    print!("| MB/s (× pulldown-cmark) |");
    for class in &classes {
        print!(" {} ({:.1} MB, {}) |", class.name, class.bytes() as f64 / 1e6, class.documents.len());
    }
    println!("\n|---|{}", "---:|".repeat(classes.len()));
    let mut best = vec![vec![f64::MAX; WORK.len()]; classes.len()];
    for round in 0..rounds {
        for (class, best) in classes.iter().zip(&mut best) {
            for ((name, work), best) in WORK.iter().zip(best) {
                // The slow one need not run as often.
                if name.starts_with("jieba") && round > 1 {
                    continue;
                }
                let start = cpu_time::ThreadTime::now();
                class.documents.iter().for_each(|t| work(t));
                *best = best.min(start.elapsed().as_secs_f64());
            }
        }
    }
    let yardstick = WORK.iter().position(|(name, _)| name.starts_with("pulldown")).unwrap();
    for (i, (name, _)) in WORK.iter().enumerate() {
        print!("| {name} |");
        for (class, best) in classes.iter().zip(&best) {
            print!(" {:.0} ({:.2}) |", class.bytes() as f64 / 1e6 / best[i], best[yardstick] / best[i]);
        }
        println!();
    }
}
