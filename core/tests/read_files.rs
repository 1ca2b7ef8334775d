//! Real files of every format against their references: the sentences found in order, and the text that is in none.
//!
//! Needs the folder of real documents (GONGWEN_SHARED); prints a line for each file.
#![cfg(feature = "formats")]

mod common;

use gongwen::read::{Options, extract, read};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What is compared: no blanks, no `|` between cells.
fn bare(text: &str) -> String {
    text.replace(" | ", "").chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}')).collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Sentences of at least twelve Chinese characters.
fn sentences(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.split(['\n', '\r', '\t', '\u{C}']) {
        for sentence in line.split_inclusive(['。', '；', '！', '？']) {
            let sentence = bare(sentence);
            if sentence.chars().filter(|c| is_han(*c)).count() >= 12 {
                out.push(sentence);
            }
        }
    }
    out
}

/// A page number on a line of its own is no text to compare.
fn without_page_numbers(text: &str) -> String {
    let number = |line: &str| {
        let inner = line.trim().trim_matches(|c: char| matches!(c, '-' | '—' | '–' | '－' | '·' | ' '));
        !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit())
            || line.trim().starts_with('第') && line.contains('页') && line.len() < 40
    };
    text.split(['\n', '\u{C}']).filter(|l| !number(l)).collect::<Vec<_>>().join("\n")
}

struct Score {
    sentences: usize,
    in_order: usize,
    /// Share of the text that is not in the reference.
    extra: f64,
}

fn score(reference: &str, text: &str) -> Score {
    let (reference, text) = (without_page_numbers(reference), without_page_numbers(text));
    let expected = sentences(&reference);
    let found = bare(&text);
    let (mut last, mut tails): (usize, Vec<usize>) = (0, Vec::new());
    for s in &expected {
        let at = found[last..].find(s.as_str()).map(|i| i + last).or_else(|| found.find(s.as_str()));
        let Some(at) = at else { continue };
        last = last.max(at);
        // The longest run of places that never steps back.
        let i = tails.partition_point(|t| *t <= at);
        if i == tails.len() {
            tails.push(at);
        } else {
            tails[i] = at;
        }
    }
    let grams = |s: &str| -> Vec<String> {
        let chars: Vec<char> = s.chars().collect();
        chars.windows(6).map(|w| w.iter().collect()).collect()
    };
    let known: HashSet<String> = grams(&bare(&reference)).into_iter().collect();
    let mine = grams(&found);
    let unknown = mine.iter().filter(|g| !known.contains(*g)).count();
    Score { sentences: expected.len(), in_order: tails.len(), extra: unknown as f64 / mine.len().max(1) as f64 }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().path()).filter(|p| p.is_file()).collect();
    out.sort();
    out
}

/// The reference of a file made from one of the corpus: its text, by the name without what its maker put before.
fn reference(root: &Path, stem: &str) -> Option<String> {
    let mut stem = stem;
    loop {
        if let Ok(text) = std::fs::read_to_string(root.join("gold").join(format!("{stem}.txt"))) {
            return Some(text);
        }
        stem = stem.split_once('_')?.1;
    }
}

/// Files that no reader can read: their letters have no names.
const UNREADABLE: [&str; 3] = ["notounicode_", "gs_chr_", "gs_e_053"];

#[test]
fn derived_files_say_what_their_originals_say() {
    let Some(root) = common::shared().map(|s| s.join("formats")).filter(|r| r.join("derived").is_dir()) else {
        eprintln!("SKIPPED: no folder formats/derived");
        return;
    };
    let mut failed = Vec::new();
    for (kind, least) in [("doc", 0.99), ("rtf", 0.99), ("pdf", 0.97)] {
        for path in files(&root.join("derived").join(kind)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let Some(gold) = reference(&root, &stem) else { continue };
            let got = match extract(&std::fs::read(&path).unwrap(), &Options::new()) {
                Ok(got) => got,
                Err(e) => {
                    failed.push(format!("{name}: {e}"));
                    continue;
                }
            };
            let s = score(&gold, &got.text);
            let share = s.in_order as f64 / s.sentences.max(1) as f64;
            eprintln!("{kind} {name}: {} of {} sentences in order ({share:.4}), {:.3} not in the reference", s.in_order, s.sentences, s.extra);
            let told = got.diagnostics.iter().any(|d| matches!(d.code.as_str(), "unreadable_text_layer" | "no_text_layer"));
            if UNREADABLE.iter().any(|u| name.starts_with(u)) {
                if !told {
                    failed.push(format!("{name}: nothing tells that it cannot be read"));
                }
            } else if s.sentences > 0 && got.text.chars().count() > 200 && (share < least || s.extra > 0.02) {
                failed.push(format!("{name}: {share:.4} in order, {:.3} not in the reference", s.extra));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Every real file ends in a document or in an error that says what to do.
#[test]
fn real_files_are_read_or_say_why_not() {
    let Some(root) = common::shared().map(|s| s.join("formats/files")).filter(|r| r.is_dir()) else {
        eprintln!("SKIPPED: no folder formats/files");
        return;
    };
    let mut count = 0;
    for kind in ["doc", "wps", "ofd", "pdf", "rtf", "xls", "xlsx"] {
        for path in files(&root.join(kind)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            match read(&bytes, &Options::new()) {
                Ok(reading) => {
                    count += 1;
                    let text = reading.document.text();
                    let told: Vec<&str> =
                        reading.document.diagnostics.iter().map(|d| d.code.as_str()).filter(|c| c.contains("layer") || *c == "not_read").collect();
                    eprintln!("{kind} {name}: {} characters, {} sections, {told:?}", text.chars().count(), reading.document.sections.len());
                    assert!(!text.trim().is_empty() || told.contains(&"no_text_layer"), "{name}: no text, and nothing tells why");
                }
                Err(e) => {
                    eprintln!("{kind} {name}: {e}");
                    assert!(e.to_string().contains(';') || e.to_string().contains("open"), "{name}: {e} says nothing to do");
                }
            }
        }
    }
    assert!(count >= 30, "only {count} files were read");
}

/// Word originals and what LibreOffice made of them: the same sections and figures.
#[test]
fn twins_have_the_same_facts() {
    let Some(root) = common::shared().map(|s| s.join("formats/derived")).filter(|r| r.join("docx").is_dir()) else {
        eprintln!("SKIPPED: no folder formats/derived");
        return;
    };
    for (kind, least) in [("doc", 0.995), ("rtf", 0.995), ("pdf", 0.98)] {
        let (mut hits, mut all) = (0, 0);
        for original in files(&root.join("docx")) {
            let stem = original.file_stem().unwrap().to_string_lossy().into_owned();
            let facts = |path: &Path| -> HashMap<String, i64> {
                let reading = read(&std::fs::read(path).unwrap(), &Options::new()).unwrap();
                let doc = &reading.document;
                let say = |s| doc.clean(s).chars().filter(|c| !c.is_whitespace()).collect::<String>();
                let mut out = HashMap::new();
                let mut add = |fact: String| *out.entry(fact).or_insert(0) += 1;
                doc.sections.iter().for_each(|s| add(format!("section {:?} {:?}", s.marker.map(|m| (m.style, m.number)), s.heading.map(|h| say(h.span)))));
                doc.metrics.iter().for_each(|m| add(format!("metric {} {} {:?}", m.value, say(m.unit), m.subject.iter().map(|s| say(*s)).collect::<Vec<_>>())));
                doc.responsibilities.iter().for_each(|r| add(format!("responsibility {:?} {:?}", r.role, r.units.iter().map(|u| say(*u)).collect::<Vec<_>>())));
                out
            };
            let twin = root.join(kind).join(format!("{stem}.{kind}"));
            let (a, b) = (facts(&original), facts(&twin));
            let both: i64 = a.iter().map(|(fact, n)| (*n).min(b.get(fact).copied().unwrap_or(0))).sum();
            let total = a.values().sum::<i64>() + b.values().sum::<i64>();
            eprintln!("{kind} {stem}: F1 {:.4} of {} facts", 2.0 * both as f64 / total.max(1) as f64, total / 2);
            hits += 2 * both;
            all += total;
        }
        let f1 = hits as f64 / all.max(1) as f64;
        eprintln!("{kind}: F1 {f1:.4}");
        assert!(f1 >= least, "{kind}: F1 {f1:.4} of sections, metrics and responsibilities");
    }
}

/// Every character that an OFD file sets on its pages is in the text.
#[test]
fn ofd_files_lose_no_characters() {
    let Some(root) = common::shared().map(|s| s.join("formats/files/ofd")).filter(|r| r.is_dir()) else {
        eprintln!("SKIPPED: no folder formats/files/ofd");
        return;
    };
    for path in files(&root) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let mut left: HashMap<char, i64> = HashMap::new();
        let mut all = 0;
        for i in 0..archive.len() {
            let mut file = archive.by_index(i).unwrap();
            let part = file.name().map(|n| n.replace('\\', "/").to_lowercase()).unwrap_or_default();
            if !part.contains("pages/") || !part.ends_with(".xml") || part.contains("annot") {
                continue;
            }
            let mut text = String::new();
            if std::io::Read::read_to_string(&mut file, &mut text).is_err() {
                continue;
            }
            // The first piece stands before any code, the next is behind a start tag, the one after behind an end tag.
            for piece in text.split("TextCode").filter(|p| !p.starts_with('>')).skip(1) {
                let Some((_, rest)) = piece.split_once('>') else { continue };
                let code = rest.split('<').next().unwrap_or_default();
                let code = code.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
                for c in code.chars().filter(|c| !c.is_whitespace() && !c.is_control()) {
                    *left.entry(c).or_insert(0) += 1;
                    all += 1;
                }
            }
        }
        let got = extract(&bytes, &Options::new()).unwrap();
        for c in got.text.chars() {
            *left.entry(c).or_insert(0) -= 1;
        }
        let lost: i64 = left.values().filter(|n| **n > 0).sum();
        eprintln!("{name}: {lost} of {all} characters are not in the text");
        assert!(lost * 100 <= all, "{name}: {:?}", left.iter().filter(|(_, n)| **n > 0).take(20).collect::<Vec<_>>());
    }
}
