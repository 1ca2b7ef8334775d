//! What the benchmarks share: the documents, and what is done with them.

use gongwen::{OffsetEncoding, Parser};
use std::hint::black_box;
use std::path::{Path, PathBuf};

/// Documents of one class, and their texts one after the other.
#[derive(Debug)]
pub struct Class {
    pub name: String,
    pub documents: Vec<String>,
}

impl Class {
    /// How many bytes the documents have.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.documents.iter().map(String::len).sum()
    }
}

/// The classes of the folder of real documents that stands beside a checkout (or that `GONGWEN_SHARED` names):
/// one for each folder of texts in its `corpus`. Without it the sample reports.
#[must_use]
pub fn classes() -> Vec<Class> {
    let named = std::env::var_os("GONGWEN_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let corpus = named.into_iter().chain([beside]).map(|p| p.join("corpus")).find(|p| p.is_dir());
    let Some(corpus) = corpus else {
        eprintln!("no folder of real documents (GONGWEN_SHARED names one): the sample reports, thirty times each");
        let reports = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/reports"));
        let documents = reports.iter().cycle().take(reports.len() * 30).cloned().collect();
        return vec![Class { name: "samples".into(), documents }];
    };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(corpus).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    let class = |p: &PathBuf| Class { name: p.file_name().unwrap().to_string_lossy().into(), documents: texts(p) };
    let mut classes: Vec<Class> = folders.iter().filter(|p| !p.ends_with("raw")).map(class).filter(|c| !c.documents.is_empty()).collect();
    let all = classes.iter().flat_map(|c| c.documents.clone()).collect();
    classes.push(Class { name: "all".into(), documents: all });
    classes
}

fn texts(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "txt") && path.file_name().is_some_and(|n| n != "README.txt") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().filter_map(|p| std::fs::read_to_string(p).ok()).collect()
}

/// What is done with one document.
pub type Work = fn(&str);

/// Everything that is measured, what to compare with first.
pub const WORK: &[(&str, Work)] = &[
    ("memchr, lines", |t| {
        black_box(memchr::memchr_iter(b'\n', t.as_bytes()).count());
    }),
    ("simdutf8", |t| {
        black_box(simdutf8::basic::from_utf8(t.as_bytes()).is_ok());
    }),
    ("regex, quantities", |t| {
        black_box(quantities().find_iter(t).count());
    }),
    ("pulldown-cmark, events", |t| {
        black_box(pulldown_cmark::Parser::new_ext(t, pulldown_cmark::Options::all()).count());
    }),
    ("comrak, AST", |t| {
        let arena = comrak::Arena::new();
        black_box(comrak::parse_document(&arena, t, &comrak::Options::default()));
    }),
    ("jieba-rs, words", |t| {
        black_box(jieba().cut(t, false).len());
    }),
    ("gongwen, structure", |t| {
        black_box(Parser::new().facts(false).checks(false).parse(t).unwrap());
    }),
    ("gongwen, full", |t| {
        black_box(gongwen::parse(t));
    }),
    ("gongwen, full + JSON", |t| {
        black_box(gongwen::parse(t).to_json(OffsetEncoding::Utf8));
    }),
];

fn quantities() -> &'static regex::Regex {
    static RE: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
        regex::Regex::new(r"[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:%|万亿|亿|万|千|百)?(?:余|多)?(?:元|人次|人|件|个|项|家|次|公里|亩|户|吨|天)?").unwrap()
    });
    &RE
}

fn jieba() -> &'static jieba_rs::Jieba {
    static JIEBA: std::sync::LazyLock<jieba_rs::Jieba> = std::sync::LazyLock::new(jieba_rs::Jieba::new);
    &JIEBA
}
