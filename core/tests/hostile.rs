//! What was made to break the library ends as it should, in little time and little memory.
//!
//! The small forms of each kind stand here; the files of `GONGWEN_SHARED/hostile` are tried where there are any.
#![cfg(feature = "formats")]

mod common;

#[path = "common/allocator.rs"]
mod allocator;

use allocator::peak;
use common::pieces::PIECES;
use gongwen::read::{Format, Limits, Options, Reading, extract, read};
use gongwen::{Code, Error, Severity};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::time::Duration;
use zip::write::SimpleFileOptions;

#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

/// Bytes of memory for each byte that is read (of an archive: that is unpacked), whatever stands in it; a report of the
/// samples takes 5.
const FLOOD: f64 = 60.0;

/// Reads within two seconds of the processor's time and 256 MB; a build without optimisation gets more time.
fn bounded(name: &str, bytes: &[u8], options: &Options) -> Result<Reading, Error> {
    let start = cpu_time::ThreadTime::now();
    let (got, most) = peak(|| read(bytes, options));
    let time = start.elapsed();
    println!("{name}: {:.2} s, {:.1} MB{}", time.as_secs_f64(), most as f64 / 1e6, got.as_ref().err().map_or(String::new(), |e| format!(", {e}")));
    assert!(time < Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 2 }), "{name} took {time:?}");
    assert!(most <= 256_000_000, "{name} took {most} bytes");
    got
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

const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

fn document(body: &str) -> String {
    format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>")
}

fn docx(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", document(body).as_bytes())])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn word(body: &str) -> Reading {
    read(&docx(body), &Options::new()).unwrap()
}

fn page(html: &str) -> Reading {
    read(html.as_bytes(), &Options::new().format(Format::Html)).unwrap()
}

fn has(reading: &Reading, code: Code) -> bool {
    reading.document.diagnostics.iter().any(|d| d.code == code)
}

fn is_limit<T>(got: &Result<T, Error>, name: &str) -> bool {
    matches!(got, Err(Error::Limit { raise, .. }) if *raise == format!("raise `limits.{name}`"))
}

#[test]
fn every_shared_file_ends_as_it_should() {
    let Some(root) = common::shared() else { return };
    let folder = root.join("hostile");
    if !folder.is_dir() {
        eprintln!("SKIPPED: no folder hostile in {}", root.display());
        return;
    }
    let get = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        bounded(name, &bytes, &Options::new().file_name(name))
    };
    for name in ["d_bombA.docx", "d_bombC.docx"] {
        assert!(is_limit(&get(name), "unpacked"), "{name}");
    }
    assert!(matches!(get("d_bomb100k.docx"), Err(Error::Limit { .. })));
    for name in ["at-flood.txt", "quadratic-line.txt", "quadratic-line-natural.txt", "s_foot60000.docx", "h_nobr.html", "inj.txt", "esc.txt"] {
        assert!(get(name).is_ok(), "{name}");
    }
    assert!(get("s_vm10000.docx").is_ok(), "an honest blank form is read");
    for name in ["law-4242-1.txt", "law-7-1.txt", "law-metadata-overlap.txt", "width-short.txt"] {
        common::assert_sound(&get(name).unwrap().document);
    }
    let chunk = get("d_altchunk.docx").unwrap();
    assert!(chunk.document.diagnostics.iter().any(|d| d.code == Code::NotRead && d.severity == Severity::Warning));
    assert!(has(&get("d_emptyxml.docx").unwrap(), Code::NoBody));
    let gbk = get("d_gbk.docx").unwrap();
    assert!(!gbk.document.text().contains('\u{FFFD}') && gbk.document.metrics.len() == 1);
    let choice = get("d_mc.docx").unwrap();
    assert!(choice.document.text().contains("5件") && !choice.document.text().contains("6件"));
    let cut = get("d_truncxml.docx").unwrap();
    assert!(cut.document.text().ends_with("3件。") && has(&cut, Code::Truncated));
    let latin = get("h_meta_iso.html").unwrap();
    assert!(latin.source.encoding == "gb18030" && !latin.document.metrics.is_empty() && has(&latin, Code::EncodingGuessed));
    let object = get("h_open__object_.html").unwrap();
    assert_eq!(object.document.metrics.len(), 5);
    let frame = get("y_pdfiframe.html").unwrap();
    assert!(has(&frame, Code::NoBody) && has(&frame, Code::NotRead));
    assert!(matches!(get("e_utf32.txt"), Err(Error::Unsupported { format: "UTF-32", .. })));
    let mixed = get("e_mixed.txt").unwrap();
    assert!(mixed.document.diagnostics.is_sorted_by_key(|d| d.span));
}

/// Memory is bounded by what is read, whatever stands in it.
#[test]
fn memory_is_bounded_by_the_input() {
    const SIZE: usize = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
    let law = |bytes: &[u8], read_bytes: usize, options: &Options| {
        let (got, most) = peak(|| read(bytes, options));
        drop(got);
        most as f64 / read_bytes as f64
    };
    let mut worst: Vec<(f64, String)> = Vec::new();
    let floods = [
        "《〈",
        "甲\n",
        "|a|b|\n",
        "1件",
        "一、甲\n",
        "（一）甲。",
        "1.，",
        "@",
        "_",
        "第一条 甲\n",
        "2024年6月底前",
        "甲\t乙\n",
        "责任单位：甲、乙\n",
        "1%，",
        "95%、",
        "5件，",
        "1.5倍，",
        "3人\n",
        "1%2件",
        "1%、5件，",
    ];
    let plain = Options::new().format(Format::Plain);
    for flood in floods.iter().chain(PIECES) {
        let text = flood.repeat(SIZE / flood.len());
        worst.push((law(text.as_bytes(), text.len(), &plain), format!("{flood:?}")));
    }
    let html = Options::new().format(Format::Html);
    for tag in [
        "<p>字",
        "<b>",
        "<td>",
        "<tr><td>1<td>2",
        "<li>",
        "<a href=x>字</a>",
        "<br>字",
        "&nbsp;",
        "<x a=1>",
        "<p class=a>字",
        "<td colspan=1000>字",
        "<option>字",
        "<iframe src=a.pdf></iframe>",
    ] {
        for around in ["", "<table><tr>"] {
            let text = format!("{around}{}", tag.repeat(SIZE / tag.len()));
            worst.push((law(text.as_bytes(), text.len(), &html), format!("HTML {around}{tag}")));
        }
    }
    let mut limits = Limits::default();
    limits.ratio = u64::MAX;
    let word = Options::new().format(Format::Docx).limits(limits);
    for part in [
        "<w:p/>",
        "<w:p><w:r><w:t>1</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>1</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
        "<w:drawing/>",
        "<w:r><w:t>《〈</w:t></w:r>",
        "<w:p><w:r><w:tab/>",
    ] {
        for (open, close) in [("", ""), ("<w:tbl><w:tr>", "</w:tr></w:tbl>"), ("<w:p>", "</w:p>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")] {
            let text = document(&format!("{open}{}{close}", part.repeat(SIZE / part.len())));
            let bytes = archive(&[("word/document.xml", text.as_bytes())]);
            worst.push((law(&bytes, text.len(), &word), format!("DOCX {open}{part}")));
        }
    }
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (bytes, name) in worst.iter().take(12) {
        println!("{bytes:6.1} bytes a byte  {name}");
    }
    assert!(worst[0].0 <= FLOOD, "{:?}", worst[0]);
    // The sample reports, beyond the input: they are dense in all that is read.
    let mut reports: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/reports")).unwrap().map(|e| e.unwrap().path()).collect();
    reports.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    let text: String = reports.iter().map(|p| std::fs::read_to_string(p).unwrap() + "\n").collect::<String>().repeat(8);
    let (_, most) = peak(|| gongwen::parse(&text));
    println!("{:6.1} bytes a byte  reports", most as f64 / text.len() as f64);
    assert!(most <= 6 * text.len(), "{most} bytes for {}", text.len());
}

/// Real documents need three bytes a byte beyond the input, by the class.
#[test]
fn memory_of_real_documents_is_three_times_the_input() {
    let mut classes: BTreeMap<_, String> = BTreeMap::new();
    for (path, text) in common::shared_texts().into_iter().flatten() {
        *classes.entry(path.parent().unwrap().to_owned()).or_default() += &text;
    }
    for (class, text) in classes {
        let (_, most) = peak(|| gongwen::parse(&text));
        println!("{:6.2} bytes a byte  {}", most as f64 / text.len() as f64, class.display());
        assert!(most <= 3 * text.len(), "{most} bytes for {} of {}", text.len(), class.display());
    }
}

#[test]
fn limits_are_checked_before_parsing_and_named() {
    let with = |name: &str, value: u64| {
        let mut limits = Limits::default();
        limits.set(name, value).unwrap();
        Options::new().limits(limits)
    };
    let text = "一、总体情况\n".repeat(100);
    assert!(is_limit(&read(text.as_bytes(), &with("text", 1000)), "text"));
    assert!(is_limit(&read(text.as_bytes(), &with("rows", 100)), "rows"));
    assert!(read(text.as_bytes(), &with("rows", 101)).is_ok());
    let file = docx(&p("字").repeat(100));
    assert!(is_limit(&read(&file, &with("rows", 50)), "rows"));
    assert!(is_limit(&read(&file, &with("text", 50)), "text"));
    assert!(is_limit(&read(&file, &with("unpacked", 50)), "unpacked"));
    // A file of the size that Word makes of a book, all of it floods.
    let most = docx(&p("《〈").repeat(520_000));
    assert!(is_limit(&bounded("rows", &most, &with("ratio", u64::MAX)), "rows"));
    let names: Vec<_> = Limits::NAMES.iter().map(|n| Limits::default().set(n, 7)).collect();
    assert!(names.iter().all(Result::is_ok));
    assert!(Limits::default().set("size", 7).unwrap_err().to_string().contains("unpacked"));
    // Cells are counted over all tables.
    let table = "<table><tr><td colspan=1000>甲<td>乙</tr><tr><td colspan=1000>甲<td>乙</tr></table>";
    assert!(is_limit(&bounded("cells", table.repeat(1000).as_bytes(), &Options::new().format(Format::Html)), "cells"));
}

#[test]
fn honest_blank_forms_are_read() {
    let row = format!("<w:tr>{}</w:tr>", "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t></w:t></w:r></w:p></w:tc>".repeat(3));
    let form = docx(&format!("<w:tbl>{}</w:tbl>", row.repeat(10_000)));
    assert!(form.len() < 20_000);
    assert!(bounded("form", &form, &Options::new()).is_ok());
}

/// Hidden text is no text, and no limit but that of its bytes holds for it: what is told of it stays small.
#[test]
fn hidden_text_of_a_word_file_is_told_together() {
    const MANY: usize = if cfg!(debug_assertions) { 50_000 } else { 500_000 };
    let mut limits = Limits::default();
    limits.ratio = u64::MAX;
    let options = Options::new().limits(limits);
    let hidden = |text: &str| p(text).replace("<w:t>", "<w:rPr><w:vanish/></w:rPr><w:t>");
    let told = |got: &Reading| -> Vec<(u32, String)> {
        let hidden = got.document.diagnostics.iter().filter(|d| d.code == Code::HiddenText);
        hidden.map(|d| (d.span.start, d.message.clone())).collect()
    };
    for (open, close) in [("", ""), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")] {
        let got = bounded("hidden", &docx(&format!("{open}{}{close}", hidden("藏").repeat(MANY))), &options).unwrap();
        assert_eq!((told(&got).len(), common::told_chars(&got.document.diagnostics)), (1, MANY));
    }
    // One between two paragraphs is told as such, where it stands; neighbours are told at their place, with their first words.
    let got = word(&format!("{}{}{}{}{}", p("前文。"), hidden("暗语一"), p("后文。"), hidden("暗语二"), hidden("暗语三")));
    let places: Vec<u32> = told(&got).iter().map(|t| t.0).collect();
    assert_eq!(places, [9, 19], "{:?}", told(&got));
    assert!(told(&got)[0].1.starts_with("3 characters at ") && told(&got)[0].1.ends_with(": 暗语一"), "{:?}", told(&got));
    assert!(told(&got)[1].1.starts_with("6 characters in 2 paragraphs from ") && told(&got)[1].1.ends_with(": 暗语二暗语三"), "{:?}", told(&got));
    // Many places are not told one by one.
    let got = bounded("hidden between", &docx(&format!("{}{}", p("字"), hidden("藏")).repeat(10_000)), &options).unwrap();
    assert_eq!((told(&got).len(), common::told_chars(&got.document.diagnostics)), (21, 10_000));
    let rtf = format!("{{\\rtf1 {}}}", "a\\par{\\v b}\\par ".repeat(1000));
    let got = read(rtf.as_bytes(), &options).unwrap();
    assert_eq!((told(&got).len(), common::told_chars(&got.document.diagnostics)), (21, 1000));
}

#[test]
fn nothing_of_a_word_file_is_lost_in_silence() {
    let whole = document(&format!("{}{}", p("一、总体情况"), p("全年办理案件3件。")));
    // Cut at any place behind the number, inside tags too.
    for cut in (whole.find("件。").unwrap()..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
        let got = read(&archive(&[("word/document.xml", &whole.as_bytes()[..cut])]), &Options::new()).unwrap_or_else(|e| panic!("cut at {cut}: {e}"));
        assert!(got.document.text().contains("一、总体情况\n全年办理案件3"), "{}", got.document.text());
        assert!(has(&got, Code::Truncated), "cut at {cut}");
    }
    // A part beside it that breaks off, inside a tag or between two, is an error: nobody tells what is lost of it.
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>"#;
    let numbering = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    for cut in numbering.find("<w:num ").unwrap()..numbering.len() {
        let part = &numbering.as_bytes()[..cut];
        let parts = [("word/document.xml", whole.as_bytes()), ("word/_rels/document.xml.rels", relations.as_bytes()), ("word/numbering.xml", part)];
        assert!(matches!(read(&archive(&parts), &Options::new()), Err(gongwen::Error::Malformed { .. })), "cut at {cut}");
    }
    // Notes that break off are told, as the text is; what stands before is read.
    let referred = document(&format!(
        r#"{}<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>"#,
        p("一、总体情况")
    ));
    for kind in ["footnote", "endnote"] {
        let relations = relations.replace("numbering", &format!("{kind}s"));
        let notes = format!(
            r#"<w:{kind}s {NAMES}><w:{kind} w:id="0" w:type="separator"><w:p/></w:{kind}><w:{kind} w:id="2">{}{}</w:{kind}></w:{kind}s>"#,
            p("注文。"),
            p("又注。")
        );
        let get = |part: &str| {
            let name = format!("word/{kind}s.xml");
            let parts = [("word/document.xml", referred.as_bytes()), ("word/_rels/document.xml.rels", relations.as_bytes()), (&name, part.as_bytes())];
            read(&archive(&parts), &Options::new()).unwrap_or_else(|e| panic!("{part}: {e}"))
        };
        let whole = get(&notes);
        assert!(whole.document.text().ends_with("注文。\n又注。") && !has(&whole, Code::Truncated), "{}", whole.document.text());
        for cut in (notes.find('>').unwrap() + 1..notes.len()).filter(|cut| notes.is_char_boundary(*cut)) {
            let got = get(&notes[..cut]);
            assert!(has(&got, Code::Truncated), "{kind} cut at {cut}");
            assert!(cut < notes.find("</w:t>").unwrap() || got.document.text().contains("注文。"), "{kind} cut at {cut}");
        }
    }
    let lost = [
        r#"<w:altChunk r:id="r1"/>"#,
        r#"<w:p><w:r><w:drawing><pic:pic xmlns:pic="urn:pic"/></w:drawing></w:r></w:p>"#,
        r#"<w:p><w:r><w:drawing><c:chart xmlns:c="urn:chart" r:id="r2"/></w:drawing></w:r></w:p>"#,
        r#"<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:office" ProgID="Excel.Sheet"/></w:object></w:r></w:p>"#,
        r#"<w:tbl><w:tr><w:tc><w:p><w:r><w:pict><v:imagedata xmlns:v="urn:vml"/></w:pict></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    ];
    for one in lost {
        let got = word(&format!("{}{one}{}", p("前文。"), p("后文。")));
        let told: Vec<_> = got.document.diagnostics.iter().filter(|d| d.code == Code::NotRead).collect();
        assert_eq!(told.len(), 1, "{one}");
        assert!(got.document.text().starts_with("前文。") && got.document.text().ends_with("后文。"));
    }
    // Of a field the code may be all; what shows nothing, or shows a result, is not told.
    let simple = |code: &str, inside: &str| format!(r#"<w:p><w:fldSimple w:instr="{code}">{inside}</w:fldSimple></w:p>"#);
    let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let complex = |code: &str, result: &str| {
        let code: String = code.split('|').map(|c| format!("<w:r><w:instrText>{c}</w:instrText></w:r>")).collect();
        format!("<w:p>{}{code}{result}{}</w:p>", mark("begin"), mark("end"))
    };
    let (shown, empty) = (format!("{}<w:r><w:t>果</w:t></w:r>", mark("separate")), mark("separate"));
    for (field, told) in [
        (simple(r"EQ \f(1,3)", ""), 1),
        (simple("DATE", "<w:r><w:t/></w:r>"), 1),
        (simple("REF a", "<w:r><w:t>果</w:t></w:r>"), 0),
        (simple("PAGE", ""), 0),
        (complex(r" EQ \f(1,3) ", ""), 1),
        (complex(r" E|Q \f(1,3) ", &empty), 1),
        (complex(" FORMCHECKBOX ", ""), 1),
        (complex("DATE", &empty), 1),
        (complex("REF a", ""), 1),
        (complex("REF a", &shown), 0),
        (complex("TITLE", &empty), 0),
        (complex("PAGE| MERGEFORMAT", ""), 0),
        (complex(r#"XE "甲""#, ""), 0),
        (complex(&format!("IF</w:instrText></w:r>{}{}<w:r><w:instrText>= 1", complex("REF b", "").replace("<w:p>", "").replace("</w:p>", ""), ""), &shown), 0),
    ] {
        let got = word(&format!("{}{field}{}", p("前文。"), p("后文。")));
        assert_eq!(got.document.diagnostics.iter().filter(|d| d.code == Code::NotRead).count(), told, "{field}");
    }
    let many = word(&lost[1].repeat(500));
    assert_eq!(many.document.diagnostics.iter().filter(|d| d.code == Code::NotRead).count(), 1);
    assert!(many.document.diagnostics.iter().any(|d| d.message.starts_with("500 ")));
    let forms = format!(
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        p("甲"),
        p("乙"),
        p("丙")
    );
    assert_eq!(word(&forms).document.text(), "甲");
    let only = format!("<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", p("丙"));
    assert_eq!(word(&only).document.text(), "丙");
    let gbk = format!("<?xml version=\"1.0\" encoding=\"gbk\"?>{}", document(&p("全年办理案件3件。")));
    let file = archive(&[("word/document.xml", &encoding_rs::GBK.encode(&gbk).0)]);
    assert_eq!(read(&file, &Options::new()).unwrap().document.text(), "全年办理案件3件。");
    let mut broken = document(&p("全年办理案件3件。")).into_bytes();
    let at = broken.windows(3).position(|w| w == "年".as_bytes()).unwrap();
    broken[at] = 0xFF;
    assert!(has(&read(&archive(&[("word/document.xml", &broken)]), &Options::new()).unwrap(), Code::UndecodableBytes));
    assert!(has(&word(""), Code::NoBody));
}

#[test]
fn nothing_of_a_page_is_lost_in_silence() {
    let body = "<p>一、总体情况</p><p>全年办理案件3件。</p>".repeat(20);
    for label in ["iso-8859-1", "windows-1252", "latin1"] {
        let html = format!("<html><head><meta charset={label}></head><body>{body}</body></html>");
        let got = read(&encoding_rs::GBK.encode(&html).0, &Options::new()).unwrap();
        assert_eq!((got.source.encoding, got.document.metrics.len()), ("gb18030", 20), "{label}");
        assert!(has(&got, Code::EncodingGuessed));
    }
    // Scripts of any length may stand before the text, and a remark before them.
    let script = format!("<script>{}</script>", "var item = [1, 2, 3];\n".repeat(3500));
    for label in ["iso-8859-1", "windows-1251", "shift_jis"] {
        for remark in ["", "<!-- 栏目模板 -->"] {
            let html = format!("<html><head><meta charset={label}>{remark}{script}</head><body>{body}</body></html>");
            let got = read(&encoding_rs::GBK.encode(&html).0, &Options::new()).unwrap();
            assert_eq!((got.source.encoding, got.document.metrics.len()), ("gb18030", 20), "{label} {remark}");
            assert!(has(&got, Code::EncodingGuessed), "{label} {remark}");
        }
    }
    // A page that is in what it declares stays.
    let french = "<html><head><meta charset=iso-8859-1></head><body><p>Le conseil général a été réuni à Orléans, où les élus ont débattu.</p></body></html>";
    let got = read(&encoding_rs::WINDOWS_1252.encode(french).0, &Options::new()).unwrap();
    assert!(got.document.text().contains("où les élus"), "{}", got.document.text());
    for open in ["<object>", "<object data=x><param name=a>", "<svg>"] {
        let got = page(&format!("<html><body><p>一、总体情况</p>{open}<p>全年办理案件3件。</p></body></html>"));
        assert!(got.document.text().contains("3件"), "{open}");
    }
    for frame in ["<iframe src=\"../files/a.pdf\"></iframe>", "<embed src='/viewer?file=a.PDF#page=1'>", "<object data=a.ofd type=x></object>"] {
        let got = page(&format!("<html><body><h1>松石县工作要点</h1>{frame}</body></html>"));
        assert!(has(&got, Code::NotRead) && has(&got, Code::NoBody), "{frame}: {:?}", got.document.diagnostics);
    }
    assert!(!has(&page("<html><body><p>全年办理案件3件。</p><iframe src=ad.html></iframe></body></html>"), Code::NotRead));
    assert!(has(&page("<html><body><script>render()</script></body></html>"), Code::NoBody));
    // A frame may hold its page itself.
    let told = |html: &str| common::told_chars(&page(html).document.diagnostics);
    assert_eq!(told("<p>全年办理案件3件。</p><iframe srcdoc=\"&lt;p&gt;办件&amp;nbsp;9件。&lt;/p&gt;<script>a</script><input value='甲'>\"></iframe>"), 6);
    for silent in ["srcdoc=\"<p></p>\"", "srcdoc", "src=a.html", "hidden srcdoc=9件"] {
        assert_eq!(told(&format!("<p>全年办理案件3件。</p><iframe {silent}>旧</iframe>")), 0, "{silent}");
    }
}

#[test]
fn utf_32_is_named() {
    let le: Vec<u8> = "\u{FEFF}一、总体情况".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let be: Vec<u8> = "\u{FEFF}一、总体情况".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    let is_named = |bytes: &[u8]| matches!(read(bytes, &Options::new()), Err(Error::Unsupported { format: "UTF-32", .. }));
    // With a byte order mark and without; cut in a character too.
    for bytes in [&le[..], &be, &le[4..], &be[4..], &le[4..15], &be[4..15]] {
        assert!(is_named(bytes), "{bytes:02x?}");
    }
    for text in ["Plan 2024: 9 items\n", "一、总体情况\n𠮷田村办件9件。\n"] {
        assert!(is_named(&text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<_>>()), "{text}");
        assert!(is_named(&text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect::<Vec<_>>()), "{text}");
    }
    // In UTF-16 every other character may be a line end.
    for text in ["1\n2\n3\n4\n", "一\n二\n三\n", "Plan 2024: 9 items\n"] {
        for bytes in [text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()] {
            assert!(!is_named(&bytes), "{text}");
        }
    }
}

#[test]
fn diagnostics_stand_in_reading_order() {
    let mut text = String::new();
    for (i, n) in ["一", "二", "四", "五", "六"].iter().enumerate() {
        text += &format!("{n}、重点工作第{}组\n全年集中学法4次，开展检查6次，受理申请30件。\n", "甲乙丙丁戊".chars().nth(i).unwrap());
    }
    let mut bytes = text.into_bytes();
    for word in ["学法", "申请"] {
        let at = bytes.windows(6).rposition(|w| w == word.as_bytes()).unwrap();
        bytes[at] = 0xFF;
    }
    let got = read(&bytes, &Options::new()).unwrap();
    assert!(has(&got, Code::UndecodableBytes) && has(&got, Code::NumberingBackward) | has(&got, Code::NumberingGap));
    assert!(got.document.diagnostics.is_sorted_by_key(|d| (d.span, d.code)));
}

#[test]
fn header_entries_do_not_overlap() {
    for text in ["标题|〔2000号", "日期|〔1996号", "标题 |国办发〔2000〕2号", "标　　题： | 国办函〔2004〕80号"] {
        common::assert_laws(text);
    }
}

/// A full-width digit in the line that says who leads is as good as another.
#[test]
fn width_of_a_digit_does_not_decide_who_leads() {
    let roles = |text: &str| gongwen::parse(text).responsibilities.iter().map(|r| (r.role, r.units.len())).collect::<Vec<_>>();
    let half = roles("责任：县府、司法局！5第一为牵头");
    assert_eq!((half.len(), roles("责任：县府、司法局！５第一为牵头")), (2, half));
}

/// A piece of a Word file, and the marks in it that a reader sees.
fn piece(depth: u32) -> BoxedStrategy<(String, Vec<String>)> {
    let run = |kind: usize, n: u32| {
        let mark = format!("〈{n}〉");
        let run = match kind {
            0 => format!("<w:r><w:t>{mark}</w:t></w:r>"),
            1 => format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> {mark}</w:t><w:tab/></w:r>"),
            2 => format!("<w:ins><w:r><w:t>{mark}</w:t></w:r></w:ins>"),
            3 => format!("<w:hyperlink r:id=\"x\"><w:r><w:t>{mark}</w:t></w:r></w:hyperlink>"),
            // Hidden: its mark is in a diagnostic.
            4 => format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{mark}</w:t></w:r>"),
            5 => format!("<m:oMath xmlns:m=\"urn:m\"><m:r><m:t>{mark}</m:t></m:r></m:oMath>"),
            6 => format!("<w:smartTag><w:r><w:t><![CDATA[{mark}]]></w:t></w:r></w:smartTag>"),
            7 => format!("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>{mark}</w:t></w:r>"),
            8 => format!("<w:r><w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{mark}</w:t></w:r></w:rubyBase></w:ruby></w:r>"),
            9 => format!("<w:r><w:sym w:font=\"Times\" w:char=\"3008\"/><w:t>{n}〉</w:t></w:r>"),
            10 => format!("<w:r><w:drawing><a:p xmlns:a=\"urn:a\"><a:r><a:t>{mark}</a:t></a:r></a:p></w:drawing></w:r>"),
            // Where a field has no result, what is no code of it is told.
            11 => format!("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>{mark}</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>"),
            12 => format!("<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>{mark}</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
            13 => return (format!("<w:del><w:r><w:delText>{mark}</w:delText></w:r></w:del>"), Vec::new()),
            _ => {
                return (
                    format!("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>{mark}</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>"),
                    Vec::new(),
                );
            }
        };
        (run, vec![mark])
    };
    let runs = prop::collection::vec((0usize..15, 0u32..1_000_000).prop_map(move |(k, n)| run(k, n)), 1..4);
    let paragraph = runs.prop_map(|runs| {
        let (xml, marks): (Vec<_>, Vec<_>) = runs.into_iter().unzip();
        (format!("<w:p>{}</w:p>", xml.concat()), marks.concat())
    });
    if depth == 0 {
        return paragraph.boxed();
    }
    let inner = || {
        prop::collection::vec(piece(depth - 1), 1..4).prop_map(|v| {
            let (xml, marks): (Vec<_>, Vec<_>) = v.into_iter().unzip();
            (xml, marks.concat())
        })
    };
    prop_oneof![
        3 => paragraph,
        1 => inner().prop_map(|(v, m)| (format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", v.concat()), m)),
        1 => inner().prop_map(|(v, m)| {
            let cells: String = v.iter().map(|c| format!("<w:tc>{c}</w:tc>")).collect();
            (format!("<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc/></w:tr></w:tbl>"), m)
        }),
        1 => inner().prop_map(|(v, m)| (format!("<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>", v.concat()), m)),
        1 => inner().prop_map(|(v, m)| (format!("<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", v.concat(), p("重")), m)),
    ]
    .boxed()
}

/// A file with a header, a footnote and a footer beside its text.
fn whole_file(body: &str, head: &str, note: &str, foot: &str) -> Vec<u8> {
    let part = |name: &str, inside: &str| format!("<w:{name} {NAMES}>{inside}</w:{name}>");
    let reference = r#"<w:p><w:r><w:footnoteReference w:id="7"/></w:r></w:p><w:sectPr><w:headerReference r:id="r0"/><w:footerReference r:id="r1"/></w:sectPr>"#;
    let relation = |i: usize, kind: &str| format!(r#"<Relationship Id="r{i}" Type="urn:r/{kind}" Target="{kind}.xml"/>"#);
    let relations: String = ["header", "footer", "footnotes"].iter().enumerate().map(|(i, k)| relation(i, k)).collect();
    let relations = format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#);
    archive(&[
        ("word/document.xml", document(&format!("{body}{reference}")).as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/header.xml", part("hdr", head).as_bytes()),
        ("word/footer.xml", part("ftr", foot).as_bytes()),
        ("word/footnotes.xml", part("footnotes", &format!(r#"<w:footnote w:id="7">{note}</w:footnote>"#)).as_bytes()),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 300 } else { 3000 }, ..ProptestConfig::default() })]

    /// Every visible character of a Word file is in the text or in a diagnostic.
    #[test]
    fn all_of_a_word_file_is_in_the_text_or_told(parts in prop::collection::vec(piece(2), 1..5), head in piece(1), note in piece(1), foot in piece(0)) {
        let (xml, marks): (Vec<_>, Vec<_>) = parts.into_iter().chain([head.clone(), note.clone(), foot.clone()]).unzip();
        let body: String = xml[..xml.len() - 3].concat();
        let got = extract(&whole_file(&body, &head.0, &note.0, &foot.0), &Options::new()).unwrap();
        let above = xml.iter().any(|x| x.contains("<w:rt>"));
        // What is hidden is told to the character; of neighbours the first are in the message.
        let missing: usize = marks.concat().iter().filter(|mark| !got.text.contains(*mark)).map(|mark| mark.chars().count()).sum();
        prop_assert_eq!(missing, common::told_chars(&got.diagnostics), "{}: {:?}", xml.concat(), &got.diagnostics);
        prop_assert!(!above || got.diagnostics.iter().any(|d| d.code == Code::NotRead && d.message.contains("notes above words")), "{}", xml.concat());
    }

    /// Every visible character of a page is in the text or in a diagnostic, whatever is open or closed around it.
    #[test]
    fn all_of_a_page_is_in_the_text_or_told(parts in prop::collection::vec(0usize..53, 1..40)) {
        const TAGS: [&str; 46] = [
            "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<ul>", "<li>", "</ul>", "<b>", "</b>",
            "<a href=x>", "</a>", "<h1>", "</h1>", "<object>", "<font size=2>", "</font>", "<br>", "<o:p>", "</o:p>", "<section>", "<pre>", "</pre>", "<form>",
            "</object>", "<select>", "</select>", "<option>", "<button>", "</button>", "<svg>", "<text x=1>", "</svg>",
            "<ruby>", "<rt>", "</rt>", "</ruby>", "<iframe src=x></iframe>", "<noscript></noscript>", "<img src=x>",
        ];
        // Hidden in four ways, and in fields of a form.
        const AROUND: [(&str, &str); 7] = [
            ("<span style=\"display:none\">", "</span>"), ("<span hidden>", "</span>"), ("<i style=\"font-size:0\">", "</i>"),
            ("<span style=\"position:absolute;left:-9999px\">", "</span>"), ("<input type=submit value=\"", "\">"), ("<input value='", "'>"),
            ("<textarea>", "</textarea>"),
        ];
        let mut html = "<html><body>".to_owned();
        for (n, kind) in parts.iter().enumerate() {
            html += &match TAGS.get(*kind) {
                Some(tag) => format!("{tag}〈{n}〉"),
                None => format!("{}〈{n}〉{}", AROUND[*kind - TAGS.len()].0, AROUND[*kind - TAGS.len()].1),
            };
        }
        let got = extract(html.as_bytes(), &Options::new().format(Format::Html)).unwrap();
        // Every mark stands there once, and a page has no other text: what is missing is told to the character.
        let missing = (0..parts.len()).map(|n| format!("〈{n}〉")).filter(|mark| !got.text.contains(mark));
        let missing: usize = missing.map(|mark| mark.chars().count()).sum();
        prop_assert_eq!(missing, common::told_chars(&got.diagnostics), "{}: {:?}", html, got.diagnostics);
    }
}
