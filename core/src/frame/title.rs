//! The document's own title among headlines, navigation and issuers.

use super::look::Look;
use super::{Framer, HEAD_LINES, Part};
use crate::Kind;
use crate::lexicon::Words;
use crate::lexicon::structure::GENRES;
use crate::lines::Mark;
use crate::view::clean;
use crate::{MarkerStyle, MetadataKey};
use std::sync::LazyLock;

/// Where the title stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) kind: Option<Kind>,
    /// A headline stands above, which is not the document's.
    pub(super) headline: bool,
}

static GENRE_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(GENRES.iter().map(|(word, _)| *word)));

/// Whether a title can end in this character and have a genre.
pub(super) fn may_end(c: char) -> bool {
    GENRE_WORDS.finishes(c) || c.is_whitespace() || matches!(c, '》' | '”' | '"' | ')' | '）' | '〉')
}

/// The genre a title ends in, brackets like （试行） apart.
pub(super) fn genre(title: &str) -> Option<Kind> {
    if !title.chars().next_back().is_some_and(may_end) {
        return None;
    }
    let mut bare = title.trim_end_matches(['》', '”', '"', ' ']);
    while let Some(open) = bare.ends_with([')', '）', '〉']).then(|| bare.rfind(['(', '（', '〈'])).flatten() {
        bare = bare[..open].trim_end();
    }
    if GENRE_WORDS.end(bare) == 0 {
        return None;
    }
    GENRES.iter().filter(|(word, _)| bare.ends_with(word) && bare.len() > word.len()).max_by_key(|(word, _)| word.len()).map(|(_, kind)| {
        let of_a_year = ["年", "工作", "情况", "建设", "法治", "依法"].iter().any(|w| bare.contains(w));
        let other = ["调研", "审计", "调查", "评估", "预算", "可行性", "监测", "检测", "研究"].iter().any(|w| bare.contains(w));
        match kind {
            Kind::Other if bare.ends_with("报告") && of_a_year && !other => Kind::AnnualReport,
            _ => *kind,
        }
    })
}

/// Whether a line ends as titles do.
pub(super) fn ends_with_genre(line: &str) -> bool {
    genre(line).is_some() && !line.contains(['。', '；', ';', '，', ',', '：', ':'])
}

/// Whether a line can be a title or a line of one.
fn possible(framer: &Framer<'_>, i: usize) -> bool {
    let part = framer.part(i);
    framer.frame.parts[i] == Part::Body
        && !framer.line(i).longer(80)
        && (framer.looks[i] == Look::Short || is_headline(framer, i))
        && !part.contains(['|', '。', '；', ';'])
        && !part.ends_with(['：', ':', '，', ',', '…'])
        && !part.ends_with("...")
        && !part.starts_with(['—', '―', '（', '('])
        && part.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).take(4).count() == 4
}

/// A headline may exclaim or ask; the line with its date and source below gives it away.
fn is_headline(framer: &Framer<'_>, i: usize) -> bool {
    framer.looks[i] == Look::Prose
        && !framer.line(i).longer(45)
        && framer.looks.get(i + 1) == Some(&Look::Label)
        && ["时间", "日期", "来源"].iter().any(|w| framer.part(i + 1).contains(w))
}

/// Whether a line names an office: 某某市人民政府办公室.
pub(super) fn is_organ(line: &str) -> bool {
    line.ends_with(['府', '局', '会', '委', '部', '厅', '室', '办', '院', '社']) && !line.contains(['，', ','])
}

pub(super) fn find(framer: &Framer<'_>) -> Option<Title> {
    let listed = framer
        .frame
        .metadata
        .iter()
        .find(|m| m.key == MetadataKey::Other && matches!(clean(&framer.text[m.label.range()]).as_ref(), "标题" | "名称" | "信息名称" | "文件名称"));
    let listed = listed.map(|m| clean(&framer.text[m.value.range()]).into_owned());
    let mut best: Option<(i32, Title, String)> = None;
    let mut salutes = false;
    let mut prose = 0;
    let mut above = false;
    for last in 0..framer.len().min(HEAD_LINES) {
        match framer.looks[last] {
            Look::Numbered if opens_body(framer, last) => break,
            Look::Prose if framer.frame.parts[last] == Part::Body => prose += 1,
            // What addresses somebody is a notice, not a news article.
            Look::Salutation if prose == 0 => salutes = true,
            _ => {}
        }
        if prose > 12 {
            break;
        }
        if !possible(framer, last) {
            continue;
        }
        let mut first = last;
        let mut title = framer.clean(last).trim_start_matches(['#', ' ']).to_owned();
        let kind = genre(&title);
        // A title over several lines begins with the line that names office, place or matter.
        let mut whole = title.clone();
        for above in (0..last).rev().take(4) {
            let line = framer.clean(above);
            let joins = possible(framer, above) && !framer.lines.lines[above + 1].apart && !framer.part(above + 1).starts_with('#') && genre(&line).is_none();
            if !joins || is_whole(&whole) && !begins(&line, &whole) || whole.chars().count() + line.chars().count() > 120 {
                break;
            }
            whole.insert_str(0, &line);
            if begins(&line, &title) || listed.as_deref() == Some(whole.as_str()) {
                first = above;
                title.clone_from(&whole);
                if is_whole(&title) && title.contains("关于") {
                    break;
                }
            }
        }
        let score = score(framer, first, last, &title, kind, listed.as_deref());
        let found = Title { first, last, kind: kind.or(None), headline: above && !salutes };
        let same = best.as_ref().is_some_and(|(_, _, t)| *t == title);
        // The first of equals; of a title that stands twice the last, which is nearest to the text.
        if score >= 4 && (same || best.as_ref().is_none_or(|(s, _, _)| score > *s)) {
            best = Some((score, found, title));
        }
        above |= score > 0 && kind.is_none();
    }
    best.map(|(_, title, _)| title)
}

/// Whether a numbered line belongs to the document's text, not to a list in the navigation.
fn opens_body(framer: &Framer<'_>, i: usize) -> bool {
    framer.frame.parts[i] == Part::Body
        && framer.line(i).marker.is_some_and(|(m, _)| {
            matches!(m.style, MarkerStyle::CnComma | MarkerStyle::Chapter | MarkerStyle::Article | MarkerStyle::CnParen | MarkerStyle::Part)
                || framer.line(i).longer(20)
        })
}

/// Whether a title names its matter, a year or a place; what lacks all three is the end of one.
fn is_whole(title: &str) -> bool {
    title.contains("关于") || title.contains('年') || super::place::starts_with_name(title)
}

/// Whether a title that goes on with `rest` may begin with `line`.
fn begins(line: &str, rest: &str) -> bool {
    let matter = ["关于", "转发", "印发", "贯彻", "的"].iter().any(|w| rest.starts_with(w));
    if is_organ(line) && matter || line.contains("关于") && !rest.contains("关于") {
        return true;
    }
    let office = line.starts_with("国务院") || line.starts_with("中共") || super::place::starts_with_name(line);
    !is_whole(rest) && line.chars().count() >= 4 && (office || line.contains('年'))
}

fn score(framer: &Framer<'_>, first: usize, last: usize, title: &str, kind: Option<Kind>, listed: Option<&str>) -> i32 {
    let chars = title.chars().count();
    if !(5..=120).contains(&chars) {
        return 0;
    }
    let mut score = 0;
    if kind.is_some() {
        score += 4;
    }
    if kind == Some(Kind::Other) {
        score -= 1;
    }
    if listed == Some(title) {
        score += 5;
    }
    if matches!(framer.lines.lines[last].mark, Mark::Heading(0 | 1)) || framer.part(first).starts_with("# ") {
        score += 3;
    }
    if title.contains("关于") || title.contains("年") {
        score += 1;
    }
    if chars >= 10 {
        score += 1;
    }
    if super::place::starts_with_name(title) {
        score += 1;
    }
    let next = (last + 1..framer.len()).map(|j| framer.looks[j]).find(|l| *l != Look::Signs);
    match next {
        Some(Look::Prose | Look::Salutation | Look::Number | Look::Numbered) => score += 1,
        // Date and source stand right below a headline.
        Some(Look::Label) if kind.is_none() => score += 3,
        _ => {}
    }
    if title.contains(['_', '>', '·', '•']) || title.contains(" - ") {
        score -= 3;
    }
    // 信息公示, 政策解读: a menu's words end like titles and name nothing.
    let bare_menu = chars <= 8 && !title.contains(['年', '市', '县', '区', '省', '州']) && !title.contains("政府");
    if bare_menu && framer.looks.get(last + 1) == Some(&Look::Short) {
        score -= 4;
    }
    if kind.is_none() && is_organ(title) {
        score -= 4;
    }
    score
}

/// The title's span without Markdown's # before it.
pub(super) fn without_hashes(text: &str, span: crate::Span) -> crate::Span {
    let hashes = crate::lines::markdown_prefix(&text[span.range()]);
    crate::view::trim(text, crate::Span::new(span.start + hashes as u32, span.end))
}
