//! Searches for texts whose work grows faster than they do, or is much dearer than a report's.
//!
//! A shape is a prefix, something repeated, and a suffix, put together of the literals in the core's own source and word lists
//! (as the dos-fuzzer of pulldown-cmark does) and of the grammar's pieces; at times the repeated part counts, or something else
//! is repeated after it. A quarter of the shapes are changes of the dearest and the fastest growing so far. Each is measured at
//! 6 and 96 kB; one that is dear, or whose byte costs more than 1.1 times as much at 96 as at 6, at 12, 24 and 48 kB too. What
//! speaks against it then, a doubling or the longest, is measured again and again, the least of each size, until nothing does. One
//! that still grows at a doubling is measured at 192 and 384 kB too, and counts where 192 more kB cost more than 2.2 times what 96
//! more did: a text may be read in another way from some length on, which is a step and no growth.
//!
//! ```text
//! cargo run --profile growth --no-default-features --bin growth -- SHAPES [SECONDS]
//! ```
//!
//! `STATE=FILE` keeps the dearest and the fastest growing shapes there, and begins with those that it finds.
//! `OUTPUTS=1` measures what is made of a document instead: its JSON form, pieces, tasks, indicators and paths, by the byte that
//! is read or written.
//! With glibc, `MALLOC_MMAP_THRESHOLD_` and `MALLOC_TRIM_THRESHOLD_` of a gigabyte leave the system's pages out of the measure.
//! Time on the processor, as an ordinary program sees no counter of instructions everywhere.
//! `growth --one BEFORE REPEATED AGAIN AFTER KB` parses one text once, for callgrind to count.

use cpu_time::ThreadTime;
use gongwen::{ChunkOptions, Document, OffsetEncoding};
use gongwen_fuzz::PIECES;
use gongwen_fuzz::grammar::Random;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The most that the work may grow at a doubling of the text.
const GROWTH: f64 = 2.2;
/// How many times dearer a byte of the longest text may be than one of a report.
const DEAR: f64 = 20.0;
/// The sizes, in kB; each is twice the one before it. The last show whether what grows once goes on growing.
const SIZES: [usize; 7] = [6, 12, 24, 48, 96, 192, 384];
/// So many of them each shape is measured at.
const FIRST: usize = 5;
/// How often what speaks against a shape is measured again before it counts as a breach, and how often before it is looked at
/// whether the longer texts go on growing.
const ROUNDS: usize = 24;
const LATE: usize = 12;
/// How many of the dearest and of the fastest growing shapes are kept and changed.
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
    /// Nanoseconds a byte of the longest text.
    dear: f64,
}

/// Nanoseconds of the processor for one call.
fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = ThreadTime::now();
    let made = std::hint::black_box(work());
    (start.elapsed().as_secs_f64() * 1e9, made)
}

/// What is measured.
#[derive(Clone, Copy)]
enum Work {
    Parse,
    Outputs,
}

impl Work {
    /// The nanoseconds of a text, and how many bytes were read and written: of what is dense in facts much is written.
    fn time(self, text: &str) -> (f64, usize) {
        match self {
            Self::Parse => (time(|| gongwen::parse(text)).0, text.len()),
            Self::Outputs => {
                let doc = gongwen::parse(text);
                let (nanoseconds, written) = time(|| outputs(&doc));
                (nanoseconds, text.len() + written)
            }
        }
    }

    /// Measures a shape until it looks linear and cheap, or it has been measured often.
    fn measure(self, shape: Shape, report: f64) -> (Found, Verdict) {
        let mut costs = Costs::new(self, shape);
        [0, FIRST - 1].into_iter().for_each(|i| costs.measure(i));
        let (short, long) = (costs.least[0], costs.least[FIRST - 1]);
        // Where a byte of the longest costs hardly more than one of the shortest, no doubling between them grows.
        if long <= short * GROWTH / 2.0 && costs.dear() <= report * DEAR {
            let growth = 2.0 * (long / short).powf(1.0 / (FIRST - 1) as f64);
            return (Found { dear: costs.dear(), shape: costs.shape, growth }, Verdict::Linear);
        }
        (1..FIRST - 1).for_each(|i| costs.measure(i));
        for round in 0.. {
            let grows: Vec<usize> = (1..FIRST).filter(|&i| costs.doubling(i) > GROWTH).collect();
            let dear = costs.dear() > report * DEAR;
            let growth = (1..FIRST).map(|i| costs.doubling(i)).fold(0.0, f64::max);
            // What the last doubling adds, beside what the one before it added: a cheap beginning (a long list of contents that is
            // skipped) is in neither.
            let asked = costs.least[SIZES.len() - 1] < f64::MAX;
            let goes_on = || costs.added(SIZES.len() - 1) > GROWTH * costs.added(SIZES.len() - 2);
            let verdict = match (grows.is_empty() && !dear, round) {
                (true, _) => Some(Verdict::Linear),
                (_, LATE..) if !dear && asked && !goes_on() => Some(Verdict::Step),
                (_, ROUNDS) => Some(Verdict::Bad),
                _ => None,
            };
            if let Some(verdict) = verdict {
                return (Found { dear: costs.dear(), shape: costs.shape, growth }, verdict);
            }
            // Only what speaks against the shape is measured again, and what it is compared with.
            let mut again: Vec<usize> = grows.iter().flat_map(|&i| [i - 1, i]).collect();
            if dear {
                again.push(FIRST - 1);
            }
            if !grows.is_empty() && round + 3 >= LATE {
                again.extend(FIRST - 1..SIZES.len());
            }
            again.sort_unstable();
            again.dedup();
            again.into_iter().for_each(|i| costs.measure(i));
        }
        unreachable!("the last round gives a verdict")
    }
}

/// The least that was measured of a shape at each size, in nanoseconds a byte of the text, and how many bytes were read and
/// written. A text is made when it is asked for.
struct Costs {
    work: Work,
    shape: Shape,
    texts: [OnceCell<String>; SIZES.len()],
    least: [f64; SIZES.len()],
    bytes: [usize; SIZES.len()],
}

impl Costs {
    fn new(work: Work, shape: Shape) -> Self {
        Self { work, shape, texts: Default::default(), least: [f64::MAX; SIZES.len()], bytes: [1; SIZES.len()] }
    }

    fn text(&self, i: usize) -> &str {
        self.texts[i].get_or_init(|| self.shape.text(SIZES[i] << 10))
    }

    /// Measures one size once more.
    fn measure(&mut self, i: usize) {
        let text = self.text(i);
        let (nanoseconds, bytes) = self.work.time(text);
        self.least[i] = self.least[i].min(nanoseconds / text.len() as f64);
        self.bytes[i] = bytes;
    }

    /// What a byte that is read or written costs at the longest of the first sizes.
    fn dear(&self) -> f64 {
        let at = FIRST - 1;
        self.least[at] * self.text(at).len() as f64 / self.bytes[at] as f64
    }

    /// How many times the work grows from the size before.
    fn doubling(&self, i: usize) -> f64 {
        2.0 * self.least[i] / self.least[i - 1]
    }

    /// What the bytes after the size before cost, in nanoseconds.
    fn added(&self, i: usize) -> f64 {
        let cost = |i: usize| self.least[i] * self.text(i).len() as f64;
        cost(i) - cost(i - 1)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Linear,
    /// The text is read in another way from some size on, and is linear from there on.
    Step,
    Bad,
}

/// What a byte of a report costs: the least that was measured so far of each, as of the shapes, for other programs come and go.
struct Reports {
    texts: Vec<String>,
    least: Vec<f64>,
}

impl Reports {
    /// So many shapes are measured before the reports are again.
    const EVERY: u64 = 100;

    fn new(texts: Vec<String>) -> Self {
        Self { least: vec![f64::MAX; texts.len()], texts }
    }

    /// Measures them again, and gives nanoseconds for a byte that is read or written, of all together.
    fn again(&mut self, work: Work) -> f64 {
        let mut all = 0;
        for (least, text) in self.least.iter_mut().zip(&self.texts) {
            let (nanoseconds, bytes) = work.time(text);
            *least = least.min(nanoseconds);
            all += bytes;
        }
        self.least.iter().sum::<f64>() / all.max(1) as f64
    }
}

fn outputs(doc: &Document<'_>) -> usize {
    let paths: usize = doc.all_sections().map(|s| s.path().len() + s.heading_text().map_or(0, |h| h.len())).sum();
    let subjects: usize = doc.metrics.iter().flat_map(|m| m.subject.iter()).map(|s| doc.clean(*s).len()).sum();
    let json = doc.to_json(OffsetEncoding::Utf16).len();
    paths + subjects + json + doc.chunks(&ChunkOptions::default()).len() + doc.tasks().len() + doc.indicators().len()
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [one, parts @ .., kb] = &args[..]
        && let [before, repeated, again, after] = parts
        && one == "--one"
    {
        let shape = Shape([before, repeated, again, after].map(|p| vec![p.clone()]));
        let doc = gongwen::parse(&shape.text(kb.parse::<usize>().unwrap() << 10)).into_owned();
        return println!("{} metrics", doc.metrics.len());
    }
    let shapes: u64 = args.first().and_then(|s| s.parse().ok()).unwrap_or(10_000);
    let end = Instant::now() + Duration::from_secs(args.get(1).and_then(|s| s.parse().ok()).unwrap_or(u64::MAX >> 20));
    let literals = literals();
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_nanos() as u64));
    let work = if std::env::var_os("OUTPUTS").is_some() { Work::Outputs } else { Work::Parse };
    let mut reports = Reports::new(reports());
    let mut report = (0..3).map(|_| reports.again(work)).last().unwrap_or_default();
    println!("{} literals, seed {seed}; a report: {report:.1} ns a byte", literals.len());
    let mut random = Random(seed);
    let started = ThreadTime::now();
    let (mut tried, mut bad, mut steps, mut total) = (0, 0, 0, 0.0);
    let (mut dear, mut fast): (Vec<Found>, Vec<Found>) = (Vec::new(), Vec::new());
    let state = std::env::var_os("STATE").map(PathBuf::from);
    let before = state.as_ref().and_then(|p| std::fs::read_to_string(p).ok()).and_then(|s| serde_json::from_str::<Vec<Parts>>(&s).ok());
    for parts in before.into_iter().flatten() {
        let (found, _) = work.measure(Shape(parts), report);
        keep(&mut fast, &found, |f| f.growth);
        keep(&mut dear, &found, |f| f.dear);
    }
    while tried < shapes && Instant::now() < end {
        tried += 1;
        if tried % Reports::EVERY == 0 {
            report = reports.again(work);
        }
        if tried % SAID == 0 {
            let each = started.elapsed().as_secs_f64() * 1e3 / tried as f64;
            eprintln!("{tried} shapes, {bad} bad, {steps} with one step; {each:.1} ms of the processor a shape");
            let parts: Vec<&Parts> = dear.iter().chain(&fast).map(|f| &f.shape.0).collect();
            if let Some(Err(error)) = state.as_ref().map(|p| std::fs::write(p, serde_json::to_vec(&parts).unwrap_or_default())) {
                eprintln!("the shapes are not kept: {error}");
            }
        }
        let kept = if random.below(3) == 0 { &fast } else { &dear };
        let shape = match random.below(4) {
            0 if !kept.is_empty() => changed(&kept[random.below(kept.len())].shape, &literals, &mut random),
            _ => shape(&literals, &mut random),
        };
        let (found, verdict) = work.measure(shape, report);
        total += found.dear;
        match verdict {
            Verdict::Linear => {}
            Verdict::Step => {
                steps += 1;
                println!("step  {}", line(&found, report));
                continue;
            }
            Verdict::Bad => {
                // What it is changed into would mostly be bad too, and each is measured long.
                bad += 1;
                println!("bad   {}", line(&found, report));
                eprintln!("bad   {}", line(&found, report));
                continue;
            }
        }
        keep(&mut fast, &found, |f| f.growth);
        keep(&mut dear, &found, |f| f.dear);
    }
    let each = started.elapsed().as_secs_f64() * 1e3 / tried as f64;
    settle(&mut fast, work, |f| f.growth);
    settle(&mut dear, work, |f| f.dear);
    let worst = |found: &[Found], key: fn(&Found) -> f64| found.iter().map(key).fold(0.0, f64::max);
    println!("a report: {report:.1} ns a byte");
    println!("{tried} shapes, {bad} bad; {each:.1} ms of the processor a shape, {:.1} × a report in the mean", total / report / tried as f64);
    println!("worst: {:.2} × a doubling, {:.1} × a report, {steps} with one step", worst(&fast, |f| f.growth), worst(&dear, |f| f.dear) / report);
    fast.iter().for_each(|f| println!("grows {}", line(f, report)));
    dear.iter().for_each(|f| println!("dear  {}", line(f, report)));
    std::process::exit(i32::from(bad > 0));
}

fn line(found: &Found, report: f64) -> String {
    format!("{:5.2} × a doubling, {:5.1} × a report  {}", found.growth, found.dear / report, found.shape.name())
}

/// The first of the kept, measured anew: a shape that is linear and cheap was measured only until it looked so.
fn settle(kept: &mut Vec<Found>, work: Work, key: impl Fn(&Found) -> f64) {
    kept.truncate(10);
    for found in kept.iter_mut() {
        let mut costs = Costs::new(work, std::mem::take(&mut found.shape));
        (0..6).for_each(|_| (0..FIRST).for_each(|i| costs.measure(i)));
        let growth = (1..FIRST).map(|i| costs.doubling(i)).fold(0.0, f64::max);
        *found = Found { growth, dear: costs.dear(), shape: costs.shape };
    }
    kept.sort_by(|a, b| key(b).total_cmp(&key(a)));
}

/// Keeps a shape among the worst, unless it is there.
fn keep(kept: &mut Vec<Found>, found: &Found, key: impl Fn(&Found) -> f64) {
    let at = kept.partition_point(|f| key(f) >= key(found));
    if at < KEPT && kept.iter().all(|f| f.shape != found.shape) {
        kept.insert(at, Found { shape: found.shape.clone(), ..*found });
        kept.truncate(KEPT);
    }
}

/// The reports that a byte's cost is compared with: the real ones beside this checkout where there are any, each tenth, else
/// the samples.
fn reports() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("GONGWEN_SHARED").map(|p| Path::new(&p).join("corpus"));
    let mut real: Vec<_> = named.into_iter().flat_map(|p| files(&p)).filter(|p| !p.components().any(|c| c.as_os_str() == "raw")).collect();
    real.sort();
    let paths: Vec<_> = if real.is_empty() { files(&root.join("../examples/reports")) } else { real.into_iter().step_by(10).collect() };
    paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).filter_map(|p| std::fs::read_to_string(p).ok()).collect()
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
