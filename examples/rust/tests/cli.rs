//! The example program as a person runs it.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

const SAMPLE: &str = "examples/reports/qinghe-annual-2023.txt";
const OTHER: &str = "examples/reports/songshi-plan-2024.txt";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The program, built as it is now: `cargo test --test cli` alone would not build it.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // …/target/PROFILE/deps/cli-…
        let tests = std::env::current_exe().unwrap();
        let built = tests.parent().unwrap().parent().unwrap();
        let profile = match built.file_name().unwrap().to_str().unwrap() {
            "debug" => "dev",
            name => name,
        };
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(root()).args(["build", "--quiet", "--profile", profile, "--package", "gongwen-examples", "--example", "read"]);
        assert!(cargo.status().unwrap().success());
        built.join("examples").join(format!("read{}", std::env::consts::EXE_SUFFIX))
    })
}

fn run(args: &[&str]) -> Output {
    Command::new(program()).current_dir(root()).args(args).stdin(Stdio::null()).output().unwrap()
}

fn run_with(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program()).current_dir(root()).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn samples() -> Vec<String> {
    let mut files: Vec<String> = std::fs::read_dir(root().join("examples/reports"))
        .unwrap()
        .map(|e| format!("examples/reports/{}", e.unwrap().file_name().to_string_lossy()))
        .filter(|f| f.ends_with(".txt"))
        .collect();
    files.sort();
    files
}

fn temporary(name: &str, bytes: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("gongwen-cli-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn every_sample_is_shown() {
    let files = samples();
    let args: Vec<&str> = files.iter().map(String::as_str).collect();
    let output = run(&args);
    assert!(output.status.success(), "{}", err(&output));
    assert!(err(&output).is_empty(), "{}", err(&output));
    let shown = out(&output);
    let mut from = 0;
    for file in &files {
        let at = shown[from..].find(file.as_str()).unwrap_or_else(|| panic!("{file} is shown, after the one before it"));
        from += at;
    }
    assert!(!shown.contains('\u{1b}'), "no colours where nobody sees them");
}

#[test]
fn a_report_comes_apart() {
    let shown = out(&run(&[SAMPLE]));
    for part in [
        "清河市人民政府关于2023年度法治政府建设情况的报告",
        "annual report · 清河市 · 2023",
        "索引号        QH0100203/2024-00017",
        "├─ 二、存在的不足和原因",
        "│  │  ├─ 1.行政审批再提速",
        "80 → 30",
        "每半年",
        "2024-06-30",
    ] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
}

/// What the READMEs show is what comes out, line by line; ⋮ stands for lines left out. Widths of columns depend on the
/// lines left out and are not compared.
#[test]
fn the_readmes_show_what_comes_out() {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = out(&run(&[SAMPLE]));
    let lines: Vec<String> = shown.lines().map(words).collect();
    for readme in ["README.md", "README.zh.md"] {
        let page = std::fs::read_to_string(root().join(readme)).unwrap();
        let (_, after) = page.split_once(&format!("--example read -- {SAMPLE}\n```")).unwrap();
        let block = after.split("```text\n").nth(1).and_then(|b| b.split("```").next()).unwrap();
        for line in block.lines().map(words).filter(|l| !l.is_empty() && l != "⋮") {
            assert!(lines.contains(&line), "{readme} shows\n{line}\nwhich does not come out; run the command and copy what does");
        }
    }
}

#[test]
fn what_looks_wrong_is_shown_under_carets() {
    let shown = out(&run(&["examples/reports/baishi-regulation.txt"]));
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|l| l.starts_with("warning[numbering_repeat]")).expect("第十二条 stands twice");
    let place = &lines[at..at + 5];
    assert!(place.iter().any(|l| l.contains("examples/reports/baishi-regulation.txt:59:1")), "{place:#?}");
    // Four characters of double width: eight columns.
    assert!(place.iter().any(|l| l.trim_end().ends_with("| ^^^^^^^^")), "{place:#?}");
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_is_read() {
    let bad = temporary("bad.docx", b"PK\x03\x04 and nothing that a Word file has");
    let output = run(&[SAMPLE, "no/such/file.txt", &bad, "examples/reports", OTHER]);
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    for name in ["no/such/file.txt", bad.as_str(), "read: examples/reports:"] {
        assert!(said.contains(name), "{name} in\n{said}");
    }
    assert_eq!(said.lines().count(), 3, "one line for each:\n{said}");
    let shown = out(&output);
    assert!(shown.contains("清河市人民政府关于") && shown.contains("松石县2024年法治政府建设工作要点"));
    std::fs::remove_file(bad).unwrap();
}

#[test]
fn other_encodings_are_read_and_the_text_that_was_read_is_given() {
    let file = "examples/rust/tests/report.gbk.txt";
    let shown = out(&run(&[file]));
    assert!(shown.contains("临江市2023年法治政府建设年度报告") && shown.contains("总体情况"), "{shown}");
    let form: Value = serde_json::from_str(out(&run(&["--json", file])).trim_end()).unwrap();
    let text = form["text"].as_str().expect("spans refer to this text, not to the bytes of the file");
    let span = &form["title"]["span"];
    let at = |i: usize| span[i].as_u64().unwrap() as usize;
    assert_eq!(&text[at(0)..at(1)], "临江市2023年法治政府建设年度报告");
    assert_eq!(out(&run(&["--text", file])).trim_end(), text.trim_end());
    let unknown = run(&["--encoding", "no-such-encoding", file]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(err(&unknown).contains("no-such-encoding"));
}

#[test]
fn standard_input_is_a_file_too() {
    let text = "临江市2023年法治政府建设年度报告\n一、总体情况\n全年学法4次。\n";
    let output = run_with(&["-"], text.as_bytes());
    assert!(output.status.success());
    assert!(out(&output).contains("临江市2023年法治政府建设年度报告"));
    let empty = run_with(&["-", "--json"], b"");
    assert!(empty.status.success(), "an empty text is a document");
    assert_eq!(out(&empty).lines().count(), 1);
}

#[test]
fn json_is_one_line_a_file_in_their_order_and_nothing_else() {
    let files = samples();
    let mut args: Vec<&str> = vec!["--json"];
    args.extend(files.iter().map(String::as_str));
    let output = run(&args);
    assert!(output.status.success() && err(&output).is_empty());
    let written = out(&output);
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.len(), files.len());
    for (file, line) in files.iter().zip(lines) {
        let form: Value = serde_json::from_str(line).unwrap();
        assert_eq!(form["schema"], "gongwen/1");
        assert_eq!(form["offset_encoding"], "utf-8");
        assert_eq!(form["text"], Value::Null, "spans refer to the file as it is");
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        assert!(line == gongwen::parse(&text).to_json(gongwen::OffsetEncoding::Utf8), "{file}: not what the library writes");
        for metric in form["metrics"].as_array().unwrap() {
            let end = |i: usize| metric["span"][i].as_u64().unwrap() as usize;
            assert!(text.get(end(0)..end(1)).is_some(), "{file}: {metric}");
        }
    }
}

#[test]
fn json_of_what_could_be_read() {
    let output = run(&["--json", "no/such/file.txt", SAMPLE]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out(&output).lines().count(), 1);
    assert!(err(&output).contains("no/such/file.txt"));
}

#[test]
fn tables_can_be_chosen() {
    let shown = out(&run(&["--deadlines", OTHER]));
    assert!(shown.contains("2024-06-30") && !shown.contains("Outline") && !shown.contains("Metrics"));
    let shown = out(&run(&["--responsibilities", OTHER]));
    assert!(shown.contains("县委编办") && !shown.contains("Deadlines"));
    let shown = out(&run(&["--metrics", SAMPLE]));
    assert!(shown.contains("败诉率") && !shown.contains("Responsibilities"));
}

#[test]
fn csv_has_one_header_for_all_files() {
    for table in ["--metrics", "--responsibilities", "--deadlines"] {
        let output = run(&["--csv", table, SAMPLE, OTHER]);
        assert!(output.status.success() && err(&output).is_empty());
        let written = out(&output);
        let mut rows = csv::Reader::from_reader(written.as_bytes());
        let columns = rows.headers().unwrap().clone();
        assert_eq!(&columns[0], "document");
        let names: Vec<String> = rows.records().map(|r| r.unwrap()[0].to_owned()).collect();
        assert!(names.iter().all(|n| n == SAMPLE || n == OTHER), "{table}: {names:?}");
        assert!(names.iter().any(|n| n == OTHER), "{table}");
    }
}

#[test]
fn a_line_end_in_the_first_pages_is_enough() {
    // `read … | head -1` ends quietly.
    let mut child = Command::new(program()).current_dir(root()).args(samples()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", err(&output));
    assert!(err(&output).is_empty());
}

#[test]
fn how_it_is_used_is_said() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("Usage"));
}

/// Whether all its escapes are styles, which have an m at the end.
fn only_styles(shown: &str) -> bool {
    shown.split('\u{1B}').skip(1).all(|s| s.starts_with('[') && s[1..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
}

/// Nothing of a document or of a file's name is obeyed by a terminal; spreadsheets run no formula.
#[test]
fn nothing_is_obeyed() {
    let folder = std::env::temp_dir().join(format!("gongwen-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let escapes = folder.join("esc.txt");
    std::fs::write(
        &escapes,
        "清河县2024年工作要点\n一、\u{1B}]0 PWNED\u{7}总体\u{1B}[2J情况\n全年办理\u{202E}3件\u{9B}31m，经费\u{1B}3万元。（责任单位：\u{1B}[2J县司法局）\n",
    )
    .unwrap();
    // A pipe's filter takes escapes out; here it lets through what it lets through to a terminal.
    for view in [None, Some("--explain"), Some("--metrics"), Some("--responsibilities"), Some("--deadlines")] {
        let mut program = Command::new(program());
        let done = program.current_dir(root()).env("CLICOLOR_FORCE", "1").args(view).arg(&escapes).output().unwrap();
        let shown = String::from_utf8(done.stdout).unwrap();
        assert!(shown.contains("总体") || view.is_some(), "{shown}");
        assert!(!shown.is_empty() && !shown.contains(['\u{7}', '\u{9B}', '\u{202E}']), "{view:?}: {shown:?}");
        assert!(only_styles(&shown), "{view:?}: {shown:?}");
    }
    let forged = folder.join("forged\nread: other.txt: fine\u{1B}[2J.txt");
    let said = String::from_utf8(run(&[forged.to_str().unwrap()]).stderr).unwrap();
    assert!(said.lines().count() == 1 && !said.contains('\u{1B}'), "{said}");
    for args in [&["-x\u{1B}[2J\nread: fine.txt"][..], &["a", "--year", "\u{1B}]0;P\u{7}\u{202E}\nread: fine"], &["a", "--j\u{9B}31m\r"]] {
        let mut program = Command::new(program());
        let done = program.env("CLICOLOR_FORCE", "1").args(args).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.code() == Some(2) && only_styles(&said) && !said.contains(['\u{7}', '\u{9B}', '\u{202E}', '\r']), "{said:?}");
        assert!(said.starts_with("error: ") || said.starts_with('\u{1B}'), "{said:?}");
        assert!(said.lines().all(|line| !line.starts_with("read: ")), "{said:?}");
    }
    let formulas = folder.join("inj.txt");
    std::fs::write(&formulas, "=cmd|calc工作要点\n一、=cmd|calc情况\n＝SUM(1+1)，全年办理3件。（责任单位：=cmd|市司法局）\n@全年学法4次。\n").unwrap();
    for table in ["--metrics", "--responsibilities"] {
        let out = run(&[table, "--csv", formulas.to_str().unwrap()]).stdout;
        for record in csv::Reader::from_reader(&out[..]).records() {
            for cell in &record.unwrap() {
                assert!(!cell.trim_start().starts_with(['=', '+', '@', '＝', '＋', '－', '＠']), "{cell}");
            }
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The message that a file is too large names the limit to raise, and there is an option that raises it.
#[test]
fn limits_are_taken() {
    let refused = run(&["--limit", "text=10", SAMPLE]);
    assert!(!refused.status.success() && err(&refused).contains("raise `limits.text`"));
    assert!(run(&["--limit", "text=1000000", "--limit", "rows=10000", SAMPLE]).status.success());
    assert!(err(&run(&["--limit", "size=10", SAMPLE])).contains("unpacked"));
}
