//! Reads documents and prints what was found.
//!
//! ```text
//! cargo run --release --example read -- examples/reports/*.txt
//! ```

use clap::Parser as _;
use gongwen::read::{Archive, Limits, Options};
use gongwen_examples::{Choice, Table, show};
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads Chinese government reports and work plans, and prints title, header, outline, metrics,
/// responsibilities, deadlines and what looks wrong.
#[derive(clap::Parser, Debug)]
#[command(version)]
struct Args {
    /// Files to read, ZIP archives of files too; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// One JSON document per file, each on one line, and nothing else on standard output.
    #[arg(long, conflicts_with_all = ["csv", "text"])]
    json: bool,
    /// Only the metrics.
    #[arg(long)]
    metrics: bool,
    /// Only the responsibilities, as units and their tasks.
    #[arg(long)]
    responsibilities: bool,
    /// Only the deadlines, in the order of their dates.
    #[arg(long)]
    deadlines: bool,
    /// The chosen table of all files as CSV (metrics, where none is chosen).
    #[arg(long, conflicts_with = "text")]
    csv: bool,
    /// The rule that read the subject of each metric, a line for each.
    #[arg(long, conflicts_with_all = ["json", "csv", "text"])]
    explain: bool,
    /// Only the text that was read out of a web page, a PDF, OFD or Word file, a spreadsheet.
    #[arg(long)]
    text: bool,
    /// The character encoding of the files, where it should not be detected: gbk, utf-8, …
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// What is too much, as NAME=NUMBER: input, unpacked, text, rows, ratio, entries, depth or cells. The message that a
    /// file is too large names the limit to raise.
    #[arg(long, value_name = "NAME=NUMBER")]
    limit: Vec<String>,
    /// The year that dates like 6月底前 fall in, where a document does not say.
    #[arg(long)]
    year: Option<u16>,
}

impl Args {
    fn choice(&self) -> Choice {
        let one = [(self.metrics, Table::Metrics), (self.responsibilities, Table::Responsibilities), (self.deadlines, Table::Deadlines)];
        let chosen: Vec<Table> = one.into_iter().filter(|(on, _)| *on).map(|(_, t)| t).collect();
        if chosen.is_empty() { Choice::All } else { Choice::Only(chosen) }
    }
}

/// What was given; the message that it is not understood repeats it with nothing in it that a terminal would obey.
fn arguments() -> Args {
    Args::try_parse().unwrap_or_else(|error| {
        let shown = std::env::args_os().map(|arg| show::plain(&arg.to_string_lossy()));
        Args::try_parse_from(shown).err().unwrap_or(error).exit()
    })
}

fn main() -> ExitCode {
    let args = arguments();
    match run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // A reader that has seen enough (`| head`) is no failure.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("read: cannot write the result: {e}");
            ExitCode::FAILURE
        }
    }
}

/// Reads and prints every file; false when one could not be read.
fn run(args: &Args) -> io::Result<bool> {
    let mut all_read = true;
    let stdout = io::stdout();
    let colour = stdout.is_terminal();
    // What is data for a program is as it is; a terminal would obey what stands in it.
    let data = |text: String| if colour { show::plain_lines(&text) } else { text };
    // Pages are styled, and the filter takes the styles out where nobody sees them; data has none.
    let is_data = args.json || args.csv || args.text;
    let sink: Box<dyn Write> = if is_data { Box::new(stdout.lock()) } else { Box::new(anstream::AutoStream::auto(stdout.lock())) };
    let mut out = io::BufWriter::with_capacity(1 << 16, sink);
    let mut csv = args.csv.then(|| csv::Writer::from_writer(Vec::new()));
    let mut header = true;
    for (name, reading) in args.files.iter().flat_map(|file| load(args, file)) {
        let reading = match reading {
            Ok(reading) => reading,
            Err(message) => {
                all_read = false;
                eprintln!("read: {}: {}", show::plain(&name), show::plain(&message));
                continue;
            }
        };
        let doc = &reading.document;
        if args.text {
            writeln!(out, "{}", data(doc.text().to_owned()))?;
        } else if args.explain {
            let rules = gongwen::Parser::new().explain(doc.text()).map_err(io::Error::other)?;
            for (metric, rule) in doc.metrics.iter().zip(rules) {
                let subjects: Vec<_> = metric.subject.iter().map(|s| show::clean(doc, *s)).collect();
                writeln!(out, "{}\t{}\t{rule}", show::clean(doc, metric.span), subjects.join("、"))?;
            }
        } else if args.json {
            let mut form = doc.to_form(gongwen::OffsetEncoding::Utf8);
            // Spans refer to the input itself where it is plain UTF-8, else to the text read out of it.
            if reading.converted {
                form.text = Some(doc.text().into());
            }
            writeln!(out, "{}", data(form.to_json()))?;
        } else if let Some(csv) = &mut csv {
            let table = match args.choice() {
                Choice::Only(tables) => tables[0],
                Choice::All => Table::Metrics,
            };
            show::csv_rows(csv, &name, doc, table, header).map_err(io::Error::other)?;
            header = false;
        } else {
            show::document(&mut out, &name, doc, &args.choice(), colour)?;
        }
    }
    if let Some(csv) = csv {
        let csv = csv.into_inner().map_err(|e| io::Error::other(e.to_string()))?;
        out.write_all(data(String::from_utf8_lossy(&csv).into_owned()).as_bytes())?;
    }
    out.flush()?;
    Ok(all_read)
}

/// A document, and whether its text is not the file's own.
struct Reading {
    document: gongwen::Document<'static>,
    converted: bool,
}

/// The documents of a file, each with its name: one, or those of an archive.
fn load(args: &Args, file: &PathBuf) -> Vec<(String, Result<Reading, String>)> {
    let name = file.display().to_string();
    let found = options(args, &name).and_then(|(options, limits)| {
        let bytes = if file.as_os_str() == "-" { contents(io::stdin().lock(), &limits) } else { open(file, &limits) };
        Ok((bytes.map_err(|e| e.to_string())?, options))
    });
    let (bytes, options) = match found {
        Ok(found) => found,
        Err(message) => return vec![(name, Err(message))],
    };
    let document = |bytes: &[u8], options: &Options| {
        let reading = gongwen::read::read(bytes, options).map_err(|e| e.to_string())?;
        let converted = reading.document.text().as_bytes() != bytes;
        Ok(Reading { document: reading.document, converted })
    };
    let packed = matches!(gongwen::read::sniff(&bytes, None), Err(gongwen::Error::Unsupported { format: "ZIP archive", .. }));
    match packed.then(|| Archive::open(&bytes, &options)) {
        Some(Ok(mut archive)) => std::iter::from_fn(|| archive.next_file())
            .map(|(inner, bytes)| {
                let name = format!("{name}/{inner}");
                let options = options.clone().file_name(name.as_str());
                let reading = bytes.map_err(|e| e.to_string()).and_then(|bytes| document(&bytes, &options));
                (name, reading)
            })
            .collect(),
        Some(Err(e)) => vec![(name, Err(e.to_string()))],
        None => vec![(name, document(&bytes, &options))],
    }
}

fn options(args: &Args, name: &str) -> Result<(Options, Limits), String> {
    let mut limits = Limits::default();
    for limit in &args.limit {
        let given = limit.split_once('=').and_then(|(name, value)| Some((name, value.parse().ok()?)));
        let (name, value) = given.ok_or_else(|| format!("--limit takes NAME=NUMBER, not {limit}"))?;
        limits.set(name, value).map_err(|e| e.to_string())?;
    }
    let mut options = Options::new().file_name(name).limits(limits);
    if let Some(label) = &args.encoding {
        options = options.encoding(label).map_err(|e| e.to_string())?;
    }
    if let Some(year) = args.year {
        options = options.year(year);
    }
    Ok((options, limits))
}

/// What a file holds; its size is asked before it is read.
fn open(file: &PathBuf, limits: &Limits) -> io::Result<Vec<u8>> {
    let file = std::fs::File::open(file)?;
    let size = file.metadata()?.len();
    if size > limits.input {
        return Err(io::Error::other(format!("input size is {size}, more than the limit of {}; raise `limits.input`", limits.input)));
    }
    contents(file, limits)
}

/// What can be read, and no more than tells that it is too much.
fn contents(source: impl Read, limits: &Limits) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limits.input.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
