//! What a Word file shows its reader: numbers, changes, notes, boxes, tables. All content is invented.
#![cfg(feature = "docx")]

use gongwen::Code;
use gongwen::layout::BlockKind;
use gongwen::read::{Extracted, Options, extract};
use std::io::{Cursor, Write};

const NS: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// A file with a document body and other parts, each given as kind and content.
fn word(body: &str, parts: &[(&str, String)]) -> Extracted {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("word/document.xml", &format!("<w:document {NS}><w:body>{body}</w:body></w:document>"));
    let mut relations = String::new();
    for (i, (kind, text)) in parts.iter().enumerate() {
        put(&format!("word/part{i}.xml"), text);
        relations +=
            &format!(r#"<Relationship Id="rId{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="part{i}.xml"/>"#);
    }
    put(
        "word/_rels/document.xml.rels",
        &format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#),
    );
    let bytes = zip.finish().unwrap().into_inner();
    extract(&bytes, &Options::new()).unwrap()
}

fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn lines(got: &Extracted) -> Vec<&str> {
    got.layout.blocks.iter().map(|b| &got.text[b.span.range()]).collect()
}

#[test]
fn changes_as_accepted() {
    let body = [
        format!("<w:p>{}<w:del>{}</w:del><w:ins>{}</w:ins></w:p>", r("完成"), "<w:r><w:delText>8</w:delText></w:r>", r("9件")),
        format!("<w:p><w:moveFrom>{}</w:moveFrom></w:p>", r("移走")),
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>", r("上半段")),
        p("下半段"),
        format!("<w:p><w:moveTo>{}</w:moveTo></w:p>", r("移来")),
        format!("<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{}</w:p>", r("新段")),
    ];
    assert_eq!(word(&body.concat(), &[]).text, "完成9件\n上半段下半段\n移来\n新段");
}

#[test]
fn a_text_box_is_read_once_and_after_its_paragraph() {
    let box_ = format!("<w:txbxContent>{}{}</w:txbxContent>", p("文本框一"), p("文本框二"));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>{box_}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{box_}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        r("正文甲"),
        r("正文乙")
    );
    assert_eq!(word(&body, &[]).text, "正文甲正文乙\n文本框一\n文本框二");
    let old = format!("<w:p>{}<w:r><w:pict><v:textbox>{box_}</v:textbox></w:pict></w:r></w:p>", r("正文"));
    assert_eq!(word(&old, &[]).text, "正文\n文本框一\n文本框二");
}

#[test]
fn notes_stand_at_the_end_under_their_numbers() {
    let notes = format!(
        r#"<w:footnotes {NS}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="3"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote></w:footnotes>"#,
        r("后注"),
        r("先注")
    );
    let body = format!(r#"<w:p>{}<w:r><w:footnoteReference w:id="2"/></w:r>{}<w:r><w:footnoteReference w:id="3"/></w:r></w:p>"#, r("甲"), r("乙"));
    let got = word(&body, &[("footnotes", notes)]);
    assert_eq!(got.text, "甲[1]乙[2]\n[1]先注\n[2]后注");
    assert_eq!(got.origin.part(got.layout.blocks[1].span), Some("word/part0.xml"));
}

#[test]
fn margins_and_contents_are_no_part_of_the_document() {
    let head = |text| format!("<w:hdr {NS}>{}</w:hdr>", p(text));
    let body = format!(
        r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}<w:sectPr><w:headerReference r:id="rId0"/><w:headerReference r:id="rId1"/></w:sectPr>"#,
        p("一、总体情况……1"),
        p("一、总体情况")
    );
    let got = word(&body, &[("header", head("内部资料")), ("header", head("内部资料")), ("footer", head("没有用到"))]);
    assert_eq!(lines(&got), ["内部资料", "一、总体情况……1", "一、总体情况"]);
    let kinds: Vec<BlockKind> = got.layout.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Boilerplate, BlockKind::Boilerplate, BlockKind::Paragraph]);
}

#[test]
fn merged_cells_fill_the_grid() {
    let cell = |props: &str, text: &str| format!("<w:tc><w:tcPr>{props}</w:tcPr>{}</w:tc>", p(text));
    let restart = r#"<w:vMerge w:val="restart"/>"#;
    let two = format!("<w:tc>{}{}</w:tc>", p("县司法局"), p("县财政局"));
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("", "序号"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "任务"),
        cell(restart, "1"),
        cell("", "甲"),
        two,
        cell("<w:vMerge/>", ""),
        cell("", "乙"),
        cell("", "丙"),
    );
    let got = word(&body, &[]);
    assert_eq!(got.text, "序号 | 任务\n1 | 甲 | 县司法局 县财政局\n乙 | 丙");
    let rows = &got.layout.tables[0].rows;
    let text: Vec<Vec<&str>> = rows.iter().map(|r| r.cells.iter().map(|c| &got.text[c.range()]).collect()).collect();
    assert_eq!(text, [["序号", "任务", "任务"], ["1", "甲", "县司法局 县财政局"], ["1", "乙", "丙"]]);
    assert_eq!(rows.iter().map(|r| r.header).collect::<Vec<_>>(), [true, false, false]);
}

#[test]
fn fields_show_their_result_and_symbols_their_sign() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let body = format!(
        r#"<w:p>{}{}<w:r><w:instrText> PAGE </w:instrText></w:r>{}{}{}{}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:noBreakHyphen/></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"#,
        r("第"),
        field("begin"),
        field("separate"),
        r("7"),
        field("end"),
        r("页")
    );
    assert_eq!(word(&body, &[]).text, "第7页☑-x");
}

/// A field that nothing ends swallows nothing; text in the code of one that ends is told.
#[test]
fn a_field_without_an_end_swallows_nothing() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = "<w:r><w:instrText> PAGE </w:instrText></w:r>";
    let whole = format!("{}{code}{}{}{}", field("begin"), field("separate"), r("7"), field("end"));
    let open = format!("<w:p>{}{}{code}{}</w:p>", r("前文"), field("begin"), r("后文"));
    // The fields after it and a table keep their shape.
    let body = format!("{open}<w:p>{whole}</w:p><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>{}", p("办件3件"), p("末段"));
    let got = word(&body, &[]);
    assert_eq!(got.text, "前文后文\n7\n办件3件\n末段");
    assert!(got.diagnostics.is_empty());
    // Its result is shown where only the end is missing.
    let half = format!("<w:p>{}{code}{}{}</w:p>{}", field("begin"), field("separate"), r("7"), p("末段"));
    assert_eq!(word(&half, &[]).text, "7\n末段");
    // Text that speaks of a field is none.
    let spoken = format!("<w:p>{}{whole}</w:p>", r("写作 fldCharType=\"begin\" 即可。"));
    assert_eq!(word(&spoken, &[]).text, "写作 fldCharType=\"begin\" 即可。7");
    let inside = word(&format!("<w:p>{}{}{}{}</w:p>", field("begin"), r("域中文字"), field("end"), r("正文")), &[]);
    assert_eq!(inside.text, "正文");
    assert!(inside.diagnostics.iter().any(|d| d.code == Code::HiddenText && d.message.contains("域中文字")));
}

/// What stands above words, in another document or only in the second of two forms is read or told.
#[test]
fn nothing_is_lost_in_silence() {
    let not_read = |got: &Extracted| got.diagnostics.iter().filter(|d| d.code == Code::NotRead).count();
    let ruby = format!("<w:p><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>{}</w:p>", r("yǔ"), r("屿"), r("县"));
    let got = word(&ruby.repeat(3), &[]);
    assert_eq!((got.text.as_str(), not_read(&got)), ("屿县\n屿县\n屿县", 1));
    let got = word(&format!(r#"{}<w:p><w:subDoc r:id="rId9"/></w:p>"#, p("前文")), &[]);
    assert_eq!((got.text.as_str(), not_read(&got)), ("前文", 1));
    // A formula without a result, a list to choose from, a remark; a formula with its result is read.
    let field = |kind: &str, inside: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>"#);
    let code = |code: &str| format!("<w:r><w:instrText> {code} </w:instrText></w:r>");
    let ring = code("EQ \\o\\ac(○,甲)");
    let got = word(&format!("<w:p>{}{ring}{}{}</w:p>", field("begin", ""), field("end", ""), r("组负责")), &[]);
    assert_eq!((got.text.as_str(), not_read(&got)), ("组负责", 1));
    // Word parts a code over several runs.
    let parted = format!("{}{}{}", code("eq \\o\\ac("), code("○"), code(",甲)"));
    let got = word(&format!("<w:p>{}{parted}{}{}</w:p>", field("begin", ""), field("end", ""), r("组负责")), &[]);
    assert_eq!((got.text.as_str(), not_read(&got)), ("组负责", 1));
    let got = word(&format!("<w:p>{}{ring}{}{}{}</w:p>", field("begin", ""), field("separate", ""), r("甲"), field("end", "")), &[]);
    assert_eq!((got.text.as_str(), not_read(&got)), ("甲", 0));
    let list = "<w:ffData><w:ddList><w:listEntry w:val=\"是\"/><w:listEntry w:val=\"否\"/></w:ddList></w:ffData>";
    let got = word(&format!("<w:p>{}{}{}{}</w:p>", r("是否完成："), field("begin", list), code("FORMDROPDOWN"), field("end", "")), &[]);
    assert_eq!((got.text.as_str(), not_read(&got)), ("是否完成：", 1));
    let got = word(&format!("<w:p>{}<w:r><w:commentReference w:id=\"0\"/></w:r></w:p>", r("正文")), &[]);
    assert_eq!((got.text.as_str(), not_read(&got)), ("正文", 1));
    // The first form that says something is read, and no other.
    let forms = |first: &str, second: &str| {
        format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"x\">{first}</mc:Choice><mc:Fallback>{second}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
    };
    for empty in ["", r#"<x:new xmlns:x="urn:new"><x:words>新形式</x:words></x:new>"#, "<w:t></w:t>"] {
        assert_eq!(word(&forms(empty, "<w:t>旧形式</w:t>"), &[]).text, "旧形式", "{empty}");
    }
    assert_eq!(word(&forms("<w:t>新形式</w:t>", "<w:t>旧形式</w:t>"), &[]).text, "新形式");
    let picture = r#"<w:pict><v:imagedata/></w:pict>"#;
    let got = word(&forms(picture, picture), &[]);
    assert!(got.diagnostics.iter().any(|d| d.message.starts_with("1 ")), "one picture is one");
    // Outside paragraphs and between cells.
    let formula = "<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r> <m:r><m:t>=1</m:t></m:r></m:oMath></m:oMathPara>";
    let body = format!("{}{formula}<w:tbl>{}<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("前文"), p("格间"), p("甲"), p("乙"));
    assert_eq!(word(&body, &[]).text, "前文\nx=1\n格间\n甲 | 乙");
    // Lettering, and a header that a table places.
    let art = r#"<w:p><w:r><w:pict><v:shape><v:textpath string="青屿县人民政府文件"/></v:shape></w:pict></w:r></w:p>"#;
    assert_eq!(word(art, &[]).text, "青屿县人民政府文件");
    let head = format!("<w:hdr {NS}><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl></w:hdr>", p("青屿县"), p("内部资料"));
    let got = word(&format!(r#"{}<w:sectPr><w:headerReference r:id="rId0"/></w:sectPr>"#, p("正文")), &[("header", head)]);
    assert_eq!(lines(&got), ["青屿县 内部资料", "正文"]);
    assert_eq!(got.layout.blocks[0].kind, BlockKind::Boilerplate);
}

#[test]
fn breaks_end_a_line_and_hidden_runs_are_reported() {
    let body = format!("<w:p>{}<w:r><w:br/></w:r>{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>", r("　　上行"), r("下行 "));
    let got = word(&body, &[]);
    assert_eq!(lines(&got), ["上行", "下行"]);
    assert!(got.diagnostics.iter().any(|d| d.code == Code::HiddenText && d.message.contains("看不见")));
}

#[test]
fn titles_and_outline_levels_are_headings() {
    let styles = format!(
        r#"<w:styles {NS}><w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="c"><w:name w:val="c"/><w:basedOn w:val="h"/></w:style></w:styles>"#
    );
    let styled = |style: &str, text: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, r(text));
    let outline = format!(r#"<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{}</w:p>"#, r("三级"));
    let body = [styled("t", "题目"), styled("c", "二级"), outline, styled("c", &"很长".repeat(100)), p("正文")].concat();
    let got = word(&body, &[("styles", styles)]);
    let kinds: Vec<BlockKind> = got.layout.blocks.iter().map(|b| b.kind).collect();
    use BlockKind::*;
    assert_eq!(kinds, [Heading(0), Heading(2), Heading(3), Paragraph, Paragraph]);
}

#[test]
fn other_prefixes_and_the_strict_dialect() {
    for namespace in ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"] {
        for (declare, prefix) in [("xmlns:x", "x:"), ("xmlns", "")] {
            let part = format!(
                r#"<{prefix}document {declare}="{namespace}"><{prefix}body><{prefix}p><{prefix}r><{prefix}t>正文</{prefix}t></{prefix}r></{prefix}p></{prefix}body></{prefix}document>"#
            );
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(part.as_bytes()).unwrap();
            let bytes = zip.finish().unwrap().into_inner();
            assert_eq!(extract(&bytes, &Options::new()).unwrap().text, "正文");
        }
    }
}

/// Bold runs at the start of a paragraph are declared, across runs; bold further on is not.
#[test]
fn bold_runs_at_the_start_are_declared() {
    let bold = |text: &str| format!(r#"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"#);
    let plain = |text: &str| format!(r#"<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>{text}</w:t></w:r>"#);
    let body = [
        format!("<w:p>{}{}{}</w:p>", bold("在校园普法"), bold("上下功夫。"), plain("组织宣讲进学校。")),
        format!("<w:p>{}</w:p>", bold("全部加粗。")),
        format!("<w:p>{}{}</w:p>", plain("组织宣讲"), bold("进机关。")),
    ];
    let got = word(&body.concat(), &[]);
    let run_ins: Vec<&str> = got.layout.run_ins.iter().map(|s| &got.text[s.range()]).collect();
    assert_eq!(run_ins, ["在校园普法上下功夫。"]);
}
