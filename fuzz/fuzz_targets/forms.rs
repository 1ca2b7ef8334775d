//! The JSON form comes back as it went, and says the same in the offsets of Rust, JavaScript and Python.
#![no_main]

use gongwen::json::{Form, Place};
use gongwen::{OffsetEncoding, OffsetIndex, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let doc = parse(text);
    let forms = [OffsetEncoding::Utf8, OffsetEncoding::Utf16, OffsetEncoding::Utf32].map(|encoding| {
        let json = doc.to_json(encoding);
        let form: Form<'_> = serde_json::from_str(&json).expect("the form reads its own JSON");
        // As text: a third is a third in the document and the nearest double in JSON.
        assert_eq!(form.to_json(), json, "the form comes back as it went");
        (OffsetIndex::new(text, encoding), serde_json::to_value(&form).unwrap())
    });
    let [(_, bytes), others @ ..] = &forms;
    for (index, other) in others {
        same(bytes, other, index);
    }
});

/// The keys under which the form keeps places.
const PLACES: [&str; 4] = ["span", "subject_spans", "boilerplate", "related"];

/// Whether two forms are the same but for the unit of their places.
fn same(a: &serde_json::Value, b: &serde_json::Value, index: &OffsetIndex<'_>) {
    use serde_json::Value::{Array, Object};
    match (a, b) {
        (Object(a), Object(b)) => {
            assert!(a.keys().eq(b.keys()));
            for (key, value) in a {
                if PLACES.contains(&key.as_str()) {
                    places(value, &b[key], index);
                } else if key != "offset_encoding" {
                    same(value, &b[key], index);
                }
            }
        }
        (Array(a), Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).for_each(|(a, b)| same(a, b, index));
        }
        _ => assert_eq!(a, b),
    }
}

fn places(a: &serde_json::Value, b: &serde_json::Value, index: &OffsetIndex<'_>) {
    let read = |v: &serde_json::Value| -> Vec<Place> {
        if v.is_null() {
            return Vec::new();
        }
        serde_json::from_value(v.clone()).or_else(|_| serde_json::from_value(v.clone()).map(|p| vec![p])).expect("places")
    };
    let (a, b) = (read(a), read(b));
    assert_eq!(a.len(), b.len());
    for (a, b) in a.into_iter().zip(b) {
        assert_eq!((index.encode(a.0), index.encode(a.1)), b, "one place, two units");
        assert_eq!((index.decode(b.0), index.decode(b.1)), (Some(a.0), Some(a.1)), "and back");
    }
}
