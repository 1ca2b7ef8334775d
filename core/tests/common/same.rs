//! The same paragraphs in several forms, and what all forms must say.
#![allow(dead_code)] // no test uses all of it

use gongwen::read::{Format, Options, read};
use gongwen::{Document, Span};
use std::io::{Cursor, Write};

pub(crate) fn plain(paragraphs: &[&str]) -> Vec<u8> {
    paragraphs.join("\n").into_bytes()
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(crate) fn html(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|p| format!("<p>{}</p>\n", escaped(p))).collect();
    format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>\n{body}</body></html>").into_bytes()
}

pub(crate) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|p| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(p))).collect();
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(format!("<w:document {names}><w:body>{body}</w:body></w:document>").as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// Sections, facts and their values, without places.
pub(crate) fn essence(doc: &Document<'_>) -> Vec<String> {
    let text = |span| doc.clean(span).chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut rows = vec![format!("document {:?} {:?} title {:?} place {:?}", doc.kind, doc.year, doc.title.map(text), doc.place.map(text))];
    rows.extend(
        doc.sections.iter().map(|s| format!("section {} {:?} {:?} {:?}", s.level, s.role, s.marker.map(|m| text(m.span)), s.heading.map(|h| text(h.span)))),
    );
    rows.extend(doc.metrics.iter().map(|m| {
        format!(
            "metric {:?} {:?} {:?} {:?} {:?} {:?}",
            m.value,
            m.value_high,
            text(m.span),
            m.bound,
            m.modality,
            m.subject.iter().map(|s| text(*s)).collect::<Vec<_>>()
        )
    }));
    rows.extend(doc.responsibilities.iter().map(|r| format!("responsibility {:?} {:?}", r.role, r.units.iter().map(|u| text(*u)).collect::<Vec<_>>())));
    rows.extend(doc.deadlines.iter().map(|d| format!("deadline {:?} {:?} {:?}", d.kind, d.date, text(d.span))));
    rows.extend(doc.references.iter().map(|r| format!("reference {:?}", text(r.span))));
    rows
}

/// The first row in which two documents differ.
pub(crate) fn difference(a: &[String], b: &[String]) -> Option<String> {
    let at = a.iter().zip(b).position(|(a, b)| a != b).or((a.len() != b.len()).then_some(a.len().min(b.len())))?;
    let row = |rows: &[String]| rows.get(at).map_or("nothing", String::as_str).to_owned();
    Some(format!("{}\n    {}", row(a), row(b)))
}

pub(crate) fn read_as(bytes: &[u8], format: Format) -> Document<'static> {
    read(bytes, &Options::new().format(format)).unwrap().document
}

/// Whether some lines of a plain text are one paragraph, heading or title.
pub(crate) fn joins(doc: &Document<'_>) -> bool {
    let several = |span: Span| doc.slice(span).contains('\n');
    doc.paragraphs.iter().any(|p| several(p.span))
        || doc.sections.iter().any(|s| s.heading.is_some_and(|h| several(h.span)))
        || doc.title.into_iter().chain(doc.attachments.iter().copied()).any(several)
}

/// Where two of the three forms of some paragraphs differ; of plain text only where none of its lines are put together.
pub(crate) fn disagreement(paragraphs: &[&str]) -> Option<String> {
    let text = read_as(&plain(paragraphs), Format::Plain);
    let word = essence(&read_as(&docx(paragraphs), Format::Docx));
    let page = essence(&read_as(&html(paragraphs), Format::Html));
    let between = |name: &str, row: String| format!("{name}\n    {row}");
    let first = difference(&word, &page).map(|row| between("Word, HTML", row));
    first.or_else(|| (!joins(&text)).then(|| difference(&essence(&text), &word))?.map(|row| between("text, Word", row)))
}

/// What generated documents are made of: how a paragraph begins, and sentences of any kind of fact.
pub(crate) const HEADS: [&str; 14] = ["", "", "", "一、", "二、", "三、", "（一）", "（二）", "1.", "2.", "（1）", "第一条　", "一是", "首先，"];
pub(crate) const SENTENCES: [&str; 20] = [
    "推进法治建设",
    "总体要求",
    "完善制度，强化监督",
    "推进法治建设。",
    "全年办理法律援助案件120件，比上年增长8%。",
    "新建农村公路15.6公里以上，完成投资3.2亿元",
    "责任单位：县司法局、县财政局；完成时限：2024年6月底前",
    "（牵头单位：县市场监管局；配合单位：各乡镇）",
    "由县教育局牵头，县财政局配合，于2025年3月1日前完成。",
    "根据《松石县城乡规划条例》（松政发〔2019〕5号）的规定，制定本办法。",
    "做到：一是加强领导；二是落实责任，每季度报送一次。",
    "本办法自2024年1月1日起施行。",
    "其中市级补助30%，县级补助70%，",
    "办理时间由30天缩短至5个工作日",
    "为贯彻落实上级决策部署，结合我县实际，现提出如下意见。",
    "各乡镇人民政府，县政府各部门：",
    "（六）",
    "力争到2025年城镇化率达到65.5%左右，人均可支配收入增长7%。",
    "县人民政府办公室",
    "2024年2月5日",
];
