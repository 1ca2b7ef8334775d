//! One invented report and one invented task table in every form that is read, and what each form has of its own.
#![cfg(feature = "formats")]

mod common;

use gongwen::Document;
use gongwen::layout::BlockKind;
use gongwen::read::{Archive, Extracted, Format, Options, extract, read, sniff};
use gongwen::{Code, Error, Span};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write};

const DOCX: &[u8] = include_bytes!("fixtures/formats/report.docx");
const DOC: &[u8] = include_bytes!("fixtures/formats/report.doc");
const RTF: &[u8] = include_bytes!("fixtures/formats/report.rtf");
const PDF: &[u8] = include_bytes!("fixtures/formats/report.pdf");
const XLSX: &[u8] = include_bytes!("fixtures/formats/tasks.xlsx");
const XLS: &[u8] = include_bytes!("fixtures/formats/tasks.xls");

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn get(bytes: &[u8]) -> Extracted {
    extract(bytes, &Options::new()).unwrap_or_else(|e| panic!("{e}"))
}

/// The report's own lines, tables and furniture apart.
fn lines(got: &Extracted, kinds: &[BlockKind]) -> Vec<String> {
    got.layout.blocks.iter().filter(|b| kinds.contains(&b.kind)).map(|b| got.text[b.span.range()].to_owned()).collect()
}

/// The report on OFD pages: a template with the page's foot, characters set one by one, paths as odd programs write them.
fn ofd(paragraphs: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    const EM: f32 = 5.6;
    let mut body = String::new();
    let (mut y, mut id) = (30.0, 100);
    // Letters and digits are half as wide as the others.
    let wide = |c: char, size: f32| if c.is_ascii() { size / 2.0 } else { size };
    let mut put = |body: &mut String, x: f32, y: f32, size: f32, text: &str| {
        id += 1;
        let deltas: Vec<String> = text.chars().map(|c| wide(c, size).to_string()).collect();
        let (deltas, text) = (deltas.join(" "), text.replace('&', "&amp;").replace('<', "&lt;"));
        write!(
            body,
            r#"<o:TextObject ID="{id}" Boundary="{x} {y} 160 6" Size="{size}"><o:TextCode X="0" Y="5" DeltaX="{deltas}">{text}</o:TextCode></o:TextObject>"#
        )
        .unwrap();
    };
    for (i, text) in paragraphs.iter().enumerate() {
        // A line is 28 characters wide; the first is set in by two, the title in the middle.
        let all: f32 = text.chars().map(|c| wide(c, EM)).sum();
        let mut x = if i == 0 { (28.0 * EM - all).max(0.0) / 2.0 } else { 2.0 * EM };
        let (mut line, mut end) = (String::new(), x);
        for c in text.chars() {
            if end + wide(c, EM) > 28.0 * EM + 0.1 {
                put(&mut body, 26.0 + x, y, EM, &std::mem::take(&mut line));
                (x, end) = (0.0, 0.0);
                y += 9.8;
            }
            end += wide(c, EM);
            line.push(c);
        }
        put(&mut body, 26.0 + x, y, EM, &line);
        y += 9.8;
    }
    let (top, columns, height) = (y, [26.0, 42.0, 110.0, 150.0, 184.0], 10.0);
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            put(&mut body, columns[c] + 1.0, top + height * r as f32 + 2.0, 3.5, cell);
        }
    }
    let bottom = top + height * rows.len() as f32;
    for r in 0..=rows.len() {
        let y = top + height * r as f32;
        write!(body, r#"<o:PathObject ID="9{r}" Boundary="26 {y} 158 0.3"><o:AbbreviatedData>M 0 0 L 158 0</o:AbbreviatedData></o:PathObject>"#).unwrap();
    }
    for (c, x) in columns.iter().enumerate() {
        let h = bottom - top;
        write!(body, r#"<o:PathObject ID="8{c}" Boundary="{x} {top} 0.3 {h}"><o:AbbreviatedData>M 0 0 L 0 {h}</o:AbbreviatedData></o:PathObject>"#).unwrap();
    }
    let ns = r#"xmlns:o="http://www.ofdspec.org/2016""#;
    let page = format!(r#"<o:Page {ns}><o:Template TemplateID="2"/><o:Content><o:Layer ID="3">{body}</o:Layer></o:Content></o:Page>"#);
    let template = format!(
        r#"<o:Page {ns}><o:Content><o:Layer ID="4"><o:TextObject ID="5" Boundary="98 800 30 6" Size="4.2"><o:TextCode X="0" Y="4" DeltaX="g 4 4.2">— 1 —</o:TextCode></o:TextObject></o:Layer></o:Content></o:Page>"#
    );
    let root = format!(
        r#"<o:OFD {ns}><o:DocBody><o:DocInfo><o:Title>年度报告</o:Title><o:CustomDatas><o:CustomData Name="密级">公开</o:CustomData></o:CustomDatas></o:DocInfo><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>"#
    );
    let document = format!(
        r#"<o:Document {ns}><o:CommonData><o:PageArea><o:PhysicalBox>0 0 210 820</o:PhysicalBox></o:PageArea><o:TemplatePage ID="2" BaseLoc="/Doc_0/Tpls/Tpl_0/Content.xml"/></o:CommonData><o:Pages><o:Page ID="1" BaseLoc="Pages\Page_0\Content.xml"/></o:Pages></o:Document>"#
    );
    zip(&[
        ("OFD.xml", root.as_bytes()),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("doc_0\\pages\\page_0\\content.xml", page.as_bytes()),
        ("Doc_0/Tpls/Tpl_0/Content.xml", template.as_bytes()),
    ])
}

fn quoted(bytes: &[u8]) -> Vec<u8> {
    let mut out = String::new();
    for (i, b) in bytes.iter().enumerate() {
        if i > 0 && i % 24 == 0 {
            out.push_str("=\r\n");
        }
        write!(out, "={b:02X}").unwrap();
    }
    out.into_bytes()
}

/// Every form of the report, made from the Word file or beside it.
fn forms() -> Vec<(&'static str, Format, Vec<u8>)> {
    let word = get(DOCX);
    let paragraphs = lines(&word, &[BlockKind::Paragraph]);
    let rows: Vec<Vec<String>> = lines(&word, &[BlockKind::TableRow]).iter().map(|r| r.split(" | ").map(str::to_owned).collect()).collect();
    let (signer, before) = (paragraphs.len() - 2, &paragraphs[..paragraphs.len() - 2]);
    let table: String = rows.iter().map(|r| format!("<tr>{}</tr>", r.iter().map(|c| format!("<td>{c}</td>")).collect::<String>())).collect();
    let mut html = String::from("<html><head><meta charset=\"utf-8\"></head><body>");
    before.iter().for_each(|p| write!(html, "<p>{p}</p>").unwrap());
    write!(html, "<table>{table}</table>").unwrap();
    paragraphs[signer..].iter().for_each(|p| write!(html, "<p>{p}</p>").unwrap());
    html.push_str("</body></html>");
    let drawn: Vec<String> = before.iter().cloned().chain(rows.iter().map(|r| r.join(" | "))).chain(paragraphs[signer..].iter().cloned()).collect();
    let head = b"From: <Saved by a browser>\r\nSubject: page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_part\"\r\n\r\n";
    let gbk = encoding_rs::GBK.encode(&html.replace("utf-8", "gbk")).0.into_owned();
    let part = b"------=_part\r\nContent-Type: text/html; charset=\"gbk\"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://www.example.gov.cn/1.html\r\n\r\n";
    let mht = [
        &head[..],
        part,
        &quoted(&gbk),
        b"\r\n------=_part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------=_part--\r\n",
    ]
    .concat();
    vec![
        ("docx", Format::Docx, DOCX.to_vec()),
        ("doc", Format::Doc, DOC.to_vec()),
        ("rtf", Format::Rtf, RTF.to_vec()),
        ("pdf", Format::Pdf, PDF.to_vec()),
        ("ofd", Format::Ofd, ofd(before, &rows)),
        ("html", Format::Html, html.clone().into_bytes()),
        ("mht", Format::Mht, mht),
        ("text", Format::Plain, drawn.join("\n").into_bytes()),
        ("gbk text", Format::Plain, encoding_rs::GBK.encode(&drawn.join("\n")).0.into_owned()),
    ]
}

/// What a document says, without its places.
fn told(doc: &Document<'_>) -> Vec<String> {
    let say = |span: Span| doc.clean(span).into_owned();
    let mut out = vec![format!("{:?} {:?} {:?}", doc.kind, doc.year, doc.title.map(say))];
    for section in &doc.sections {
        out.push(format!("section {:?} {:?}", section.marker.map(|m| (m.style, m.number)), section.heading.map(|h| say(h.span))));
    }
    for m in &doc.metrics {
        out.push(format!("metric {} {} {:?} {:?}", m.value, say(m.unit), m.dimension, m.subject.iter().map(|s| say(*s)).collect::<Vec<_>>()));
    }
    for r in &doc.responsibilities {
        out.push(format!("responsibility {:?} {:?}", r.role, r.units.iter().map(|u| say(*u)).collect::<Vec<_>>()));
    }
    for d in &doc.deadlines {
        out.push(format!("deadline {} {:?}", say(d.span), d.date));
    }
    out
}

#[test]
fn the_report_reads_alike_in_all_forms() {
    let forms = forms();
    let word = read(DOCX, &Options::new()).unwrap();
    let expected = told(&word.document);
    assert!(expected.len() > 30, "{expected:#?}");
    assert!(expected.contains(&"section Some((CnParen, 2)) Some(\"加强行政执法监督\")".to_owned()), "{expected:#?}");
    for (name, format, bytes) in forms {
        assert_eq!(sniff(&bytes, None).unwrap(), format, "{name}");
        let reading = read(&bytes, &Options::new()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut got = told(&reading.document);
        // The OFD page has no signature: it is that of the pages above only.
        got.retain(|g| !g.is_empty());
        assert_eq!(got, expected, "{name}\n{}", reading.document.text());
    }
}

#[test]
fn numbers_of_lists_are_restored() {
    for (name, bytes) in [("docx", DOCX), ("doc", DOC), ("rtf", RTF), ("pdf", PDF)] {
        let got = get(bytes);
        for line in ["一、主要举措和成效", "（二）加强行政执法监督", "三、下一年度主要安排", "（一）完善制度体系"] {
            assert!(got.text.lines().any(|l| l == line), "{name}: {line}\n{}", got.text);
        }
    }
}

#[test]
fn page_numbers_are_furniture() {
    let got = get(PDF);
    let furniture = lines(&got, &[BlockKind::Boilerplate]);
    assert_eq!(furniture, ["— 1 —", "— 2 —"]);
    assert_eq!(got.layout.tables.len(), 1);
    assert_eq!(got.layout.tables[0].rows.len(), 4);
}

#[test]
fn places_on_pages() {
    let got = get(PDF);
    let at = |text: &str| {
        let start = got.text.find(text).unwrap_or_else(|| panic!("{text}\n{}", got.text));
        got.origin.boxes_of((start..start + text.len()).into())
    };
    let title = at("松石县2023年法治政府建设年度报告");
    assert_eq!(title.len(), 1);
    assert_eq!(title[0].page, 1);
    let (width, height) = (595.0, 842.0);
    assert!((title[0].left() + title[0].right() - width).abs() < 12.0, "{title:?}");
    assert!(title[0].top() > 80.0 && title[0].bottom() < height / 4.0, "{title:?}");
    // A paragraph of three lines has three boxes, one below the other.
    let three =
        at("执法检查不打折扣。开展案卷评查2次，评查案卷240卷，发现问题35个并全部整改到位；组织执法人员培训6期，参训人员达1300余人次，人均学习不少于60学时。");
    assert_eq!(three.len(), 3, "{three:?}");
    assert!(three.windows(2).all(|w| w[0].bottom() <= w[1].top() + 4.0));
    assert!(at("县委编办").last().unwrap().page >= 1);
    assert_eq!(got.origin.source_range((0..6).into()), 0..0);
}

#[test]
fn places_in_streams() {
    // Text in UTF-16 in the stream WordDocument; bytes of the file itself for RTF.
    let got = get(DOC);
    let start = got.text.find("完成行政规范性文件清理").unwrap();
    let span: Span = (start..start + 9).into();
    let range = got.origin.source_range(span);
    assert_eq!(range.len(), 6, "{range:?}");
    assert_eq!(got.origin.part(span), Some("WordDocument"));
    let rtf = b"{\\rtf1\\ansi\\ansicpg936 \\'cb\\'c9\\'ca\\'af\\'cf\\'d8 \\u24037?\\u20316?}";
    let got = get(rtf);
    assert_eq!(got.text, "松石县 工作");
    assert_eq!(got.origin.source_range((3..6).into()), 31..39);
    assert_eq!(&rtf[31..39], b"\\'ca\\'af");
    assert_eq!(&rtf[got.origin.source_range((10..13).into())], b"\\u24037");
}

#[test]
fn rich_text_of_its_own() {
    let rtf = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}}{\stylesheet{\s1 heading 1;}{\s2 Normal;}}
{\info{\title Plan}{\author A}}{\header\pard \'d2\'b3\'c3\'bc\par}{\*\generator None;}
\pard\s1\f0 {\listtext\f0 \'d2\'bb\'a1\'a2\tab}\'d7\'dc\'cc\'e5\par\pard\s2 \b \'d6\'f7\'cc\'e2\b0 \'d5\'fd\'ce\'c4{\v \'d2\'fe}{\deleted \'c9\'be}{\*\unknown \'c8\'d5}\line \f1 A\f0 \'b6\'fe\chftn{\footnote\chftn \'d7\'a2}\par
\trowd\cellx1000\cellx3000\pard\intbl \'bc\'d7\cell \'d2\'d2\cell\row\trowd\cellx1000\cellx3000\pard\intbl \'b1\'fb\par \'b6\'a1\cell 4\cell\row\pard \'cd\'ea\par}";
    let got = get(rtf.as_bytes());
    assert_eq!(got.text, "页眉\n一、总体\n主题正文\nA二[1]\n甲 | 乙\n丙 丁 | 4\n完\n[1]注", "{}", got.text);
    let kinds: Vec<BlockKind> = got.layout.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds[..3], [BlockKind::Boilerplate, BlockKind::Heading(1), BlockKind::Paragraph]);
    assert_eq!(got.layout.tables.len(), 1);
    assert_eq!(&got.text[got.layout.run_ins[0].range()], "主题");
    assert!(got.diagnostics.iter().any(|d| d.code == Code::HiddenText));
    assert!(got.metadata.iter().any(|m| m.name == "core:title" && m.value == "Plan"));
}

#[test]
fn task_tables() {
    let mut texts = HashSet::new();
    for (name, format, bytes) in [("xlsx", Format::Xlsx, XLSX), ("xls", Format::Xls, XLS)] {
        assert_eq!(sniff(bytes, None).unwrap(), format);
        let reading = read(bytes, &Options::new()).unwrap();
        let doc = &reading.document;
        assert_eq!(
            doc.text(),
            "松石县2024年重点任务分工表\n序号 | 重点任务 | 责任单位 | 目标值 | 完成时限\n\
             1 | 完成行政规范性文件清理 | 县司法局 | 98.5% | 2024年6月30日\n2 | 开展执法案卷评查2次 | 县司法局、县市场监管局 | 100.0% | 2024年10月31日\n\
             3 | 新增执法人员50名 | 县委编办 | 95.0% | 2024年12月31日\n4 | 新建便民服务点12个 | 90.0% | 2024年12月31日\n注：目标值为年度完成率。\n\
             指标 | 单位 | 2022年 | 2023年 | 同比增长\n办件量 | 万件 | 11.9 | 12.6 | 5.9%\n网上办理率 | % | 95.3 | 98.5 | 3.4%",
            "{name}"
        );
        let units: Vec<String> = doc.responsibilities.iter().flat_map(|r| r.units.iter().map(|u| doc.clean(*u).into_owned())).collect();
        // The merged cell of two rows belongs to both.
        assert_eq!(units, ["县司法局", "县司法局", "县市场监管局", "县委编办", "县委编办"], "{name}");
        assert!(doc.deadlines.iter().any(|d| doc.slice(d.span) == "2024年10月31日"), "{name}: {:?}", doc.deadlines);
        let hidden: Vec<_> = doc.diagnostics.iter().filter(|d| d.code == Code::NotRead).collect();
        assert!(hidden.len() == 1 && hidden[0].message.contains("底稿"), "{name}: {hidden:?}");
        let at = doc.text().find("县委编办").unwrap();
        let span: Span = (at..at + 12).into();
        let cells: Vec<String> = reading.origin.cells_of(span).iter().map(ToString::to_string).collect();
        assert_eq!(cells, ["C5"], "{name}");
        assert_eq!(reading.origin.part(span), Some("任务分工"), "{name}");
        texts.insert(doc.text().to_owned());
    }
    assert_eq!(texts.len(), 1);
}

#[test]
fn ofd_says_what_it_leaves_out() {
    let got = get(&ofd(&["松石县人民政府文件".to_owned(), "一、总体情况".to_owned()], &[]));
    assert!(got.metadata.iter().any(|m| m.name == "core:title" && m.value == "年度报告"));
    assert!(got.metadata.iter().any(|m| m.name == "密级" && m.value == "公开"));
    assert_eq!(lines(&got, &[BlockKind::Boilerplate]), ["— 1 —"]);
    let at = got.text.find("总体").unwrap();
    let place = got.origin.boxes_of((at..at + 6).into());
    assert_eq!((place.len(), place[0].page), (1, 1));
    assert!(place[0].left() > 26.0 * 2.8 && place[0].right() < 184.0 * 2.84, "{place:?}");
    let empty = extract(&ofd(&[], &[]), &Options::new()).unwrap();
    assert_eq!(empty.layout.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate).count(), 0);
    let ns = r#"xmlns="http://www.ofdspec.org/2016""#;
    let blank = zip(&[
        ("OFD.xml", format!("<OFD {ns}><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>").as_bytes()),
        ("D.xml", format!(r#"<Document {ns}><Pages><Page ID="1" BaseLoc="P.xml"/><Page ID="2" BaseLoc="gone.xml"/></Pages></Document>"#).as_bytes()),
        ("P.xml", format!("<Page {ns}/>").as_bytes()),
    ]);
    let codes: Vec<Code> = get(&blank).diagnostics.iter().map(|d| d.code).collect();
    assert!(codes.contains(&Code::NoTextLayer) && codes.contains(&Code::NotRead), "{codes:?}");
}

/// The blanks of a form are lines that touch no other, and what clips an object is not drawn: neither parts cells.
#[test]
fn forms_are_no_tables() {
    let ns = r#"xmlns="http://www.ofdspec.org/2016""#;
    let mut body = String::new();
    for (i, text) in ["松石县行政执法案件登记表", "案件名称 第七号占道经营案", "办案单位 松石县城市管理局", "批准时间 六月三日"].iter().enumerate()
    {
        let y = 30 + 12 * i;
        write!(
            body,
            r#"<TextObject ID="1{i}" Boundary="30 {y} 150 6" Size="5"><TextCode X="0" Y="5" DeltaX="g {} 5">{text}</TextCode></TextObject>"#,
            text.chars().count() - 1
        )
        .unwrap();
        let line = y + 6;
        write!(body, r#"<PathObject ID="2{i}" Boundary="55 {line} 100 1"><AbbreviatedData>M 0 0 L 100 0</AbbreviatedData><Clips><Clip><Area><Path Boundary="0 0 200 200"><AbbreviatedData>M 40 0 L 70 0 L 70 200 L 40 200 C</AbbreviatedData></Path></Area></Clip></Clips></PathObject>"#).unwrap();
    }
    // The frame around all.
    body.push_str(r#"<PathObject ID="30" Boundary="25 25 160 60"><AbbreviatedData>M 0 0 L 160 0 L 160 60 L 0 60 C</AbbreviatedData></PathObject>"#);
    let file = zip(&[
        ("OFD.xml", format!("<OFD {ns}><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>").as_bytes()),
        ("D.xml", format!(r#"<Document {ns}><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>"#).as_bytes()),
        ("P.xml", format!("<Page {ns}><Content><Layer>{body}</Layer></Content></Page>").as_bytes()),
    ]);
    let got = get(&file);
    assert!(got.layout.tables.is_empty(), "{:?}", got.text);
    for line in ["案件名称 第七号占道经营案", "办案单位 松石县城市管理局"] {
        assert!(got.text.contains(line), "{:?}", got.text);
    }
}

/// A page of a gazette: two columns under one headline, a footnote at the foot of the first in the middle of a sentence.
#[test]
fn columns_and_footnotes() {
    let ns = r#"xmlns="http://www.ofdspec.org/2016""#;
    let mut objects = Vec::new();
    let mut put = |x: f32, y: f32, size: f32, text: &str| {
        let (id, count) = (objects.len() + 10, text.chars().count() - 1);
        objects.push(format!(
            r#"<TextObject ID="{id}" Boundary="{x} {y} 90 6" Size="{size}"><TextCode X="0" Y="5" DeltaX="g {count} {size}">{text}</TextCode></TextObject>"#
        ));
    };
    put(60.0, 20.0, 6.0, "松石县人民政府公报二〇二三年第二号");
    // Sixteen characters a line; each paragraph runs over nine, the third from one column into the other.
    let sentence = |n: usize| {
        format!("第{}项工作按照县政府的统一部署由牵头单位会同有关部门逐条细化措施明确时限压实责任并且每季度报送进展情况", ["一", "二", "三", "四"][n])
    };
    let all: Vec<String> = (0..4).map(|n| sentence(n) + &sentence(n) + "。").collect();
    let mut rows: Vec<(f32, String)> = Vec::new();
    for paragraph in &all {
        let chars: Vec<char> = paragraph.chars().collect();
        rows.push((10.0, chars[..14].iter().collect()));
        rows.extend(chars[14..].chunks(16).map(|line| (0.0, line.iter().collect())));
    }
    let half = rows.len() / 2;
    for (i, (indent, line)) in rows.iter().enumerate() {
        let (x, row) = if i < half { (20.0, i) } else { (110.0, i - half) };
        put(x + indent, 35.0 + 7.0 * row as f32, 5.0, line);
    }
    put(20.0, 35.0 + 7.0 * half as f32, 3.5, "1 见县政府办公室上年度的通报。");
    // The order in the file says nothing.
    objects.reverse();
    let page = format!("<Page {ns}><Content><Layer>{}</Layer></Content></Page>", objects.concat());
    let file = zip(&[
        ("OFD.xml", format!("<OFD {ns}><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>").as_bytes()),
        ("D.xml", format!(r#"<Document {ns}><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>"#).as_bytes()),
        ("P.xml", page.as_bytes()),
    ]);
    let mut wanted = vec!["松石县人民政府公报二〇二三年第二号".to_owned()];
    wanted.extend(all);
    let at = wanted.iter().position(|l| l.starts_with("第二") || l.starts_with("第三")).unwrap();
    let got = get(&file);
    let mut lines: Vec<&str> = got.text.lines().filter(|l| !l.is_empty()).collect();
    let note = lines.iter().position(|l| *l == "1 见县政府办公室上年度的通报。").unwrap_or_else(|| panic!("{lines:#?}"));
    assert!(note > at, "{lines:#?}");
    lines.remove(note);
    assert_eq!(lines, wanted);
}

#[test]
fn archives_are_many_documents() {
    let inner = zip(&[("a.txt", b"1")]);
    let bytes = zip(&[
        ("报告/", b""),
        ("报告/年度报告.docx", DOCX),
        ("报告/年度报告.wps", DOC),
        ("__MACOSX/._年度报告.docx", b"x"),
        (".DS_Store", b"x"),
        ("tasks.xls", XLS),
        ("more.zip", &inner),
        ("readme.txt", "一、说明".as_bytes()),
    ]);
    assert!(matches!(extract(&bytes, &Options::new()), Err(Error::Unsupported { .. }) | Ok(_)));
    let found: Vec<_> = Archive::open(&bytes, &Options::new()).unwrap().collect();
    let names: Vec<&str> = found.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["报告/年度报告.docx", "报告/年度报告.wps", "tasks.xls", "more.zip", "readme.txt"]);
    let formats: Vec<Option<Format>> = found.iter().map(|e| e.reading.as_ref().ok().map(|r| r.source.format)).collect();
    assert_eq!(formats, [Some(Format::Docx), Some(Format::Doc), Some(Format::Xls), None, Some(Format::Plain)]);
    let mut limits = gongwen::read::Limits::default();
    limits.unpacked = 4000;
    let options = Options::new().limits(limits);
    let limited: Vec<bool> = Archive::open(&bytes, &options).unwrap().map(|e| matches!(e.reading, Err(Error::Limit { .. }))).collect();
    assert_eq!(limited, [true, true, true, false, false]);
    limits.entries = 3;
    assert!(matches!(Archive::open(&bytes, &Options::new().limits(limits)), Err(Error::Limit { .. })));
}

#[test]
fn formats_are_told_by_their_bytes() {
    // The name says nothing where the bytes do.
    for name in ["a.txt", "a.pdf", "a.docx", "a.xls", "a"] {
        assert_eq!(sniff(DOC, Some(name)).unwrap(), Format::Doc);
        assert_eq!(sniff(PDF, Some(name)).unwrap(), Format::Pdf);
        assert_eq!(sniff(XLSX, Some(name)).unwrap(), Format::Xlsx);
    }
    // An archive that holds a spreadsheet as it is, uncompressed, is an archive; one whose list is cut off is told by what stands before.
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    packed.start_file("附件/任务分解表.xlsx", stored).unwrap();
    packed.write_all(XLSX).unwrap();
    assert!(matches!(sniff(&packed.finish().unwrap().into_inner(), None), Err(Error::Unsupported { format: "ZIP archive", .. })));
    assert_eq!(sniff(&XLSX[..XLSX.len() - 30], None).unwrap(), Format::Xlsx);
    let mut program = b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0".to_vec();
    program.extend((0..4096u32).flat_map(|i| (i * 7).to_le_bytes()));
    for bytes in [&program[..], &program[16..]] {
        assert!(matches!(read(bytes, &Options::new()), Err(Error::Unsupported { .. })));
    }
    // A stray control character is damage, UTF-16 no binary.
    assert_eq!(sniff("一、总体情况\u{1}\n".as_bytes(), None).unwrap(), Format::Plain);
    let wide: Vec<u8> = "一、总体情况\n二、2023年的工作，全县。\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(sniff(&wide, None).unwrap(), Format::Plain);
}

/// Files that are cut, flipped, filled with zeros or ones, or have parts doubled: a document or an error, never a panic.
#[test]
fn damaged_files_end_in_a_document_or_an_error() {
    let asked: Option<u64> = std::env::var("GONGWEN_MUTATIONS").ok().and_then(|n| n.parse().ok());
    let rounds = asked.unwrap_or(40);
    let own = forms().into_iter().map(|(n, _, b)| (n.to_owned(), b)).chain([("xlsx".to_owned(), XLSX.to_vec()), ("xls".to_owned(), XLS.to_vec())]);
    let mut sources: Vec<(String, Vec<u8>)> = own.collect();
    // Who asks for a number has the time to damage real files too.
    if let Some(root) = asked.and_then(|_| common::shared()) {
        for kind in ["doc", "wps", "ofd", "pdf", "rtf", "xls", "xlsx"] {
            for entry in std::fs::read_dir(root.join("formats/files").join(kind)).into_iter().flatten() {
                let path = entry.unwrap().path();
                sources.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    for (name, source) in sources {
        for seed in 0..rounds {
            let damaged = damage(&source, seed);
            let options = Options::new();
            let formats = [None, sniff(&source, None).ok()];
            for format in formats {
                let mut options = options.clone();
                options.format = format;
                match std::panic::catch_unwind(|| extract(&damaged, &options)) {
                    Ok(Ok(got)) => {
                        for b in &got.layout.blocks {
                            let _ = (&got.text[b.span.range()], got.origin.source_range(b.span), got.origin.boxes_of(b.span), got.origin.cells_of(b.span));
                        }
                    }
                    Ok(Err(_)) => {}
                    Err(_) => panic!("{name}, damaged by {seed}, panics"),
                }
            }
        }
    }
}

fn damage(source: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1;
    let mut random = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n.max(1) as u64) as usize
    };
    let mut out = source.to_vec();
    for _ in 0..1 + random(12) {
        let at = random(out.len());
        match random(7) {
            0 => out[at] ^= 1 << random(8),
            1 => out[at] = random(256) as u8,
            2 => {
                let end = (at + 4).min(out.len());
                out[at..end].fill(0xFF);
            }
            3 => {
                let end = (at + random(64)).min(out.len());
                out[at..end].fill(0);
            }
            4 if random(6) == 0 => out.truncate(at.max(8)),
            5 => {
                let end = (at + random(512)).min(out.len());
                let part = out[at..end].to_vec();
                let to = random(out.len());
                out.splice(to..to, part);
            }
            _ => {
                let head = random(out.len().min(512));
                out[head] = random(256) as u8;
            }
        }
    }
    out
}

/// A page whose content unpacks to far more than it is, and one whose forms call each other again and again.
#[test]
fn pdf_bombs_end_in_errors() {
    let packed = {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let line = [b' '; 1 << 16];
        (0..1024).for_each(|_| out.write_all(&line).unwrap());
        out.finish().unwrap()
    };
    let head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n";
    let length = format!("4 0 obj<</Length {}/Filter/FlateDecode>>stream\n", packed.len());
    let bomb = [&head[..], length.as_bytes(), &packed, b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"].concat();
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(extract(&bomb, &Options::new()), Err(Error::Limit { .. })));
}

/// Notes, text boxes of none, changes, hidden text, fields, merged and nested cells, headers: three forms of one file.
#[test]
fn what_word_files_hold_beside_paragraphs() {
    let word = get(include_bytes!("fixtures/formats/notes.docx"));
    assert!(word.text.contains("全年办件9件[1]，培训3次[2]。") && word.text.ends_with("[1]脚注说明。\n[2]尾注说明。"), "{}", word.text);
    for (name, bytes) in [("doc", &include_bytes!("fixtures/formats/notes.doc")[..]), ("rtf", include_bytes!("fixtures/formats/notes.rtf"))] {
        let got = get(bytes);
        assert_eq!(got.text, word.text, "{name}");
        assert_eq!(got.layout.blocks, word.layout.blocks, "{name}");
        // LibreOffice writes no row as a header into rich text.
        let cells = |e: &Extracted| -> Vec<Vec<Span>> { e.layout.tables.iter().flat_map(|t| t.rows.iter().map(|r| r.cells.clone())).collect() };
        assert_eq!(cells(&got), cells(&word), "{name}");
        assert_eq!(got.layout.tables[0].rows[0].header, name == "doc");
        let hidden: Vec<Span> = got.diagnostics.iter().filter(|d| d.code == Code::HiddenText).map(|d| d.span).collect();
        assert_eq!(hidden, word.diagnostics.iter().filter(|d| d.code == Code::HiddenText).map(|d| d.span).collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn encrypted_and_older_files_say_what_to_do() {
    let start = DOC.chunks(512).position(|c| c.starts_with(&[0xEC, 0xA5])).map(|i| i * 512).expect("the first block of the stream WordDocument");
    let with = |at: usize, byte: u8| {
        let mut bytes = DOC.to_vec();
        bytes[start + at] = byte;
        extract(&bytes, &Options::new()).unwrap_err().to_string()
    };
    let encrypted = with(0xB, DOC[start + 0xB] | 1);
    assert!(encrypted.contains("encrypted") && encrypted.contains("password"), "{encrypted}");
    let old = with(0, 0xDC);
    assert!(old.contains("Word 95") && old.contains("save it as .docx"), "{old}");
    let book = XLS.windows(8).position(|w| w == [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]).expect("the workbook's first record");
    let mut bytes = XLS.to_vec();
    bytes[book + 5] = 5;
    let old = extract(&bytes, &Options::new()).unwrap_err().to_string();
    assert!(old.contains("Excel 95") && old.contains("save it as .xlsx"), "{old}");
}

/// Codes, and how often what is not read is told.
fn not_read(got: &Extracted) -> Vec<String> {
    let told = got.diagnostics.iter().filter(|d| d.code == Code::NotRead);
    told.map(|d| d.message.split(", which").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn nothing_of_rich_text_is_lost_in_silence() {
    let rtf = |inside: &str| {
        let text = format!("{{\\rtf1\\ansi\\ansicpg936\\uc1 甲。{inside}\\par 乙。\\par}}");
        get(&encoding_rs::GBK.encode(&text).0)
    };
    let picture = r"{\pict\pngblip 89504e47}";
    for (inside, text, told) in [
        (r"{\object\objemb{\*\objclass Excel}{\*\objdata 0105}{\result {结果9件。}}}", "甲。结果9件。\n乙。", &["1 embedded files"][..]),
        (r"{\object\objemb{\objdata 0105}}", "甲。\n乙。", &["1 embedded files"]),
        (&format!("{{\\*\\shppict{picture}}}{{\\nonshppict{picture}}}{picture}"), "甲。\n乙。", &["2 pictures"]),
        (r"{\*\atnid A}{\*\annotation 批9件。}", "甲。\n乙。", &["1 comments"]),
        (r"{\mmath{\*\moMathPara{\*\moMath{\mr x}}}}", "甲。\n乙。", &["1 formulas"]),
        (r"{\field{\*\fldinst EQ \\f(1,3)}{\fldrslt }}", "甲。\n乙。", &["1 fields whose result Word works out"]),
        (r"{\field{\*\fldinst REF a}}", "甲。\n乙。", &["1 fields whose result Word works out"]),
        (
            r"{\field{\*\fldinst REF a}{\fldrslt 丙}}{\field{\*\fldinst PAGE}}{\field{\*\fldinst TITLE}{\fldrslt }}{\field{\*\fldinst DATE}{\fldrslt {丁}}}",
            "甲。丙丁\n乙。",
            &[],
        ),
        (
            &format!(
                "{{\\shp{{\\*\\shpinst{{\\sp{{\\sn gtextUNICODE}}{{\\sv 艺术字}}}}{{\\sp{{\\sn pib}}{{\\sv {picture}}}}}{{\\shptxt 框。\\par}}}}{{\\shprslt 框。{picture}}}}}"
            ),
            "甲。\n艺术字\n框。\n乙。",
            &["1 pictures"],
        ),
        (r"{\*\do\dobxpage{\dptxbxtext 老框。\par}}", "甲。\n老框。\n乙。", &[]),
        (r"{\v{\pict 00}}{\deleted{\pict 00}}", "甲。\n乙。", &[]),
    ] {
        let got = rtf(inside);
        assert_eq!((got.text.as_str(), not_read(&got)), (text, told.iter().map(|t| (*t).to_owned()).collect()), "{inside}");
        assert_eq!(got.diagnostics.len(), told.len(), "{inside}: {:?}", got.diagnostics);
    }
    // A file that breaks off, in its text and in a note.
    let whole = encoding_rs::GBK.encode(r"{\rtf1\ansi\ansicpg936 甲乙丙。{\footnote 注文。}{\b 丁}\par 戊己。\par}").0.into_owned();
    assert!(get(&whole).diagnostics.is_empty());
    for cut in 30..whole.len() {
        let got = get(&whole[..cut]);
        assert!(got.text.contains('甲') && got.diagnostics.iter().any(|d| d.code == Code::Truncated), "cut at {cut}: {:?}", got.diagnostics);
    }
    // Bytes that are no text in the code page.
    for inside in [r"\'ff\'81 ", r"\'d6{\b x}"] {
        let got = rtf(inside);
        assert!(got.diagnostics.iter().any(|d| d.code == Code::UndecodableBytes), "{inside}: {:?}", got.text);
    }
}

#[test]
fn what_lies_on_a_sheet_is_told() {
    let ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |all: &[(&str, &str)]| {
        let each: String = all.iter().enumerate().map(|(i, (kind, to))| format!(r#"<Relationship Id="r{i}" Type="{r}/{kind}" Target="{to}"/>"#)).collect();
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>"#)
    };
    let workbook = format!(r#"<workbook xmlns="{ns}" xmlns:r="{r}"><sheets><sheet name="a" r:id="r0"/><sheet name="b" r:id="r1"/></sheets></workbook>"#);
    let object = "<oleObject r:id=\"r9\"/>";
    let sheet = format!(
        r#"<worksheet xmlns="{ns}" xmlns:mc="urn:mc"><sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData><mc:AlternateContent><mc:Choice>{object}</mc:Choice><mc:Fallback>{object}</mc:Fallback></mc:AlternateContent></worksheet>"#
    );
    let shape = |inside: &str| format!("<x:sp><x:txBody><a:p><a:r><a:t>{inside}</a:t></a:r><a:r><a:t>又</a:t></a:r></a:p></x:txBody></x:sp>");
    let drawing = format!("<x:wsDr xmlns:x=\"urn:x\" xmlns:a=\"urn:a\"><x:pic/><x:pic/><x:graphicFrame/>{}{}<x:sp/></x:wsDr>", shape("框"), shape("框"));
    let comments = format!(r#"<comments xmlns="{ns}"><commentList><comment ref="A1"><text><t>批</t></text></comment></commentList></comments>"#);
    let old = r#"<xml><v:shape><br><x:ClientData ObjectType="Note"/></v:shape><v:shape><x:ClientData ObjectType="Button"/></v:shape>"#;
    let book = |drawing: &str, comments: &str, old: &str| {
        let (root, beside) =
            (relations(&[("worksheet", "s.xml"), ("chartsheet", "c.xml")]), relations(&[("drawing", "d.xml"), ("comments", "k.xml"), ("vmlDrawing", "o.vml")]));
        let parts = [("xl/workbook.xml", workbook.as_str()), ("xl/_rels/workbook.xml.rels", &root), ("xl/s.xml", &sheet), ("xl/_rels/s.xml.rels", &beside)];
        let parts: Vec<(&str, &[u8])> =
            parts.into_iter().chain([("xl/d.xml", drawing), ("xl/k.xml", comments), ("xl/o.vml", old)]).map(|p| (p.0, p.1.as_bytes())).collect();
        get(&zip(&parts))
    };
    let got = book(&drawing, &comments, old);
    assert_eq!(got.text, "9");
    assert_eq!(not_read(&got), ["2 pictures", "2 charts or diagrams", "1 embedded files", "3 text boxes or controls", "1 comments"]);
    let got = book("<x:wsDr xmlns:x=\"urn:x\"/>", "<comments/>", "<xml/>");
    assert_eq!(not_read(&got), ["1 charts or diagrams", "1 embedded files"]);
    let got = book(&drawing[..drawing.len() - 20], &comments[..20], "");
    assert!(got.diagnostics.iter().any(|d| d.code == Code::Truncated), "{:?}", got.diagnostics);
}

/// Bytes that are no text are told of every archive of parts.
#[test]
fn parts_in_another_encoding_than_they_say_are_told() {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(r#"<workbook xmlns="{ns}" xmlns:r="{r}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#);
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{r}/worksheet" Target="s.xml"/><Relationship Id="r2" Type="{r}/sharedStrings" Target="t.xml"/></Relationships>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{ns}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#);
    let texts = format!(r#"<sst xmlns="{ns}"><si><t>全年办件9件</t></si></sst>"#);
    let book = |texts: &[u8]| {
        zip(&[
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/s.xml", sheet.as_bytes()),
            ("xl/t.xml", texts),
        ])
    };
    let ns = "xmlns=\"http://www.ofdspec.org/2016\"";
    let page = format!(
        r#"<Page {ns}><Content><TextObject Boundary="30 30 150 6" Size="5"><TextCode X="0" Y="5">全年办件9件</TextCode></TextObject></Content></Page>"#
    );
    let pages = |page: &[u8]| {
        let root = format!("<OFD {ns}><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>");
        let document = format!("<Document {ns}><Pages>{}</Pages></Document>", r#"<Page BaseLoc="P.xml"/>"#.repeat(3));
        zip(&[("OFD.xml", root.as_bytes()), ("D.xml", document.as_bytes()), ("P.xml", page)])
    };
    for (name, whole, broken) in [("xl/t.xml", book(texts.as_bytes()), book(&gbk(&texts))), ("P.xml", pages(page.as_bytes()), pages(&gbk(&page)))] {
        assert!(get(&whole).text.starts_with("全年办件9件") && get(&whole).diagnostics.is_empty(), "{name}");
        let got = get(&broken);
        let told: Vec<_> = got.diagnostics.iter().filter(|d| d.code == Code::UndecodableBytes).collect();
        assert!(told.len() == 1 && told[0].message.contains(name), "{:?}", got.diagnostics);
    }
    let declared = format!(r#"<?xml version="1.0" encoding="GBK"?>{texts}"#);
    let got = get(&book(&gbk(&declared)));
    assert!(got.text == "全年办件9件" && got.diagnostics.is_empty(), "{:?}", got.diagnostics);
}

/// Small files that ask for much: each ends in an error that names the limit, or is read for what it is.
#[test]
fn small_files_do_not_grow_without_end() {
    let limit = |bytes: &[u8]| matches!(extract(bytes, &Options::new()), Err(Error::Limit { .. }));
    let rows = ["{\\rtf1\\trowd", &"\\cellx1".repeat(900), &"a\\cell\\row ".repeat(5_000), "}"].concat();
    assert!(limit(rows.as_bytes()));
    assert!(limit(["{\\rtf1 ", &"a\\par ".repeat(1_100_000), "}"].concat().as_bytes()));
    assert!(limit(["{\\rtf1", &"{".repeat(5_000)].concat().as_bytes()));
    let book = |sheet: &str, texts: &str| {
        let ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let workbook = format!(r#"<workbook xmlns="{ns}" xmlns:r="{r}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
        let relations = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{r}/worksheet" Target="s.xml"/><Relationship Id="rId2" Type="{r}/sharedStrings" Target="t.xml"/></Relationships>"#
        );
        zip(&[
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/s.xml", format!(r#"<worksheet xmlns="{ns}">{sheet}</worksheet>"#).as_bytes()),
            ("xl/t.xml", format!(r#"<sst xmlns="{ns}"><si><t>{texts}</t></si></sst>"#).as_bytes()),
        ])
    };
    // One text in many cells.
    let cells: String = (1..=2000).map(|r| format!(r#"<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>"#)).collect();
    let long: String = (0..40_000u32).map(|i| char::from(b'a' + (i.wrapping_mul(2_654_435_761) >> 27) as u8 % 26)).collect();
    assert!(limit(&book(&format!("<sheetData>{cells}</sheetData>"), &long.repeat(6))));
    // A cell merged over a whole sheet is as large as what the sheet shows.
    let merged = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="XFD1048576" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048575"/></mergeCells>"#;
    assert_eq!(get(&book(merged, "甲")).text.matches('甲').count(), 2);
}

/// Pages that are laid on their side or on their head read as the page does that stands upright; boxes are on the page as it lies.
#[test]
fn pages_that_are_turned() {
    let upright = get(PDF);
    for turn in ["90", "180", "270"] {
        // The table of places is wrong by then and is made anew.
        let mut bytes = Vec::new();
        let mut rest = PDF;
        let page = b"/Type/Page/Parent";
        while let Some(at) = rest.windows(page.len()).position(|w| w == page) {
            bytes.extend_from_slice(&rest[..at]);
            bytes.extend_from_slice(format!("/Rotate {turn}").as_bytes());
            bytes.extend_from_slice(page);
            rest = &rest[at + page.len()..];
        }
        bytes.extend_from_slice(rest);
        let got = get(&bytes);
        assert_eq!(got.text, upright.text, "{turn}");
        let title = got.origin.boxes_of((0..9).into());
        let (width, height) = (title[0].right() - title[0].left(), title[0].bottom() - title[0].top());
        assert!(title.iter().all(|b| b.page == 1), "{turn}: {title:?}");
        // The first characters of the title stand beside each other, or one below the other.
        assert_eq!(width > height, turn == "180", "{turn}: {title:?}");
    }
}
