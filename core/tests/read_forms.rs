//! One invented document as text, web page, web page in GB18030 and Word file: the same document each time.
//! `fixtures/read/make.py` makes the four forms.
#![cfg(feature = "formats")]

use gongwen::layout::BlockKind;
use gongwen::read::{Format, Options, extract, read};
use gongwen::{Code, Document, Span};

const TEXT: &[u8] = include_bytes!("fixtures/read/plan.txt");
const HTML: &[u8] = include_bytes!("fixtures/read/plan.html");
const GB18030: &[u8] = include_bytes!("fixtures/read/plan.gb18030.html");
const DOCX: &[u8] = include_bytes!("fixtures/read/plan.docx");

fn options() -> Options {
    Options::new()
}

/// The lines of the document itself: no header, no page around it, no indents.
fn own_lines(bytes: &[u8]) -> Vec<String> {
    let got = extract(bytes, &options()).unwrap();
    let lines: Vec<&str> = match got.layout.blocks.is_empty() {
        true => got.text.lines().collect(),
        false => {
            let own = got.layout.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate);
            own.map(|b| &got.text[b.span.range()]).collect()
        }
    };
    let header = ["索 引 号", "发布机构", "发布日期"];
    let own = lines.into_iter().map(str::trim).filter(|l| !l.is_empty() && !header.iter().any(|h| l.starts_with(h)));
    own.map(str::to_owned).collect()
}

#[test]
fn the_text_is_the_same() {
    let text = own_lines(TEXT);
    assert_eq!(text.len(), 17);
    assert_eq!(own_lines(HTML), text);
    assert_eq!(own_lines(GB18030), text);
    assert_eq!(own_lines(DOCX), text);
}

#[test]
fn the_tables_are_the_same() {
    for bytes in [TEXT, HTML, GB18030, DOCX] {
        let got = extract(bytes, &options()).unwrap();
        let [table] = &got.layout.tables[..] else { panic!("one table, not {}", got.layout.tables.len()) };
        let cell = |row: usize, column: usize| &got.text[table.rows[row].cells[column].range()];
        assert_eq!((table.rows.len(), table.rows[0].cells.len()), (3, 5));
        assert_eq!((cell(0, 2), cell(1, 1), cell(2, 4)), ("牵头单位", "建成公共法律服务站24个", "2031年12月底前"));
    }
}

#[test]
fn what_was_decided_is_told() {
    let told = |bytes| {
        let got = extract(bytes, &options()).unwrap();
        (got.format, got.encoding, got.encoding_sure)
    };
    assert_eq!(told(TEXT), (Format::Plain, "UTF-8", true));
    assert_eq!(told(HTML), (Format::Html, "UTF-8", true));
    assert_eq!(told(GB18030), (Format::Html, "GBK", true));
    assert_eq!(told(DOCX), (Format::Docx, "UTF-8", true));
}

#[test]
fn metadata_has_its_place() {
    let value = |bytes: &[u8], name: &str| {
        let got = extract(bytes, &options()).unwrap();
        let entry = got.metadata.iter().find(|m| m.name == name).unwrap_or_else(|| panic!("{name}")).clone();
        (entry.value, bytes.get(entry.range).map(<[u8]>::to_vec))
    };
    let (date, bytes) = value(HTML, "PubDate");
    assert_eq!((date.as_str(), bytes.as_deref()), ("2031-02-17 09:30", Some(&b"2031-02-17 09:30"[..])));
    let (source, bytes) = value(GB18030, "ContentSource");
    assert_eq!(source, "青屿县人民政府办公室");
    let expected = b"\xC7\xE0\xD3\xEC\xCF\xD8"; // 青屿县 in GB18030
    assert!(bytes.unwrap().starts_with(expected));
    assert_eq!(value(DOCX, "core:title").0, "青屿县2031年法治政府建设工作要点");
    assert_eq!(value(DOCX, "core:created").0, "2031-02-10T08:00:00Z");
}

#[test]
fn hidden_text_is_left_out_and_reported() {
    for bytes in [HTML, GB18030, DOCX] {
        let got = extract(bytes, &options()).unwrap();
        assert!(!got.text.contains("娱乐城"));
        let hidden: Vec<_> = got.diagnostics.iter().filter(|d| d.code == Code::HiddenText).collect();
        assert_eq!(hidden.len(), 1);
        assert!(hidden[0].message.contains("青屿娱乐城开户送彩金"));
    }
}

#[test]
fn every_place_leads_back_to_its_bytes() {
    for bytes in [TEXT, HTML, GB18030] {
        let got = extract(bytes, &options()).unwrap();
        let encoding = if bytes == GB18030 { encoding_rs::GB18030 } else { encoding_rs::UTF_8 };
        for words in ["县市场监管局", "98%", "860余人次", "2031年11月底前", "“一窗受理”"] {
            let at = got.text.find(words).unwrap() as u32;
            let range = got.origin.source_range(Span::new(at, at + words.len() as u32));
            let source = encoding.decode(&bytes[range]).0.into_owned();
            let source = source.replace("&ldquo;", "“").replace("&rdquo;", "”");
            assert_eq!(source, words);
        }
    }
    let got = extract(DOCX, &options()).unwrap();
    let at = got.text.find("二、").unwrap() as u32;
    assert_eq!(got.origin.part(Span::new(at, at + 6)), Some("word/document.xml"));
}

/// Everything that a reader of the four forms would compare.
fn essence(document: &Document<'_>) -> Vec<String> {
    let tidy = |span| document.clean(span).split_whitespace().collect::<String>();
    let mut out = Vec::new();
    for s in document.all_sections() {
        out.push(format!("section {} {:?}", s.path(), s.heading_text()));
    }
    for m in &document.metrics {
        out.push(format!("metric {} {} {:?}", tidy(m.span), m.value, m.section));
    }
    for r in &document.responsibilities {
        let units: Vec<String> = r.units.iter().map(|u| tidy(*u)).collect();
        out.push(format!("responsibility {:?} {units:?} {:?}", r.role, r.section));
    }
    for d in &document.deadlines {
        out.push(format!("deadline {} {:?} {:?}", tidy(d.span), d.date, d.section));
    }
    out
}

#[test]
fn the_document_is_the_same() {
    let text = read(TEXT, &options()).unwrap();
    let expected = essence(&text.document);
    assert!(expected.iter().filter(|l| l.starts_with("section")).count() >= 5, "{expected:#?}");
    for bytes in [HTML, GB18030, DOCX] {
        let got = read(bytes, &options()).unwrap();
        assert_eq!(essence(&got.document), expected, "{:?}", got.source.format);
    }
}
