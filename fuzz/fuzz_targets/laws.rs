//! Every text gives a document, and every law of the test suite holds for it.
#![no_main]

#[path = "../../core/tests/common/mod.rs"]
mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let doc = common::assert_laws(text);
    common::assert_blank_lines_are_nothing(text);
    // What is turned off is absent, and nothing else changes.
    let bare = gongwen::Parser::new().facts(false).checks(false).parse(text).unwrap();
    assert_eq!(bare.sections, doc.sections);
    assert_eq!(bare.paragraphs, doc.paragraphs);
    assert!(bare.metrics.is_empty() && bare.diagnostics.is_empty());
});
