//! What was written as `gongwen/1` can be read: the same document, or an error that names what does not fit.

#![cfg(feature = "serde")]

mod common;

use common::pieces::PIECES;
use gongwen::json::Form;
use gongwen::{Document, Error, OffsetEncoding};
use proptest::prelude::*;

/// Numbers beyond what a double holds are not written exactly, so the second document is compared with the first as it
/// was written.
fn round(doc: &Document<'_>) -> Result<(), Error> {
    for encoding in [OffsetEncoding::Utf8, OffsetEncoding::Utf32] {
        let json = doc.to_json(encoding);
        let again = Form::from_json(&json)?.to_document(Some(doc.text()))?;
        assert_eq!(json, again.to_json(encoding));
        assert_eq!((&doc.sections, &doc.paragraphs, &doc.items), (&again.sections, &again.paragraphs, &again.items));
        assert_eq!((&doc.deadlines, &doc.tables, &doc.diagnostics), (&again.deadlines, &again.tables, &again.diagnostics));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        round(&gongwen::parse(&text)).unwrap();
    }

    /// A form that was changed, or is of another text, is refused or read, and nothing panics.
    #[test]
    fn a_form_that_does_not_fit_is_no_end(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30), other in "\\PC{0,80}", from in 0usize..4000, digit in 0u8..10) {
        let doc = gongwen::parse(&pieces.concat()).into_owned();
        let json = doc.to_json(OffsetEncoding::Utf8);
        if let Ok(form) = Form::from_json(&json) {
            let _ = form.to_document(Some(&other));
        }
        let mut bytes = json.into_bytes();
        if let Some(at) = (from..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
            bytes[at] = b'0' + digit;
        }
        if let Ok(form) = Form::from_json(&String::from_utf8(bytes).unwrap())
            && let Ok(read) = form.to_document(Some(doc.text()))
        {
            let _ = (read.to_json(OffsetEncoding::Utf32), read.tasks(), read.chunks(&gongwen::ChunkOptions::max(100)));
        }
    }
}

#[test]
fn samples_and_shared_documents() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/reports");
    let own = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt"));
    let mut texts: Vec<_> = own.map(|p| (p.clone(), std::fs::read_to_string(p).unwrap())).collect();
    texts.extend(common::shared_texts().unwrap_or_default());
    for (path, text) in &texts {
        if let Err(error) = round(&gongwen::parse(text)) {
            panic!("{}: {error}", path.display());
        }
    }
}

#[test]
fn errors_name_what_is_wrong() {
    let text = "一、总体情况\n全年学法4次。\n";
    let doc = gongwen::parse(text);
    let form = doc.to_form(OffsetEncoding::Utf8);
    let says = |form: &Form<'_>, text: Option<&str>| form.to_document(text).unwrap_err().to_string();
    assert_eq!(says(&form, None), "not a gongwen/1 document: it has no text, and none was given");
    assert!(says(&form, Some("一")).contains("there is no place from "));
    assert!(says(&form, Some(&text.replace("4次", "5回"))).contains("metrics[0]: its unit is not in it"));
    assert!(says(&form, Some(&text.replace("学法", "普法"))).contains("its metrics are not those of its text"));
    let mut other = form.clone();
    other.schema = "gongwen/9".into();
    assert!(says(&other, Some(text)).contains("its schema is \"gongwen/9\""));
    let mut other = form.clone();
    other.metrics[0].section = Some(7);
    assert!(says(&other, Some(text)).contains("there is no row 7 of sections"));
    assert!(Form::from_json("{}").is_err());
}
