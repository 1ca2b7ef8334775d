//! Any bytes read as each kind of file give a document or an error, within the limits; every piece of text has a place.
#![no_main]

use gongwen::read::{self, Archive, Format, Limits, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    limits.unpacked = 1 << 20;
    limits.cells = 10_000;
    let options = Options::new().limits(limits);
    let Ok(format) = read::sniff(bytes, None) else {
        if let Ok(archive) = Archive::open(bytes, &options) {
            archive.for_each(drop);
        }
        return;
    };
    for format in [format, Format::Doc, Format::Rtf] {
        let Ok(extracted) = read::extract(bytes, &options.clone().format(format)) else { continue };
        for block in &extracted.layout.blocks {
            assert!(extracted.text.get(block.span.range()).is_some(), "a block lies on character boundaries");
            let source = extracted.origin.source_range(block.span);
            assert!(source.start <= source.end);
            let _ = (extracted.origin.boxes_of(block.span), extracted.origin.cells_of(block.span), extracted.origin.part(block.span));
        }
    }
});
