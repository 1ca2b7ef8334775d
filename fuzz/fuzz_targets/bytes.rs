//! Any bytes give a document or an error: pages, Word files, text in any encoding. Every place in the
//! extracted text has a place in the bytes.
#![no_main]

use gongwen::read::{self, Format, Limits, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    limits.unpacked = 1 << 20;
    limits.cells = 10_000;
    let options = Options::new().limits(limits);
    // As the bytes themselves look, and as a page, which few random bytes look like.
    for options in [options.clone(), options.format(Format::Html)] {
        let Ok(extracted) = read::extract(bytes, &options) else { continue };
        let text = &extracted.text;
        for block in &extracted.layout.blocks {
            assert!(text.get(block.span.range()).is_some(), "a block lies on character boundaries");
            let source = extracted.origin.source_range(block.span);
            if matches!(extracted.format, Format::Plain | Format::Html | Format::Rtf) {
                assert!(source.start <= source.end && source.end <= bytes.len(), "a block has a place in the bytes");
            }
        }
        let doc = gongwen::Parser::new().layout(&extracted.layout).parse(text).unwrap();
        for section in &doc.sections {
            assert!(text.get(section.span.range()).is_some(), "a section lies on character boundaries");
        }
        read::read(bytes, &options).expect("what can be extracted can be read");
    }
});
