//! Time is linear: twice the text is at most 2.2 times the work, whatever the text is made of.
//!
//! The search repeats every piece of the grammar by itself, in pairs and in triples, on one line and on many,
//! and compares the work for 32 texts with that for one 32 times as long: five doublings. The worst shapes that
//! searches have found are kept at the end. `GONGWEN_HUNT=20000 cargo test --release --test linear` searches on.

mod common;

use common::pieces::PIECES;
use std::time::Duration;

/// The shapes that were worse than linear once.
const WORST: &[&str] = &[
    // Below the text each line asked all that follow whether one is numbered.
    "来源：某报\n",
    // Each list of a paragraph was compared with each item, and each item looked for the next of its list.
    "首先，",
    "①",
    // Each number of a part looked back over all of them for the whole.
    "共9件，其中\u{1}1件、",
    // Each label read the list to its end, and found nobody.
    "；责任单位：甲",
    // Each bracket that stays open looked through its paragraph, which has to end like a sentence.
    "《一\u{2}总体情况是好的。",
    // Each number of a list took all that follow for its groups of three.
    "101,",
    // Each line that is joined looked through all before it for a bracket.
    "（公路完好畅通，促进农村经济社会持续发展，根据有\n",
    // Two hundred lines below 目录 were skipped, and all behind them were read.
    "目录\n资格\n\u{1}坚持三百\n",
    // Each number looked through all numerals behind it for the unit of a time.
    "0二十",
];

/// The work of some parses, all of whose documents stay alive, so that one long text and several short ones take
/// the same memory: time on the processor, which other programs disturb less than the clock.
fn work(text: &str, times: usize) -> Duration {
    let start = cpu_time::ThreadTime::now();
    let documents: Vec<_> = (0..times).map(|_| gongwen::parse(std::hint::black_box(text))).collect();
    let elapsed = start.elapsed();
    drop(std::hint::black_box(documents));
    elapsed
}

/// In a shape, separates what stands once from what is repeated.
const ONCE: char = '\u{1}';
/// In a shape, separates what is repeated from what stands once after it.
const LAST: char = '\u{2}';

const DOUBLINGS: usize = 5;
// Long enough to be timed, short enough that the tables of the longest text stay in the processor's caches.
const SMALL: usize = if cfg!(debug_assertions) { 1 << 10 } else { 2 << 10 };

/// How many times the work grows when the text doubles, the geometric mean of five doublings; the least of
/// several measurements, as long as they look worse than `enough`.
fn growth(shape: &str, enough: f64) -> f64 {
    // Something to be around: a document with a title and sections; then what stands once, if anything does.
    let (once, piece) = shape.split_once(ONCE).unwrap_or(("", shape));
    let (piece, last) = piece.split_once(LAST).unwrap_or((piece, ""));
    let head = format!("清河市2024年工作报告\n一、总体情况\n全年学法4次。\n{once}");
    let small = format!("{head}{}", piece.repeat(SMALL.div_ceil(piece.len())) + last);
    let large = format!("{head}{}", piece.repeat(SMALL.div_ceil(piece.len()) << DOUBLINGS) + last);
    let (mut least_small, mut least_large) = (Duration::MAX, Duration::MAX);
    let mut ratio = f64::MAX;
    for _ in 0..10 {
        least_small = least_small.min(work(&small, 1 << DOUBLINGS));
        least_large = least_large.min(work(&large, 1));
        ratio = 2.0 * (least_large.as_secs_f64() / least_small.as_secs_f64().max(1e-9)).powf(1.0 / DOUBLINGS as f64);
        // What is quadratic shows at once and takes long; what is noise goes away.
        if ratio <= enough || ratio > 1.5 * enough && least_large > Duration::from_millis(300) {
            break;
        }
    }
    ratio
}

/// Shapes to try: each piece alone and on lines of its own, then pairs and triples at random.
fn shapes(random: usize) -> Vec<String> {
    let mut all: Vec<String> = WORST.iter().map(|s| (*s).to_owned()).collect();
    all.extend(PIECES.iter().map(|p| (*p).to_owned()));
    all.extend(PIECES.iter().map(|p| format!("{p}\n")));
    let mut state: u64 = std::env::var("GONGWEN_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(7);
    let mut draw = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for _ in 0..random {
        let count = 2 + draw(3);
        let mut shape: String = (0..count).map(|_| PIECES[draw(PIECES.len())]).collect();
        // Now and then a piece that the others run up to, or lines.
        match draw(6) {
            0 | 1 => shape.push('\n'),
            2 => shape = format!("{}{ONCE}{shape}", PIECES[draw(PIECES.len())]),
            3 => shape = format!("{}{}", shape.repeat(8), PIECES[draw(PIECES.len())]),
            _ => {}
        }
        all.push(shape);
    }
    all
}

#[test]
fn work_grows_with_the_text() {
    const MOST: f64 = 2.2;
    let random = std::env::var("GONGWEN_HUNT").ok().and_then(|n| n.parse().ok());
    let random = random.unwrap_or(if cfg!(debug_assertions) { 100 } else { 200 });
    let mut worst: Vec<(f64, String)> = Vec::new();
    for shape in shapes(random) {
        let measure = || growth(&shape, MOST * 0.97);
        let mut growth = measure();
        // A breach has to show again: another program may have had the processor's caches all the while.
        for _ in 0..2 {
            if growth > MOST {
                growth = growth.min(measure());
            }
        }
        if growth > MOST {
            eprintln!("{growth:6.2}×  {shape:?}");
        }
        worst.push((growth, shape));
    }
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("{} shapes; the worst grow, at each doubling:", worst.len());
    for (growth, shape) in worst.iter().take_while(|(g, _)| *g > MOST).chain(worst.iter().take(12)) {
        println!("{growth:6.2}×  {shape:?}");
    }
    assert!(worst[0].0 <= MOST, "superlinear: {:?}", worst[0]);
}
