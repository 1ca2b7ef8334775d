//! Searches for texts whose work grows faster than they do, or is much dearer than a report's.
//!
//! A shape is a prefix, something repeated, and a suffix, put together of the literals in the core's own source and word lists
//! (as the dos-fuzzer of pulldown-cmark does) and of the grammar's pieces; at times the repeated part counts, or something else
//! is repeated after it. A quarter of the shapes are changes of the dearest, the slowest and the fastest growing so far. Each is
//! measured at 6, 12, 24, 48 and 96 kB. One that grows at a doubling is measured at 192 and 384 kB too, and counts where 192 more
//! kB cost more than 2.2 times what 96 more did, and 288 more than 2.2 × 2.2 times what 72 more did: a text may be read in
//! another way from some length on, which is a step and no growth.
//!
//! ```text
//! GROWTH=10000 scripts/fuzz.sh 0
//! ```
//!
//! Work is the number of blocks of code that run, the same on any machine: the compiler calls a counter at the beginning of
//! each block (`scripts/fuzz.sh` has the options). What is not compiled here (copying, the loops of the standard library) has no
//! blocks; it shows in the time of a block and of a byte, which may not both double from 6 to 96 kB.
//!
//! What is dear is decided by time, as users have it: `growth --dear`, built without the counter, measures the shapes in `STATE`.
//!
//! `STATE=FILE` keeps the dearest, the slowest and the fastest growing shapes there, and begins with those that it finds.
//! `OUTPUTS=1` measures what is made of a document instead: its JSON form with the indicators, pieces, tasks and paths, by the byte that
//! is read or written.
//! `growth --one BEFORE REPEATED AGAIN AFTER KB` does the work for one text once, for callgrind to count; without KB it says the
//! blocks a byte of that shape at each size, and how they grow.

use cpu_time::ThreadTime;
use gongwen::{ChunkOptions, Document, OffsetEncoding};
use gongwen_fuzz::PIECES;
use gongwen_fuzz::grammar::Random;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The blocks of code that ran so far.
static BLOCKS: AtomicU64 = AtomicU64::new(0);

/// Called at the beginning of each block. One thread does the work: no addition is lost.
#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc() {
    BLOCKS.store(BLOCKS.load(Relaxed) + 1, Relaxed);
}

/// The most that the work may grow at a doubling of the text.
const GROWTH: f64 = 2.2;
/// How many times as long as one of a report a byte of the longest text may take.
const DEAR: f64 = 20.0;
/// The sizes, in kB; each is twice the one before it. The last show whether what grows once goes on growing.
const SIZES: [usize; 7] = [6, 12, 24, 48, 96, 192, 384];
/// So many of them each shape is measured at.
const FIRST: usize = 5;
/// The most that the time of a block and of a byte may grow from the shortest to the longest of them, the least of so many
/// measures of each.
const SLOWER: f64 = 2.0;
const ROUNDS: usize = 5;
/// What the worst shapes are the worst of, and how many of each are kept and changed.
const KEYS: [fn(&Found) -> f64; 3] = [|f| f.growth, |f| f.dear, |f| f.slow];
const KEPT: usize = 40;
/// In a repeated part, stand for how often it has been repeated: in three figures, again and again, and in five. A number
/// that gets longer would be read in another way from there on.
const COUNTS: [&str; 2] = ["\u{1}", "\u{2}"];
/// So many shapes are tried before what is kept is written and a line says how far the search is.
const SAID: u64 = 500;
/// The longest repeated part, in bytes.
const LONG: usize = 600;
/// A file of more words is a table, whose words are much alike: each fortieth stands for them.
const TABLE: usize = 5_000;

/// What is put around and into a text: before, repeated, repeated after that as often, after.
#[derive(Clone, Default, PartialEq)]
struct Shape(Parts);

type Parts = [Vec<String>; 4];

const BEFORE: usize = 0;
const REPEATED: usize = 1;
const AGAIN: usize = 2;
const AFTER: usize = 3;

impl Shape {
    fn text(&self, size: usize) -> String {
        let [before, repeated, again, after] = self.0.each_ref().map(|p| p.concat());
        let times = size / (repeated.len() + again.len()).max(1);
        let mut text = format!("清河市2024年工作报告\n一、总体情况\n全年学法4次。\n{before}");
        for part in [repeated, again] {
            match COUNTS.iter().any(|count| part.contains(count)) {
                true => (0..times).for_each(|n| {
                    let [short, long] = [n % 900 + 100, 10_000 + n].map(|n| n.to_string());
                    text += &part.replace(COUNTS[0], &short).replace(COUNTS[1], &long);
                }),
                false => text += &part.repeat(times),
            }
        }
        text + &after
    }

    fn name(&self) -> String {
        self.0.each_ref().map(|p| format!("{:?}", p.concat())).join(" · ")
    }
}

struct Found {
    shape: Shape,
    /// The most that the work grows at a doubling.
    growth: f64,
    /// Blocks a byte of the longest text.
    dear: f64,
    /// Nanoseconds a byte of it.
    slow: f64,
}

/// What is measured.
#[derive(Clone, Copy)]
enum Work {
    Parse,
    Outputs,
}

/// What a text costs.
#[derive(Clone, Copy)]
struct Cost {
    /// Blocks of code that ran.
    blocks: f64,
    /// Nanoseconds of the processor.
    time: f64,
    /// How many bytes were read and written: of what is dense in facts much is written.
    bytes: f64,
}

impl Work {
    fn cost(self, text: &str) -> Cost {
        match self {
            Self::Parse => cost(text, || (gongwen::parse(text), 0)),
            Self::Outputs => {
                let doc = gongwen::parse(text);
                cost(text, || ((), outputs(&doc)))
            }
        }
    }

    fn measure(self, shape: Shape) -> (Found, Verdict) {
        let costs = Costs::new(self, shape);
        let growth = (1..FIRST).map(|i| costs.growth(i)).fold(0.0, f64::max);
        let Cost { blocks, bytes, time } = costs.cost(FIRST - 1);
        // What the last doubling adds, beside what the one before it added: a cheap beginning (a long list of contents that is
        // skipped) is in neither. Then two doublings beside the two before them: where texts of an even number of parts are a
        // tenth dearer than those of an odd one (95%—95%—95%—), one doubling is dear and the next is cheap.
        let last = SIZES.len() - 1;
        let goes_on = || {
            costs.added(last - 1, last) > GROWTH * costs.added(last - 2, last - 1)
                && costs.added(last - 2, last) > GROWTH * GROWTH * costs.added(last - 4, last - 2)
        };
        let verdict = match growth > GROWTH {
            _ if costs.are_slower() => Verdict::Bad,
            true if goes_on() => Verdict::Bad,
            true => Verdict::Step,
            false => Verdict::Linear,
        };
        (Found { growth, dear: blocks / bytes, slow: time / bytes, shape: costs.shape }, verdict)
    }
}

/// What one call costs; it says how many bytes it wrote.
fn cost<T>(text: &str, work: impl FnOnce() -> (T, usize)) -> Cost {
    let (blocks, start) = (BLOCKS.load(Relaxed), ThreadTime::now());
    let (made, written) = std::hint::black_box(work());
    let (time, blocks) = (start.elapsed().as_secs_f64() * 1e9, BLOCKS.load(Relaxed) - blocks);
    drop(made);
    Cost { blocks: blocks as f64, time, bytes: (text.len() + written) as f64 }
}

/// What a shape costs at each size: a text is made and measured when it is asked for.
struct Costs {
    work: Work,
    shape: Shape,
    texts: [OnceCell<String>; SIZES.len()],
    costs: [OnceCell<Cost>; SIZES.len()],
}

impl Costs {
    fn new(work: Work, shape: Shape) -> Self {
        Self { work, shape, texts: Default::default(), costs: Default::default() }
    }

    fn text(&self, i: usize) -> &str {
        self.texts[i].get_or_init(|| self.shape.text(SIZES[i] << 10))
    }

    fn cost(&self, i: usize) -> Cost {
        *self.costs[i].get_or_init(|| self.work.cost(self.text(i)))
    }

    /// How many times the work grows from the size before, for a text of twice its length.
    fn growth(&self, i: usize) -> f64 {
        let each = |i: usize| self.cost(i).blocks / self.text(i).len() as f64;
        2.0 * each(i) / each(i - 1)
    }

    /// What the bytes cost that one size has more than another.
    fn added(&self, less: usize, more: usize) -> f64 {
        self.cost(more).blocks - self.cost(less).blocks
    }

    /// Whether a block and a byte take much more time in the longest of the first texts than in the shortest, however often it
    /// is tried. What is read in another way from some length on has dearer bytes there, and of what is skipped blocks are few.
    fn are_slower(&self) -> bool {
        let [short, long] = [0, FIRST - 1];
        let mut time = self.cost(long).time;
        let slower = |time: f64, what: fn(&Self, usize) -> f64| time / what(self, long) > SLOWER * self.cost(short).time / what(self, short);
        for _ in 0..ROUNDS {
            if !slower(time, |costs, i| costs.cost(i).blocks) || !slower(time, |costs, i| costs.text(i).len() as f64) {
                return false;
            }
            time = time.min(self.work.cost(self.text(long)).time);
        }
        true
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Linear,
    /// The text is read in another way from some size on, and is linear from there on.
    Step,
    Bad,
}

fn outputs(doc: &Document<'_>) -> usize {
    let paths: usize = doc.all_sections().map(|s| s.path().len() + s.heading_text().map_or(0, |h| h.len())).sum();
    let subjects: usize = doc.metrics.iter().flat_map(|m| m.subject.iter()).map(|s| doc.clean(*s).len()).sum();
    let json = doc.to_json(OffsetEncoding::Utf16).len();
    paths + subjects + json + doc.chunks(&ChunkOptions::default()).len() + doc.tasks().len()
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let work = if std::env::var_os("OUTPUTS").is_some() { Work::Outputs } else { Work::Parse };
    if let [one, before, repeated, again, after, kb @ ..] = &args[..]
        && one == "--one"
    {
        let shape = Shape([before, repeated, again, after].map(|p| vec![p.clone()]));
        let Some(kb) = kb.first() else {
            reports(work);
            let costs = Costs::new(work, shape);
            for i in 0..SIZES.len() {
                let grown = if i == 0 { 0.0 } else { costs.growth(i) };
                println!("{:4} kB {:7.1} blocks a byte, {grown:.2} × the size before", SIZES[i], costs.cost(i).blocks / costs.text(i).len() as f64);
            }
            return;
        };
        let cost = work.cost(&shape.text(kb.parse::<usize>().unwrap_or(96) << 10));
        return println!("{} bytes read and written, {} blocks", cost.bytes, cost.blocks);
    }
    let state = std::env::var_os("STATE").map(PathBuf::from);
    let before: Vec<Parts> = state.as_ref().and_then(|p| serde_json::from_str(&std::fs::read_to_string(p).ok()?).ok()).unwrap_or_default();
    if args.first().is_some_and(|a| a == "--dear") {
        return dearest(work, before);
    }
    let report = mean(&reports(work), |c| c.blocks);
    assert!(report > 0.0, "no block is counted: build it by scripts/fuzz.sh");
    let shapes: u64 = args.first().and_then(|s| s.parse().ok()).unwrap_or(10_000);
    let end = Instant::now() + Duration::from_secs(args.get(1).and_then(|s| s.parse().ok()).unwrap_or(u64::MAX >> 20));
    let literals = literals();
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_nanos() as u64));
    println!("{} literals, seed {seed}; a report: {report:.1} blocks a byte", literals.len());
    let mut random = Random(seed);
    let started = ThreadTime::now();
    let (mut tried, mut bad, mut steps, mut total) = (0, 0, 0, 0.0);
    let mut kept: [Vec<Found>; KEYS.len()] = Default::default();
    for parts in before {
        keep(&mut kept, &work.measure(Shape(parts)).0);
    }
    while tried < shapes && Instant::now() < end {
        tried += 1;
        if tried % SAID == 0 {
            let each = started.elapsed().as_secs_f64() * 1e3 / tried as f64;
            eprintln!("{tried} shapes, {bad} bad, {steps} with one step; {each:.1} ms of the processor a shape");
            let parts: Vec<&Parts> = kept.iter().flatten().map(|f| &f.shape.0).collect();
            if let Some(Err(error)) = state.as_ref().map(|p| std::fs::write(p, serde_json::to_vec(&parts).unwrap_or_default())) {
                eprintln!("the shapes are not kept: {error}");
            }
        }
        let worst = &kept[random.below(KEYS.len())];
        let shape = match random.below(4) {
            0 if !worst.is_empty() => changed(&worst[random.below(worst.len())].shape, &literals, &mut random),
            _ => shape(&literals, &mut random),
        };
        let (found, verdict) = work.measure(shape);
        total += found.dear;
        match verdict {
            Verdict::Linear => {}
            Verdict::Step => {
                steps += 1;
                println!("step  {}", line(&found, report));
                continue;
            }
            Verdict::Bad => {
                // What it is changed into would mostly be bad too.
                bad += 1;
                println!("bad   {}", line(&found, report));
                eprintln!("bad   {}", line(&found, report));
                continue;
            }
        }
        keep(&mut kept, &found);
    }
    let each = started.elapsed().as_secs_f64() * 1e3 / tried as f64;
    let [fast, dear, _] = &kept;
    let first = |found: &[Found], key: fn(&Found) -> f64| found.first().map_or(0.0, key);
    println!("{tried} shapes, {bad} bad; {each:.1} ms of the processor a shape, {:.1} × a report in the mean", total / report / tried as f64);
    println!("worst: {:.2} × a doubling, {:.1} × the blocks of a report, {steps} with one step", first(fast, KEYS[0]), first(dear, KEYS[1]) / report);
    for (name, found) in ["grows", "dear ", "slow "].into_iter().zip(&kept) {
        found.iter().take(10).for_each(|f| println!("{name} {}", line(f, report)));
    }
    std::process::exit(i32::from(bad > 0));
}

fn line(found: &Found, report: f64) -> String {
    format!("{:5.2} × a doubling, {:5.1} × the blocks of a report, {:4.0} ns a byte  {}", found.growth, found.dear / report, found.slow, found.shape.name())
}

/// Measures the time of the kept shapes beside that of reports, in turns, the least of each, and says which are dear.
fn dearest(work: Work, kept: Vec<Parts>) {
    let mut kept: Vec<(Shape, f64)> = kept.into_iter().map(|parts| (Shape(parts), f64::MAX)).collect();
    kept.sort_by_cached_key(|(shape, _)| shape.name());
    kept.dedup_by(|a, b| a.0 == b.0);
    let mut all = reports(work);
    for _ in 0..ROUNDS {
        all.iter_mut().zip(reports(work)).for_each(|(least, cost)| least.time = least.time.min(cost.time));
        for (shape, least) in &mut kept {
            let cost = work.cost(&shape.text(SIZES[FIRST - 1] << 10));
            *least = least.min(cost.time / cost.bytes);
        }
    }
    let report = mean(&all, |c| c.time);
    kept.sort_by(|a, b| b.1.total_cmp(&a.1));
    let dear = kept.iter().filter(|(_, time)| *time > DEAR * report).count();
    println!("time of {} shapes: {:.1} × a report at most ({report:.1} ns a byte), {dear} dear", kept.len(), kept.first().map_or(0.0, |k| k.1) / report);
    kept.iter().take(dear.max(10)).for_each(|(shape, time)| println!("time  {:5.1} × a report  {}", time / report, shape.name()));
    std::process::exit(i32::from(dear > 0));
}

/// Keeps a shape among the worst of each kind, unless it is there.
fn keep(kept: &mut [Vec<Found>; KEYS.len()], found: &Found) {
    for (kept, key) in kept.iter_mut().zip(KEYS) {
        let at = kept.partition_point(|f| key(f) >= key(found));
        if at < KEPT && kept.iter().all(|f| f.shape != found.shape) {
            kept.insert(at, Found { shape: found.shape.clone(), ..*found });
            kept.truncate(KEPT);
        }
    }
}

/// What the reports cost: the real ones beside this checkout where there are any, each tenth, else the samples.
fn reports(work: Work) -> Vec<Cost> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("GONGWEN_SHARED").map(|p| Path::new(&p).join("corpus"));
    let mut real: Vec<_> = named.into_iter().flat_map(|p| files(&p)).filter(|p| !p.components().any(|c| c.as_os_str() == "raw")).collect();
    real.sort();
    let paths: Vec<_> = if real.is_empty() { files(&root.join("../examples/reports")) } else { real.into_iter().step_by(10).collect() };
    let texts = paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).filter_map(|p| std::fs::read_to_string(p).ok());
    texts.map(|t| work.cost(&t)).collect()
}

/// What a byte that is read or written costs in the mean.
fn mean(costs: &[Cost], what: impl Fn(&Cost) -> f64) -> f64 {
    costs.iter().map(what).sum::<f64>() / costs.iter().map(|c| c.bytes).sum::<f64>()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    entries.flat_map(|p| if p.is_dir() { files(&p) } else { vec![p] }).collect()
}

fn piece(literals: &[String], random: &mut Random) -> String {
    match random.below(12) {
        0 => random.pick(&COUNTS).to_owned(),
        1..=4 => random.pick(PIECES).to_owned(),
        _ => literals[random.below(literals.len())].clone(),
    }
}

fn shape(literals: &[String], random: &mut Random) -> Shape {
    let mut some = |least: usize, most: usize| -> Vec<String> {
        let mut out: Vec<_> = (0..least + random.below(most + 1 - least)).map(|_| piece(literals, random)).collect();
        if !out.is_empty() && random.below(4) == 0 {
            out.push("\n".to_owned());
        }
        out
    };
    let (before, repeated, after) = (some(0, 2), some(1, 4), some(0, 1));
    let again = if random.below(8) == 0 { vec![piece(literals, random)] } else { vec![] };
    Shape([before, repeated, again, after])
}

/// A shape with a piece more, less or changed, or with much of what it repeats repeated before the rest.
fn changed(shape: &Shape, literals: &[String], random: &mut Random) -> Shape {
    let mut shape = shape.clone();
    for _ in 0..1 + random.below(2) {
        let part = [BEFORE, REPEATED, REPEATED, REPEATED, AGAIN, AFTER][random.below(6)];
        let pieces = &mut shape.0[part];
        let at = random.below(pieces.len() + 1);
        let other = if random.below(4) == 0 { "\n".to_owned() } else { piece(literals, random) };
        match random.below(4) {
            0 if at < pieces.len() => drop(pieces.remove(at)),
            1 if at < pieces.len() => pieces[at] = other,
            2 if random.below(4) == 0 => {
                let times = 2 + random.below(30);
                let long = pieces.concat().repeat(times);
                if long.len() <= LONG {
                    *pieces = vec![long, other];
                }
            }
            _ if pieces.concat().len() <= LONG => pieces.insert(at, other),
            _ => {}
        }
    }
    if shape.0[REPEATED].is_empty() {
        shape.0[REPEATED].push(piece(literals, random));
    }
    shape
}

/// The literals of the core: strings and characters of its source, words of its lists; each once.
fn literals() -> Vec<String> {
    let mut out = std::collections::BTreeSet::new();
    for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src")) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
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
    // Long ones are messages.
    out.into_iter().filter(|l| !l.is_empty() && l.chars().count() <= 12 && !l.contains(['{', '\\'])).collect()
}
