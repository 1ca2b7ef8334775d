//! Files made to break a reader: each ends in an error or in a quick result.
#![cfg(feature = "formats")]

use gongwen::read::{Extracted, Format, Limits, Options, extract};
use gongwen::{Code, Error};
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

/// Reads within a second; a build without optimisation on a busy machine gets more.
fn quick(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let started = Instant::now();
    let got = extract(bytes, options);
    let time = started.elapsed();
    let most = if cfg!(debug_assertions) { Duration::from_secs(10) } else { Duration::from_secs(1) };
    assert!(time < most, "took {time:?}");
    got
}

fn html(page: &str) -> Result<Extracted, Error> {
    quick(page.as_bytes(), &Options::new().format(Format::Html))
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let deflated = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, deflated).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", document.as_bytes())])
}

/// Repeated markup packs too well for the usual limit.
fn any_ratio() -> Options {
    let mut limits = Limits::default();
    limits.ratio = u64::MAX;
    Options::new().limits(limits)
}

fn is_limit(got: &Result<Extracted, Error>, name: &str) -> bool {
    matches!(got, Err(Error::Limit { what, raise, .. }) if *what == name && raise.contains("limits."))
}

#[test]
fn input_size() {
    let mut limits = Limits::default();
    limits.input = 10;
    assert!(is_limit(&quick(b"more than ten bytes", &Options::new().limits(limits)), "input size"));
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = archive(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 100_000);
    assert!(is_limit(&quick(&bomb, &Options::new()), "compression ratio"));
    let mut limits = Limits::default();
    (limits.ratio, limits.unpacked) = (u64::MAX, 1 << 20);
    assert!(is_limit(&quick(&bomb, &Options::new().limits(limits)), "unpacked size"));
    // A directory that lies about the size: what comes out is counted.
    let mut lying = bomb;
    let size = (zeros.len() as u32).to_le_bytes();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&1000u32.to_le_bytes());
        }
    }
    assert!(quick(&lying, &Options::new()).is_err());
}

#[test]
fn broken_archives() {
    let good = docx("<w:p><w:r><w:t>正文</w:t></w:r></w:p>");
    assert_eq!(quick(&good, &Options::new()).unwrap().text, "正文");
    for end in (0..good.len()).step_by(7) {
        assert!(quick(&good[..end], &Options::new().format(Format::Docx)).is_err(), "cut at {end}");
    }
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x55;
        let _ = quick(&bad, &Options::new().format(Format::Docx));
    }
    let no_document = archive(&[("word/styles.xml", b"<a/>")]);
    let error = quick(&no_document, &Options::new().format(Format::Docx)).unwrap_err();
    assert!(error.to_string().contains("word/document.xml"), "{error}");
}

#[test]
fn many_entries() {
    let names: Vec<String> = (0..10_100).map(|i| format!("{i}")).collect();
    let mut parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
    parts.push(("word/document.xml", b""));
    assert!(is_limit(&quick(&archive(&parts), &Options::new()), "number of archive entries"));
}

#[test]
fn entities_are_not_expanded() {
    let lol: String = (1..10).map(|i| format!(r#"<!ENTITY l{i} "{}">"#, format!("&l{};", i - 1).repeat(10))).collect();
    let part = format!(
        r#"<!DOCTYPE d [<!ENTITY l0 "lol"><!ENTITY x SYSTEM "file:///etc/passwd">{lol}]><w:document {W}><w:body><w:p><w:r><w:t>前&l9;&x;后</w:t></w:r></w:p></w:body></w:document>"#
    );
    let got = quick(&archive(&[("word/document.xml", part.as_bytes())]), &Options::new());
    assert!(got.is_err() || got.is_ok_and(|g| g.text == "前后"));
}

#[test]
fn nesting() {
    for open in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<span>", "<p><button>", "<a href=x>", "<x>"] {
        let got = html(&open.repeat(100_000));
        assert!(is_limit(&got, "nesting depth") || got.is_ok(), "{open}: {:?}", got.err());
    }
    let deep = docx(&format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000)));
    assert!(is_limit(&quick(&deep, &any_ratio()), "nesting depth"));
    let tables = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    assert!(is_limit(&quick(&docx(&tables), &any_ratio()), "nesting depth"));
    // Whoever raises the limit gets a result, and no crash.
    let mut limits = Limits::default();
    limits.depth = 200_000;
    let options = Options::new().format(Format::Html).limits(limits);
    assert_eq!(quick(format!("{}深", "<div>".repeat(100_000)).as_bytes(), &options).unwrap().text, "深");
}

#[test]
fn unclosed_and_unopened() {
    for tag in ["<p>", "</p>", "</div>", "</b>", "<br>", "<li>", "<td>", "<option>", "<", "&", "&amp", "<!--", "<p", "<p a=", "]]>", "<p><b>字</i></p>"] {
        let got = html(&tag.repeat(100_000));
        assert!(got.is_ok(), "{tag}: {:?}", got.err());
    }
    let nested = "<div>".repeat(900);
    for tag in ["<p>字", "</p>", "</x>", "<li>", "</td>", "<p></div>", "<b></p>", "<p><b>"] {
        let got = html(&format!("<p><button><x><ul>{nested}{}", tag.repeat(50_000)));
        assert!(is_limit(&got, "nesting depth") || got.is_ok(), "{tag}: {:?}", got.err());
    }
}

#[test]
fn wide_tables() {
    let row = "<tr><td colspan=1000 rowspan=65534>字</td><td>号</td></tr>".repeat(5000);
    assert!(is_limit(&html(&format!("<table>{row}</table>")), "table size in cells"));
    let row = "<tr><td colspan=1000>甲</td><td>乙</td></tr>".repeat(900);
    assert!(html(&format!("<table>{row}</table>")).is_ok());
}

#[test]
fn long_attributes_and_styles() {
    let long = "x".repeat(3_000_000);
    assert!(html(&format!("<p class=\"{long}\" style=\"{}\">正文</p>", "color:red;".repeat(100_000))).is_ok());
    assert!(html(&format!("<p {}>正文</p>", "a=1 ".repeat(200_000))).is_ok());
    assert!(html(&format!("<style>{}</style><p class=a>正文</p>", ".a{".repeat(200_000))).is_ok());
    assert!(html(&"&nbsp;&ldquo;".repeat(100_000)).is_ok());
    assert!(html(&format!("<title>{}</title>{}", "题".repeat(20_000), "<p>一般问题说明</p>".repeat(20_000))).is_ok());
}

#[test]
fn long_lines_and_fields() {
    let begin = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#.repeat(20_000);
    assert!(quick(&docx(&format!("<w:p>{begin}</w:p>")), &any_ratio()).is_ok());
    let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>字</w:t></w:r></w:p>".repeat(20_000);
    assert_eq!(quick(&docx(&joined), &any_ratio()).unwrap().layout.blocks.len(), 1);
    let notes = r#"<w:r><w:footnoteReference w:id="7"/></w:r>"#.repeat(20_000);
    assert!(quick(&docx(&format!("<w:p>{notes}</w:p>")), &any_ratio()).is_ok());
}

#[test]
fn damaged_encodings() {
    let mut bytes = "一、总体情况\n".repeat(50).into_bytes();
    bytes[4] = 0xFF;
    let got = quick(&bytes, &Options::new()).unwrap();
    assert_eq!(got.encoding, "UTF-8");
    let damage: Vec<_> = got.diagnostics.iter().filter(|d| d.code == Code::UndecodableBytes).collect();
    assert!(!damage.is_empty());
    assert!(damage[0].message.contains("at byte 3"), "{}", damage[0].message);
    assert_eq!(&got.text[damage[0].span.range()], "\u{FFFD}");
    let chinese = encoding_rs::GB18030.encode("一、总体情况").0.into_owned();
    let wrong = quick(&chinese, &Options::new().encoding("utf-8").unwrap());
    assert!(matches!(wrong, Err(Error::Encoding { .. })), "{wrong:?}");
    let noise: Vec<u8> = (0..300_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(quick(&noise, &Options::new().format(Format::Plain)).is_ok());
    assert!(quick(&noise, &Options::new().format(Format::Html)).is_ok());
}

#[test]
fn a_binary_is_no_document() {
    let noise: Vec<u8> = (0..3_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let program = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 60], b"/lib64/ld-linux-x86-64.so.2", &[0; 40]].concat();
    for bytes in [&noise[..], &program, &[0; 64], &[1, 2, 3, 4, 5, 6, 7, 8, 14, 15]] {
        let error = quick(bytes, &Options::new()).unwrap_err();
        assert!(matches!(error, Error::Unsupported { format: "binary", .. }), "{error}");
    }
    // A text that a transfer damaged, and one that UTF-16 filled with zero bytes, are documents.
    let damaged = "一、总体情况\n全年学法4次。\u{0}\u{1}\u{2}\n".repeat(9).replacen(['\u{0}', '\u{1}', '\u{2}'], "", 24);
    assert!(quick(damaged.as_bytes(), &Options::new()).is_ok());
    let wide: Vec<u8> = "plan 2024, 一、总体情况\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(quick(&[&[0xFF, 0xFE], &wide[..]].concat(), &Options::new()).is_ok());
}

#[test]
fn formats_that_are_not_read_say_what_to_do() {
    let xlsx = archive(&[("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")]);
    let cases: [(&[u8], &str); 5] = [
        (b"%PDF-1.7\n", "print it to a new PDF"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "save it anew"),
        (&xlsx, "no sheets"),
        (b"{\\rtf1", "save it anew"),
        (b"PK\x03\x04nothing known", "unpack"),
    ];
    for (bytes, hint) in cases {
        let error = extract(bytes, &Options::new()).unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. } | Error::Malformed { .. }) && error.to_string().contains(hint), "{error}");
    }
}
