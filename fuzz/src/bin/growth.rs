//! Searches for texts whose work grows faster than they do, or is much dearer than a report's.
//!
//! A shape is a prefix, something repeated, and a suffix, all made of the literals in the core's own source and word lists
//! (as the dos-fuzzer of pulldown-cmark does) and of the grammar's pieces. Each is measured at 2 and 16 kB, and again where that
//! looks like growth; what still does, or is dear, is measured at 6, 12, 24, 48 and 96 kB, the least of several times. What is
//! quadratic in so small a part that it grows 2.3 times at 96 kB may pass.
//!
//! ```text
//! cargo run --profile search --no-default-features --bin growth -- SHAPES [SECONDS]
//! ```
//!
//! Time on the processor, as an ordinary program sees no counter of instructions everywhere; a breach has to show again
//! each time. `growth --one PREFIX REPEAT SUFFIX KB` parses one text once, for callgrind to count.

use cpu_time::ThreadTime;
use gongwen_fuzz::PIECES;
use gongwen_fuzz::grammar::Random;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The most that the work may grow when the text doubles, the mean of four doublings.
const GROWTH: f64 = 2.2;
/// How many times dearer a byte may be than one of a report.
const DEAR: f64 = 20.0;

/// How many times dearer a byte of 16 kB may be than one of 2 kB before the shape is looked at closely.
const SUSPICIOUS: f64 = 1.12;
/// A file of more words is a table, whose words are much alike: each fortieth stands for them.
const TABLE: usize = 5_000;

struct Shape {
    prefix: String,
    repeat: String,
    suffix: String,
}

impl Shape {
    fn text(&self, size: usize) -> String {
        let head = "清河市2024年工作报告\n一、总体情况\n全年学法4次。\n";
        format!("{head}{}{}{}", self.prefix, self.repeat.repeat(size / self.repeat.len().max(1)), self.suffix)
    }
}

fn time(text: &str, times: usize) -> f64 {
    let once = || {
        let start = ThreadTime::now();
        std::hint::black_box(gongwen::parse(text));
        start.elapsed().as_secs_f64()
    };
    (0..times).map(|_| once()).fold(f64::MAX, f64::min) / text.len() as f64 * 1e9
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [one, prefix, repeat, suffix, kb] = &args[..]
        && one == "--one"
    {
        let shape = Shape { prefix: prefix.clone(), repeat: repeat.clone(), suffix: suffix.clone() };
        let doc = gongwen::parse(&shape.text(kb.parse::<usize>().unwrap() << 10)).into_owned();
        return println!("{} metrics", doc.metrics.len());
    }
    let shapes: u64 = args.first().and_then(|s| s.parse().ok()).unwrap_or(10_000);
    let end = Instant::now() + Duration::from_secs(args.get(1).and_then(|s| s.parse().ok()).unwrap_or(u64::MAX >> 20));
    let literals = literals();
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_nanos() as u64));
    let report = report();
    println!("{} literals, seed {seed}; a report: {report:.0} ns a byte", literals.len());
    let mut random = Random(seed);
    let started = ThreadTime::now();
    let (mut tried, mut looked, mut bad) = (0, 0, 0);
    let mut worst: Vec<(f64, f64, String)> = Vec::new();
    while tried < shapes && Instant::now() < end {
        tried += 1;
        let shape = shape(&literals, &mut random);
        let sizes = [2, 16].map(|kb| shape.text(kb << 10));
        // Three doublings: what is quadratic is up to eight times as dear a byte.
        let mut least = [f64::MAX; 2];
        let suspicious = (0..3).all(|_| {
            least = [0, 1].map(|i| least[i].min(time(&sizes[i], 1)));
            least[1] > least[0] * SUSPICIOUS || least[1] > report * DEAR / 2.0
        });
        if !suspicious {
            continue;
        }
        looked += 1;
        let sizes = [6, 12, 24, 48, 96].map(|kb| shape.text(kb << 10));
        let (mut growth, mut dear) = (f64::MAX, f64::MAX);
        for _ in 0..3 {
            let each = [0, 2, 4].map(|i| time(&sizes[i], 3));
            growth = growth.min(2.0 * (each[2] / each[0]).powf(0.25));
            dear = dear.min(each[2]);
            if growth <= GROWTH && dear <= report * DEAR {
                break;
            }
        }
        let name = format!("{:?} · {:?} · {:?}", shape.prefix, shape.repeat, shape.suffix);
        if growth > GROWTH || dear > report * DEAR {
            bad += 1;
            println!("{growth:6.2} × a doubling, {dear:6.0} ns a byte  {name}");
        }
        worst.push((growth, dear, name));
    }
    let each = started.elapsed().as_secs_f64() * 1e3 / tried as f64;
    println!("{tried} shapes, {looked} looked at closely, {bad} bad; {each:.1} ms of the processor a shape");
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    worst.iter().take(8).for_each(|(g, d, s)| println!("grows {g:5.2} × a doubling, {d:6.0} ns a byte  {s}"));
    worst.sort_by(|a, b| b.1.total_cmp(&a.1));
    worst.iter().take(8).for_each(|(g, d, s)| println!("dear  {g:5.2} × a doubling, {d:6.0} ns a byte  {s}"));
    std::process::exit(i32::from(bad > 0));
}

/// Nanoseconds a byte of the sample reports.
fn report() -> f64 {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/reports"));
    let texts = std::fs::read_dir(folder).expect("the sample reports").flatten().filter_map(|e| std::fs::read_to_string(e.path()).ok());
    let times: Vec<f64> = texts.map(|t| time(&t, 20)).collect();
    times.iter().sum::<f64>() / times.len() as f64
}

fn shape(literals: &[String], random: &mut Random) -> Shape {
    let mut some = |least: usize, most: usize| -> String {
        let mut out = String::new();
        for _ in 0..least + random.below(most + 1 - least) {
            match random.below(3) {
                0 => out += random.pick(PIECES),
                _ => out += &literals[random.below(literals.len())],
            }
        }
        if !out.is_empty() && random.below(4) == 0 {
            out.push('\n');
        }
        out
    };
    Shape { prefix: some(0, 2), repeat: some(1, 4), suffix: some(0, 1) }
}

/// The literals of the core: strings and characters of its source, words of its lists; each once.
fn literals() -> Vec<String> {
    let mut out = std::collections::BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()) {
            let Ok(text) = std::fs::read_to_string(&path) else {
                folders.push(path);
                continue;
            };
            let is = |ending: &str| path.extension().is_some_and(|e| e == ending);
            if is("txt") {
                let words: Vec<&str> = text.lines().filter(|l| !l.starts_with(['#', '['])).flat_map(str::split_whitespace).collect();
                let step = if words.len() > TABLE { 40 } else { 1 };
                out.extend(words.into_iter().step_by(step).map(str::to_owned));
            } else if is("rs") {
                for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
                    out.extend(line.split('"').skip(1).step_by(2).map(|s| s.replace("\\n", "\n")));
                    out.extend(line.split('\'').skip(1).step_by(2).filter(|s| s.chars().count() == 1).map(str::to_owned));
                }
            }
        }
    }
    // Long ones are messages.
    out.into_iter().filter(|l| !l.is_empty() && l.chars().count() <= 12 && !l.contains(['{', '\\'])).collect()
}
