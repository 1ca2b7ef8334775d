//! The same paragraphs as plain text, as a web page and as a Word file are the same document.
//!
//! Generated texts are made of the pieces of the grammar; real ones are no part of this repository (see `GONGWEN_SHARED` in
//! [`common`]). Where lines of a plain text are put together again no other form can agree: such texts are counted
//! apart.
#![cfg(feature = "formats")]

mod common;

#[path = "common/same.rs"]
mod same;

use common::shared_texts;
use gongwen::read::Format;
use same::{HEADS, SENTENCES, difference, disagreement, docx, essence, html, joins, plain, read_as};

#[test]
fn real_paragraphs() {
    let Some(texts) = shared_texts() else { return };
    let (mut all, mut joined, mut word, mut page) = (0, 0, 0, 0);
    for (path, text) in &texts {
        // A page shows one blank for several.
        let lines: Vec<String> = text.lines().map(|l| l.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")).collect();
        let paragraphs: Vec<&str> = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
        if paragraphs.len() < 8 || text.contains(['|', '\t', '&', '<']) {
            continue;
        }
        all += 1;
        let as_text = read_as(&plain(&paragraphs), Format::Plain);
        let as_page = read_as(&html(&paragraphs), Format::Html);
        let as_word = read_as(&docx(&paragraphs), Format::Docx);
        let expected = essence(&as_text);
        let name = path.file_name().unwrap().to_string_lossy();
        if let Some(row) = difference(&essence(&as_word), &essence(&as_page)) {
            page += 1;
            eprintln!("  {name}: Word, HTML differ\n    {row}");
        }
        let Some(row) = difference(&expected, &essence(&as_word)) else { continue };
        if joins(&as_text) {
            joined += 1;
        } else {
            word += 1;
        }
        if std::env::var_os("GONGWEN_SHOW").is_some() || !joins(&as_text) {
            eprintln!("  {name}: text, Word differ{}\n    {row}", if joins(&as_text) { " (joined)" } else { "" });
        }
    }
    eprintln!("{all} texts; text and Word differ: {joined} where lines are put together, {word} elsewhere; Word and HTML: {page}");
    // A page may take a line of labels, or of who holds an event, for its own.
    assert!((word + page) * 400 <= all, "at most one in four hundred differs");
}

#[test]
fn generated_paragraphs() {
    let mut state = 77_u64;
    let mut draw = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    const DRAWS: usize = if cfg!(debug_assertions) { 500 } else { 5000 };
    let mut differ = 0;
    for _ in 0..DRAWS {
        let mut paragraphs = vec!["松石县2024年工作要点".to_owned()];
        for _ in 0..1 + draw(13) {
            let head = HEADS[draw(HEADS.len())];
            paragraphs.push(head.to_owned() + &(0..1 + draw(3)).map(|_| SENTENCES[draw(SENTENCES.len())]).collect::<String>());
        }
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        if let Some(row) = disagreement(&paragraphs) {
            differ += 1;
            eprintln!("{paragraphs:?}: {row}");
        }
    }
    assert!(differ * 500 <= DRAWS, "{differ} of {DRAWS} differ, more than one in five hundred");
}
