//! The examples of `spec/responsibilities.md`, `spec/deadlines.md` and `spec/references.md`.
//!
//! A block ` ```text KIND ` is put into a small document of that kind; the block after it, named for a table,
//! lists the rows that must come out.

use gongwen::{Document, Span};
use std::fmt::Write;

fn document(kind: &str, text: &str) -> String {
    let (title, section, end) = match kind {
        "plan" => ("临江市2024年法治政府建设工作要点", "一、重点任务", ""),
        "report" => ("临江市2023年法治政府建设年度报告", "一、2023年推进法治政府建设的主要举措和成效", ""),
        "notice" => ("临江市人民政府关于促进市场平稳发展若干措施的通知", "一、主要措施", "本通知自印发之日起施行。\n\n临江市人民政府\n2024年6月5日\n"),
        other => panic!("no such document: {other}"),
    };
    format!("{title}\n\n{section}\n{text}\n{end}")
}

fn rows(table: &str, doc: &Document<'_>) -> String {
    let clean = |span: Span| doc.clean(span).into_owned();
    let mut out = String::new();
    match table {
        "responsibilities" => {
            for r in &doc.responsibilities {
                let units: Vec<_> = r.units.iter().map(|u| clean(*u)).collect();
                write!(out, "{}: {}", r.role, units.join(" | ")).unwrap();
                if let Some(manner) = r.manner {
                    write!(out, "; manner {}", clean(manner)).unwrap();
                }
                if let Some(row) = r.deadline {
                    write!(out, "; deadline {}", clean(doc.deadlines[row as usize].span)).unwrap();
                }
                out.push('\n');
            }
        }
        "deadlines" => {
            for d in &doc.deadlines {
                let what = d.date.map(|d| d.to_string()).or(d.every.map(|e| e.to_string()));
                writeln!(out, "{} {} {}", d.kind, what.as_deref().unwrap_or("-"), clean(d.span)).unwrap();
            }
        }
        "references" => {
            for r in &doc.references {
                let text = |span: Option<Span>| span.map_or("-".to_owned(), clean);
                writeln!(out, "{} {}", text(r.title), text(r.number.map(|n| n.span))).unwrap();
            }
        }
        other => panic!("no such table: {other}"),
    }
    for d in doc.diagnostics.iter().filter(|d| d.code == gongwen::Code::UnclosedBracket) {
        writeln!(out, "diagnostic: {}", d.code).unwrap();
    }
    out
}

/// The fenced blocks of a page: what stands after the fence, and what it holds.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(info) if !inside => {
                out.push((info.to_owned(), String::new()));
                inside = true;
            }
            Some(_) => inside = false,
            None if inside => {
                let body = &mut out.last_mut().unwrap().1;
                body.push_str(line);
                body.push('\n');
            }
            None => {}
        }
    }
    out
}

fn run(page: &str) {
    let path = format!("{}/../spec/{page}.md", env!("CARGO_MANIFEST_DIR"));
    let blocks = blocks(&std::fs::read_to_string(path).unwrap());
    assert!(!blocks.is_empty());
    let mut wrong = String::new();
    for pair in blocks.chunks(2) {
        let [(info, text), (table, expected)] = pair else { panic!("{page}: a text without its rows") };
        let kind = info.strip_prefix("text ").unwrap_or_else(|| panic!("{page}: {info:?}"));
        let text = document(kind, text.trim_end());
        let doc = gongwen::parse(&text);
        let got = rows(table, &doc);
        if got != *expected {
            writeln!(wrong, "--- {page}, {kind}:\n{text}\nexpected:\n{expected}got:\n{got}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn responsibilities() {
    run("responsibilities");
}

#[test]
fn deadlines() {
    run("deadlines");
}

#[test]
fn references() {
    run("references");
}
