//! Runs the examples of every page in `spec/`.
//!
//! A block ` ```text ` holds a whole document; ` ```text plan ` holds a piece of one, which is set into a small
//! document of that kind. The blocks after it are named for tables and list the rows that must come out of it.
//! A table that is not named is not looked at. ` ```json ` lists keys of the JSON form and the values they must have.

#[path = "spec/tables.rs"]
mod tables;

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A fenced block: what stands after the fence, what it holds, and the line it begins at.
struct Block {
    info: String,
    body: String,
    line: usize,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut inside = false;
    for (i, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(info) if !inside => {
                out.push(Block { info: info.trim().to_owned(), body: String::new(), line: i + 1 });
                inside = true;
            }
            Some(_) => inside = false,
            None if inside => {
                let body = &mut out.last_mut().unwrap().body;
                body.push_str(line);
                body.push('\n');
            }
            None => {}
        }
    }
    out
}

/// The document that a block stands for. `\r`, `\u{3000}` and the like, which an editor would hide, are written
/// as Rust writes them.
fn document(kind: Option<&str>, body: &str) -> String {
    let body = body.replace("\\r", "\r").replace("\\t", "\t").replace("\\u{feff}", "\u{feff}").replace("\\u{200b}", "\u{200b}");
    let body = body.replace("\\u{a0}", "\u{a0}").replace("\\u{3000}", "\u{3000}");
    let (title, section, end) = match kind {
        None => return body,
        Some("plan") => ("临江市2024年法治政府建设工作要点", "一、重点任务", ""),
        Some("report") => ("临江市2023年法治政府建设年度报告", "一、2023年推进法治政府建设的主要举措和成效", ""),
        Some("notice") => ("临江市人民政府关于促进市场平稳发展若干措施的通知", "一、主要措施", "本通知自印发之日起施行。\n\n临江市人民政府\n2024年6月5日\n"),
        Some("regulation") => ("临江市市场设施管理办法", "第一章　总则\n第一条　为了加强管理，制定本办法。\n第二条　本办法适用于本市。", ""),
        Some(other) => panic!("there is no document {other:?}"),
    };
    format!("{title}\n\n{section}\n{}\n{end}", body.trim_end())
}

/// Runs a page; returns how many tables were compared, and says what was wrong.
fn run(path: &Path) -> (usize, String) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let page = std::fs::read_to_string(path).unwrap();
    let mut wrong = String::new();
    let mut compared = 0;
    let mut text: Option<String> = None;
    for block in blocks(&page) {
        let mut words = block.info.splitn(2, ' ');
        match words.next().unwrap_or_default() {
            "text" => text = Some(document(words.next(), &block.body)),
            // Blocks of other kinds show something and are no examples.
            "" | "sh" | "rust" | "python" | "js" | "jsonc" => {}
            table => {
                let text = text.as_deref().unwrap_or_else(|| panic!("{name}:{}: rows without a text", block.line));
                let doc = gongwen::parse(text);
                compared += 1;
                let got = if table == "json" { tables::json(&doc, &block.body) } else { tables::rows(table, &doc) };
                if got != block.body {
                    writeln!(wrong, "spec/{name}:{}: {table}\n{text}\n--- expected\n{}--- got\n{got}", block.line, block.body).unwrap();
                }
            }
        }
    }
    (compared, wrong)
}

#[test]
fn every_example_of_the_specification() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|p| p.extension().is_some_and(|e| e == "md"));
    pages.sort();
    let mut all = String::new();
    for page in pages {
        let (compared, wrong) = run(&page);
        println!("{}: {compared} tables", page.file_name().unwrap().to_string_lossy());
        all.push_str(&wrong);
    }
    assert!(all.is_empty(), "\n{all}");
}
