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

/// The keys under which the form keeps places.
pub(crate) const PLACES: [&str; 4] = ["span", "subject_spans", "boilerplate", "related"];

/// Cuts a paragraph, indented, into lines of so many characters. Numbers and names in letters stay whole, no line begins
/// with what closes and none ends with what opens.
pub(crate) fn wrap(paragraph: &str, width: usize) -> String {
    let narrow = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '％');
    let closing = |c: char| "。，、；：）》”’！？)]】〕".contains(c);
    let opening = |c: char| "（《“‘([【〔".contains(c);
    let mut words: Vec<String> = Vec::new();
    let (mut before, mut glue) = ('\n', true);
    for c in "\u{3000}\u{3000}".chars().chain(paragraph.chars()) {
        let goes_on = glue || closing(c) || narrow(c) && narrow(before);
        match words.last_mut().filter(|_| goes_on) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
        (before, glue) = (c, opening(c));
    }
    let (mut out, mut used) = (String::new(), 0);
    for word in words {
        let room = word.chars().count();
        if used > 0 && used + room > width {
            out.push('\n');
            used = 0;
        }
        // No page shows the blanks at which a line ends.
        if used == 0 && !out.is_empty() && word.trim().is_empty() {
            continue;
        }
        out.push_str(&word);
        used += room;
    }
    out
}

/// Paragraphs that show the width of the page which they are cut by.
pub(crate) const PROSE: [&str; 8] = [
    "为深入推进法治政府建设，全面提升依法行政水平，根据上级有关部署，结合本县实际，在广泛征求各方面意见的基础上，制定本要点，请各单位认真组织实施。",
    "各乡镇各部门要充分认识法治政府建设的重要意义，切实加强组织领导，明确分管负责人和工作人员，把各项任务落到实处，定期研究解决工作中遇到的问题。",
    "要坚持问题导向，聚焦群众反映强烈的突出问题，深入开展调查研究，找准症结所在，提出切实可行的办法，持续改进工作作风，不断提高服务群众的能力。",
    "要加强统筹协调，健全工作机制，形成上下联动、部门协同、社会参与的工作格局，推动各类资源向基层倾斜，确保基层有人办事、有条件办事、能办成事情。",
    "要强化宣传引导，充分运用广播电视、报纸刊物和网络平台，广泛宣传法律知识和先进典型，营造尊法学法守法用法的良好氛围，引导群众依法表达合理诉求。",
    "要抓好队伍建设，加强业务培训和实践锻炼，选优配强工作力量，关心关爱基层干部，激发干事创业的热情，打造一支忠诚干净担当、素质过硬的干部队伍。",
    "要严格责任落实，建立工作台账，实行清单管理，逐项明确责任单位和完成时限，对工作推进不力、进展缓慢的单位，及时予以提醒并督促整改，确保取得实效。",
    "要注重总结提高，及时梳理工作中的好经验好做法，形成可复制可推广的制度成果，加强信息报送和交流互鉴，推动全县法治政府建设工作再上一个新的台阶。",
];

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
