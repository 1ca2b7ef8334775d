//! The laws that hold for every text: nothing panics, nothing is lost, spans nest and stand in order.

mod common;

use common::pieces::PIECES;
use common::{assert_blank_lines_are_nothing, assert_laws, shared_texts};
use proptest::prelude::*;

/// Texts made of the grammar's own pieces get deep into the rules; half are plain noise.
fn report(pieces: usize) -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop_oneof![prop::collection::vec(piece, 0..pieces).prop_map(|v| v.concat()), "\\PC{0,120}", ".{0,60}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 1500 } else { 20_000 }, ..ProptestConfig::default() })]

    #[test]
    fn hold_for_any_text(text in report(80)) {
        assert_laws(&text);
    }

    #[test]
    fn blank_lines_around_are_nothing(text in report(40)) {
        assert_blank_lines_are_nothing(&text);
    }

    /// Full-width and half-width are one: every fact stands, at its own place, in either.
    #[test]
    fn width_does_not_matter(text in report(12)) {
        let [half, full] = widths(&text);
        prop_assert_eq!(shape(&half), shape(&full));
    }
}

/// A text in half-width and in full-width signs.
fn widths(text: &str) -> [String; 2] {
    const PAIRS: [(char, char); 8] = [('(', '（'), (')', '）'), (',', '，'), (':', '：'), (';', '；'), ('!', '！'), ('?', '？'), ('%', '％')];
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        c => PAIRS.iter().find(|(_, wide)| *wide == c).map_or(c, |(narrow, _)| *narrow),
    };
    let wide = |c: char| match c {
        '0'..='9' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        c => PAIRS.iter().find(|(narrow, _)| *narrow == c).map_or(c, |(_, wide)| *wide),
    };
    // What a page writes for a blank, and its comments, are none of the text.
    let text = text.replace("&nbsp;", " ").replace("<U+00A0>", " ").replace("<!--", "").replace("-->", "");
    let half: String = text.chars().map(narrow).collect();
    let full = half.chars().map(wide).collect();
    [half, full]
}

/// What the width of the signs must not change.
fn shape(text: &str) -> Vec<String> {
    let doc = gongwen::parse(text);
    let mut rows = vec![format!("{} items, {} deadlines, {} references", doc.items.len(), doc.deadlines.len(), doc.references.len())];
    rows.extend(doc.sections.iter().map(|s| format!("{:?} {:?} {}", s.marker.map(|m| (m.style, m.number)), s.parent, s.heading.is_some())));
    rows.extend(doc.metrics.iter().map(|m| format!("{:?} {:?} {:?} {:?}", m.value, m.value_high, m.bound, m.modality)));
    rows.extend(doc.responsibilities.iter().map(|r| format!("{:?} {}", r.role, r.units.len())));
    rows
}

#[test]
fn width_does_not_matter_to_real_texts() {
    let Some(texts) = shared_texts() else { return };
    let differ = |text: &str| {
        let [half, full] = widths(text);
        let (half, full) = (shape(&half), shape(&full));
        (half != full).then(|| half.iter().zip(&full).find(|(a, b)| a != b).map(|(a, b)| format!("{a} | {b}")).unwrap_or_default())
    };
    let found: Vec<_> = texts.iter().filter_map(|(path, text)| differ(text).map(|first| format!("{}: {first}", path.display()))).collect();
    eprintln!("{} of {} texts differ:\n{}", found.len(), texts.len(), found.join("\n"));
    // Left are styles of a page (margin:0cm) and a contents' line.
    assert!(found.len() * 600 <= texts.len(), "{} of {} texts differ:\n{}", found.len(), texts.len(), found.join("\n"));
}

#[test]
fn hold_for_the_sample_reports() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/reports")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "txt") {
            assert_laws(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn hold_for_every_shared_document() {
    let Some(texts) = shared_texts() else { return };
    let mut bytes = 0;
    for (path, text) in &texts {
        bytes += text.len();
        let result = std::panic::catch_unwind(|| {
            assert_laws(text);
            assert_blank_lines_are_nothing(text);
        });
        assert!(result.is_ok(), "{}", path.display());
    }
    println!("laws hold for {} documents, {:.1} MB", texts.len(), bytes as f64 / 1e6);
}

/// Web pages and Word files obey the same laws, whatever their layout declares.
#[cfg(feature = "formats")]
#[test]
fn hold_for_every_shared_file() {
    let Some(root) = common::shared() else { return };
    let mut files = 0;
    for entry in std::fs::read_dir(root.join("corpus/raw")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let options = gongwen::read::Options::new().file_name(path.display().to_string());
        let result = std::panic::catch_unwind(|| match gongwen::read::read(&bytes, &options) {
            Ok(reading) => common::assert_sound(&reading.document),
            Err(e) => println!("{}: {e}", path.display()),
        });
        assert!(result.is_ok(), "{}", path.display());
        files += 1;
    }
    println!("laws hold for {files} files");
}
