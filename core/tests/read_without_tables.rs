//! A build without the tables of GB18030 and Big5 says so, until somebody provides a decoder.
//!
//! `cargo test -p gongwen --no-default-features --features html,docx --test read_without_tables`
#![cfg(all(feature = "html", not(feature = "encodings")))]

use gongwen::Error;
use gongwen::read::{Options, extract, provide_decoder};

const TEXT: &str = "一、总体情况\n全年学法4次，办结案件35件。\n";
const PAGE: &str = "<meta charset=\"gb2312\"><p>一、总体情况</p><p>全年学法4次，办结案件35件。</p>";

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

fn unsupported(bytes: &[u8], options: &Options) -> String {
    let error = extract(bytes, options).unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
    error.to_string()
}

// One test: the decoder is given once for the whole process.
#[test]
fn without_tables_it_is_an_error_and_with_a_decoder_a_text() {
    let found = Options::new();
    let asked = Options::new().encoding("gbk").unwrap();
    let hint = "files are not read; this build has no tables beside UTF-8 and UTF-16: enable the feature `encodings`, or give read::provide_decoder a decoder";
    assert_eq!(unsupported(&gbk(TEXT), &found), format!("GB18030 or Big5 {hint}"));
    assert_eq!(unsupported(&gbk(PAGE), &found), format!("GBK {hint}"));
    assert_eq!(unsupported(&gbk(TEXT), &asked), format!("GBK {hint}"));

    let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [TEXT.as_bytes(), &utf16] {
        let text = extract(bytes, &found).unwrap();
        assert_eq!((&text.text[..], text.diagnostics.len()), (TEXT, usize::from(bytes == utf16)));
    }
    let page = extract(PAGE.as_bytes(), &found).unwrap();
    assert_eq!(page.text, TEXT.trim_end(), "what a page declares is no matter where it is UTF-8");
    assert_eq!(extract(b"2024-06\n", &asked).unwrap().text, "2024-06\n", "ASCII is ASCII in all of them");

    provide_decoder(|label, bytes| encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().decode_without_bom_handling(bytes).0.into_owned());
    for (bytes, options) in [(gbk(TEXT), &found), (gbk(PAGE), &found), (gbk(TEXT), &asked)] {
        let text = extract(&bytes, options).unwrap();
        assert_eq!(text.text.trim_end(), TEXT.trim_end());
    }
}
