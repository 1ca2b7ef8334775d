//! Every file of the shared corpus that is no plain text, against its text twin.
//!
//! The corpus is not part of this repository. Point `GONGWEN_SHARED` at it; without it the test says that
//! it was skipped. It prints a table of what was found and what should not have been.
#![cfg(feature = "formats")]

use gongwen::layout::{BlockKind, Layout};
use gongwen::read::{Extracted, Options, extract};
use std::path::{Path, PathBuf};

/// At least so many of the twin's sentences are found, in order.
const FOUND: f64 = 0.98;
/// At most so much of what was found is not in the twin.
const FOREIGN: f64 = 0.03;

#[test]
fn every_file_reads_as_its_twin() {
    let Some(corpus) = corpus() else {
        eprintln!("SKIPPED: no shared corpus; set GONGWEN_SHARED to check the reader against it");
        return;
    };
    let bodies = bodies();
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus.join("raw")).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 50, "the corpus holds its raw files");
    let mut failed = Vec::new();
    println!("{:<8} {:<6} {:<8} {:>9} {:>8} {:>8}", "file", "format", "encoding", "sentences", "found %", "foreign %");
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (class, number) = (&name[..1], &name[2..5]);
        let bytes = std::fs::read(&path).unwrap();
        let started = std::time::Instant::now();
        let got = extract(&bytes, &Options::new().file_name(name.as_str())).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(started.elapsed().as_secs() < 2, "{name} takes too long");
        laws(&name, &bytes, &got);
        let Some(twin) = twin(&corpus, class, number) else {
            println!("{class}/{number}    {:<6} {:<8} no twin", got.format.as_str(), got.encoding);
            continue;
        };
        let lines: Vec<&str> = twin.lines().collect();
        let page = bodies.iter().find(|b| class == "e" && b.0 == number);
        let (allowed, wanted) = match page {
            Some((_, head, first, last)) => (lines[*head - 1..*last].join("\n"), lines[*first - 1..*last].join("\n")),
            None => {
                // The way to open a page on a telephone is no part of the document.
                let own: Vec<&str> = lines.into_iter().filter(|l| !l.contains("扫一扫")).collect();
                (own.join("\n"), own.join("\n"))
            }
        };
        let body = body(&got);
        let wanted = sentences(&wanted);
        let (found, _) = in_order(&wanted, &norm(&body));
        let own = sentences(&body);
        let (_, foreign) = in_order(&own, &norm(&allowed));
        let found = found as f64 / wanted.len().max(1) as f64;
        println!("{class}/{number}    {:<6} {:<8} {:>9} {:>8.1} {:>8.1}", got.format.as_str(), got.encoding, wanted.len(), found * 100.0, foreign * 100.0);
        if found < FOUND || foreign > FOREIGN {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "below what is asked for: {failed:?}");
}

/// What holds for every file.
fn laws(name: &str, bytes: &[u8], got: &Extracted) {
    let mut end = 0;
    for block in &got.layout.blocks {
        assert!(end <= block.span.start && block.span.start < block.span.end, "{name}: blocks in order");
        assert!(got.text[end as usize..block.span.start as usize].trim().is_empty(), "{name}: nothing between blocks");
        let text = &got.text[block.span.range()];
        assert!(block.kind == BlockKind::TableRow || text == text.trim_end(), "{name}");
        end = block.span.end;
    }
    for table in &got.layout.tables {
        let columns = table.rows[0].cells.len();
        for row in &table.rows {
            assert_eq!(row.cells.len(), columns, "{name}: the grid is a rectangle");
            for cell in &row.cells {
                assert!(table.span.contains(*cell), "{name}: cells in their table");
                let _ = &got.text[cell.range()];
            }
        }
    }
    let numbers = got.layout.to_numbers();
    assert_eq!(Layout::from_numbers(&numbers, &got.text).as_ref(), Some(&got.layout), "{name}: the layout comes back from its numbers");
    let unpacked = got.origin.part(gongwen::Span::at(0)).is_some();
    for block in &got.layout.blocks {
        let range = got.origin.source_range(block.span);
        assert!(range.start < range.end, "{name}: every block has a source");
        if !unpacked && got.encoding == "UTF-8" {
            // What was copied as it stands is at its place.
            let first: String = got.text[block.span.range()].chars().take_while(|c| c.is_alphanumeric() && !c.is_ascii()).take(1).collect();
            let source = String::from_utf8_lossy(&bytes[range.clone()]);
            assert!(source.contains(&first), "{name}: {first:?} comes from {source:?}");
        }
    }
}

fn body(got: &Extracted) -> String {
    if got.layout.blocks.is_empty() {
        return got.text.clone();
    }
    let own = got.layout.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate);
    own.map(|b| &got.text[b.span.range()]).collect::<Vec<_>>().join("\n")
}

fn corpus() -> Option<PathBuf> {
    let shared = std::env::var_os("GONGWEN_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    Some(shared.join("corpus")).filter(|c| c.join("raw").is_dir())
}

fn twin(corpus: &Path, class: &str, number: &str) -> Option<String> {
    let file = std::fs::read_dir(corpus.join(class)).ok()?.flatten().map(|f| f.path());
    let path = file.into_iter().find(|f| f.file_name().is_some_and(|n| n.to_string_lossy().starts_with(number)))?;
    std::fs::read_to_string(path).ok()
}

fn bodies() -> Vec<(String, usize, usize, usize)> {
    let rows = include_str!("fixtures/read/bodies.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.map(|l| {
        let f: Vec<&str> = l.split('\t').collect();
        (f[0].to_owned(), f[1].parse().unwrap(), f[2].parse().unwrap(), f[3].parse().unwrap())
    })
    .collect()
}

/// Sentences without white space, column marks and the colons between a label and its box, which twins
/// write in many ways.
fn sentences(text: &str) -> Vec<String> {
    text.split(['。', '！', '？', '；', '\n']).map(norm).filter(|s| s.contains(char::is_alphanumeric)).collect()
}

fn norm(text: &str) -> String {
    let mut text = text.to_owned();
    for (reference, c) in [
        ("&nbsp;", " "),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&mdash;", "—"),
        ("&middot;", "·"),
        ("&hellip;", "…"),
        ("&quot;", "\""),
    ] {
        text = text.replace(reference, c);
    }
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '|' | '：' | '\u{FEFF}' | '\u{200B}' | '。' | '！' | '？' | '；')).collect()
}

/// How many of the sentences stand in the text one after the other, and the share of characters that do not.
fn in_order(sentences: &[String], text: &str) -> (usize, f64) {
    let (mut at, mut found, mut missing, mut all) = (0, 0, 0, 0);
    for s in sentences {
        let n = s.chars().count();
        all += n;
        match text[at..].find(s.as_str()) {
            // A word or two far ahead is not this one.
            Some(far) if far < 3000 || n > 15 => {
                found += 1;
                at += far + s.len();
            }
            _ => {
                missing += n;
                if std::env::var_os("GONGWEN_SHOW_MISSING").is_some() {
                    println!("    - {s}");
                }
            }
        }
    }
    (found, missing as f64 / all.max(1) as f64)
}
