//! The document's own title among headlines, navigation and issuers.

use super::look::Look;
use super::{Framer, HEAD_LINES, Part};
use crate::Kind;
use crate::lexicon::frame::HEAD;
use crate::lexicon::genre;
use crate::lexicon::structure::{ORIGINAL, cannot_begin_line};
use crate::lines::Mark;
use crate::scan::last_place;
use crate::view::{clean, is_blank, is_digit, longer};
use crate::{MarkerStyle, MetadataKey};

/// Where the title stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) kind: Option<Kind>,
    /// A headline stands above, which is not the document's.
    pub(super) headline: bool,
}

/// Whether a line ends as titles do.
pub(super) fn ends_with_genre(line: &str) -> bool {
    genre::kind(line).is_some() && !line.contains(['。', '；', ';', '，', ',', '：', ':'])
}

/// The kind that a title's genre names; a subtitle may stand behind it: 政府工作报告——2017年3月5日在….
///
/// A headline reports that one was issued: 两部门联合印发通知.
fn genre(title: &str) -> Option<Kind> {
    let kind = genre::kind(title).or_else(|| title.split_once("——").and_then(|(main, _)| genre::kind(main.trim_end())))?;
    if HEAD.act.iter().any(|act| last_place(title, act).is_some_and(|at| genre::alone(&title[at + act.len()..]))) {
        return None;
    }
    // 农业部门开展宣传行动 tells of one.
    if title.ends_with("行动") && HEAD.launch.find(title).is_some() {
        return None;
    }
    Some(kind)
}

/// Whether a line can be a title or a line of one.
fn possible(framer: &Framer<'_>, i: usize) -> bool {
    let part = framer.part(i);
    let short = framer.looks[i] == Look::Short && !framer.line(i).longer(80) || is_headline(framer, i) || is_long_title(framer, i);
    framer.frame.parts[i] == Part::Body
        && short
        && !part.contains(['|', '。', '；', ';'])
        && !part.ends_with(['：', ':', '，', ',', '…'])
        && (!part.ends_with("...") || is_headline(framer, i))
        && (!part.starts_with(['—', '―', '（', '(']) || is_behind_brackets(part))
        && !part.starts_with("--")
        && !part.ends_with(['（', '(', '《', '“', '〔'])
        && !is_attachment(part)
        && !names_reporter(framer, i)
        && !is_of_original(framer, i)
        && HEAD.reason.start(part) == 0
        && !(part.contains(['，', ',']) && opens_sentence(part))
        && !is_signed(framer, i)
        && !(part.ends_with('电') && HEAD.dateline.find(part).is_some())
        // Keywords stand in quotes, a law's chapter behind Markdown's #.
        && !(part.starts_with('"') && part.ends_with('"') && !part.contains("关于"))
        && !(part.starts_with('#') && framer.line(i).marker.is_some())
        && !(i + 1 < framer.len() && framer.part(i + 1).starts_with(cannot_begin_line))
        && (part.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).take(4).count() == 4 || goes_on(part) || is_organ(part) || genre::alone(&framer.clean(i)))
}

/// Whether a line goes on with the headline that a page reprints under another: 原标题：公交新线开通 ⏎ 方便村民出行.
fn is_of_original(framer: &Framer<'_>, i: usize) -> bool {
    let near = (i.saturating_sub(3)..i).rev().take_while(|j| matches!(framer.looks[*j], Look::Short | Look::Label));
    framer.lines.flattened && near.into_iter().any(|j| framer.part(j).starts_with(ORIGINAL))
}

/// Whether a line is an organ and a date, which sign: 松石县人民政府2013年10月9日.
fn is_signed(framer: &Framer<'_>, i: usize) -> bool {
    // A line ends in no noise.
    if !framer.part(i).ends_with('日') {
        return false;
    }
    let line = framer.clean(i);
    line.find(is_digit).is_some_and(|at| are_organs(&line[..at]) && super::look::date_line(&line[at..]).is_some())
}

/// What stands behind the word that names something attached.
pub(super) fn attachment_word(part: &str) -> Option<&str> {
    let len = HEAD.attached.start(part);
    // Some write it with a blank inside.
    let spaced = || part.strip_prefix('附').map(crate::view::skip_blank).and_then(|rest| rest.strip_prefix('件'));
    if len > 0 { Some(&part[len..]) } else { spaced() }
}

/// Whether a line names what is attached: 附件1：…, 附：…, 附表.
pub(super) fn is_attachment(part: &str) -> bool {
    let bare = part.trim_start_matches(is_blank);
    attachment_word(bare).is_some() || bare.strip_prefix('附').is_some_and(|rest| rest.starts_with(['：', ':']))
}

/// A title of a whole sentence's length: 关于转发某某局转发《…》的通知.
fn is_long_title(framer: &Framer<'_>, i: usize) -> bool {
    let part = framer.part(i);
    matches!(framer.looks[i], Look::Prose | Look::Short)
        && !framer.line(i).longer(160)
        && part.contains("关于")
        && !opens_sentence(part)
        && genre::ends(part)
        && !part.contains(['：', ':', '！', '!', '？', '?'])
}

/// A headline may exclaim or ask; that it is the first line gives it away, or the line with its date and source below.
fn is_headline(framer: &Framer<'_>, i: usize) -> bool {
    // … or the second part of one that was broken at its blank.
    let first = i == framer.own_lines || i == 1 && framer.lines.flattened && framer.looks[0] == Look::Short;
    if first && asks(framer, i) {
        return true;
    }
    framer.looks[i] == Look::Prose
        && !framer.line(i).longer(45)
        && framer.looks.get(i + 1) == Some(&Look::Label)
        && HEAD.dated.find(framer.part(i + 1)).is_some()
}

/// Whether a line above others asks or exclaims, as a headline does.
fn asks(framer: &Framer<'_>, i: usize) -> bool {
    framer.looks[i] == Look::Prose
        && !framer.line(i).longer(45)
        && framer.part(i).contains(['？', '?', '！', '!'])
        && !framer.part(i).contains(['。', '；', ';'])
        && framer.len() > i + 1
}

/// Whether a line names an office: 某某市人民政府办公室.
pub(super) fn is_organ(line: &str) -> bool {
    line.ends_with(['府', '局', '会', '委', '部', '厅', '室', '办', '院', '社', '署']) && !line.contains(['，', ','])
}

/// Whether each name of a line is an office's: 松石县教育局 松石县财政局.
pub(crate) fn are_organs(line: &str) -> bool {
    let mut names = line.split([' ', '　', '、']).filter(|n| !n.is_empty()).peekable();
    names.peek().is_some() && names.all(|n| is_organ(n) || HEAD.organ.end(n) > 0)
}

/// Whether a line belongs to a document's head without being its title: a number or a decree's, a red head, the
/// issuing organs, a date.
pub(super) fn is_head(framer: &Framer<'_>, i: usize) -> bool {
    if framer.looks[i] != Look::Short {
        return matches!(framer.looks[i], Look::Number | Look::Date);
    }
    let line = framer.clean(i);
    line.ends_with("文件") && longer(&line, 4)
        || HEAD.grade.end(&line) > 0 && longer(&line, 4)
        || line.ends_with('令') && longer(&line, 4)
        || line.ends_with('号') && (line.contains('令') || line.contains("公告") || line.contains("第"))
        || are_organs(framer.part(i)) && longer(&line, 3)
        || line.starts_with("签发人")
}

/// Whether a line says who reports: 松石日报记者 张三.
fn names_reporter(framer: &Framer<'_>, i: usize) -> bool {
    framer.looks[i] == Look::Short
        && !framer.line(i).longer(24)
        && HEAD.names_reporter.find(framer.part(i)).is_some_and(|at| !framer.part(i)[..at].ends_with('答'))
}

/// Whether a line between title and text tells of the document: who adopted it and when, where it was given, by whom.
fn is_note(framer: &Framer<'_>, i: usize) -> bool {
    let part = framer.part(i);
    if matches!(framer.looks[i], Look::Signs | Look::Furniture | Look::Label | Look::Number | Look::Date) || framer.frame.parts[i] != Part::Body {
        return true;
    }
    if longer(part, 160) || framer.looks[i] == Look::Numbered || framer.looks[i] == Look::Salutation {
        return false;
    }
    let dated = part.starts_with(|c: char| is_digit(c) || matches!(c, '（' | '(' | '二' | '一')) && part.contains('年');
    // 县长 张某; below ——2007年3月5日在…会议上 without the blank.
    let apart = || part.contains([' ', '\u{3000}', '\u{A0}', '<']) || i > 0 && is_subtitle(framer, i - 1);
    let person = framer.looks[i] == Look::Short && apart() && {
        let bare = framer.clean(i);
        !longer(&bare, 24) && HEAD.office.find(&bare).is_some()
    };
    // 0, -次: how often a page was read.
    let counter = || framer.looks[i] == Look::Short && !framer.line(i).longer(3) && part.chars().all(|c| is_digit(c) || matches!(c, '-' | '次' | '人'));
    part.starts_with(['（', '(', '—', '―']) && !longer(part, 120)
        || framer.looks.get(i + 1) == Some(&Look::Label) && names_reporter(framer, i)
        || counter()
        || dated && HEAD.adopted.find(part).is_some() && !part.ends_with('。')
        || person
        || framer.looks[i] == Look::Short && are_organs(part)
}

/// Whether a line stands where titles do: the first of the document's own, right above its text but for its date,
/// number, or who adopted it.
fn stands_as_title(framer: &Framer<'_>, first: usize, last: usize) -> bool {
    let end = framer.len().min(last + 12);
    let below = (last + 1..end).find(|i| !is_note(framer, *i));
    let opens = below.is_some_and(|i| matches!(framer.looks[i], Look::Prose | Look::Numbered | Look::Salutation) || heads_chapter(framer, i));
    // One line more may stand between a headline and the text.
    let opens = opens
        || first == 0
            && below.is_some_and(|i| {
                framer.looks[i] == Look::Short && i < last + 3 && framer.looks.get(i + 1) == Some(&Look::Prose) && genre(&framer.clean(i)).is_none()
            });
    let others =
        (framer.own_lines..first).filter(|i| framer.frame.parts[*i] == Part::Body && framer.looks[*i] == Look::Short && !is_head(framer, *i)).take(4).count();
    opens && others <= 3
}

/// Whether a line is one of several that stand alike above prose: headings, not a headline.
fn heading_among_others(framer: &Framer<'_>, i: usize) -> bool {
    let heads = |j: &usize| {
        framer.looks[*j] == Look::Short && framer.looks.get(*j + 1) == Some(&Look::Prose) && framer.frame.parts[*j] == Part::Body && !framer.line(*j).longer(16)
    };
    (i + 1..framer.len().min(HEAD_LINES)).filter(heads).take(2).count() == 2
}

/// Whether a line between two paragraphs has another like it: headings, of which one may end in a title's word.
fn is_one_of_headings(framer: &Framer<'_>, first: usize, last: usize) -> bool {
    let short = |j: usize| framer.looks[j] == Look::Short && !framer.line(j).longer(26);
    let below_text = |j: usize| j.checked_sub(1).is_none_or(|above| framer.looks[above] == Look::Prose || framer.part(above).chars().all(is_digit));
    // It may stand below the heading of a group.
    let heads = |j: usize| short(j) && framer.looks.get(j + 1) == Some(&Look::Prose) && (below_text(j) || short(j - 1) && below_text(j - 1));
    first == last && heads(last) && (0..framer.len().min(HEAD_LINES)).any(|j| j != last && heads(j))
}

/// ## 第一章 总则
fn heads_chapter(framer: &Framer<'_>, i: usize) -> bool {
    framer.part(i).starts_with('#')
}

/// Whether a line without a genre may be a headline by what it says: no label, no keywords, no opening of a sentence.
fn may_be_headline(framer: &Framer<'_>, i: usize) -> bool {
    let line = framer.clean(i);
    let quoted = line.starts_with(['"', '“', '【', '[', '<']) && line.ends_with(['"', '”', '】', ']', '>']);
    let label = line.find(['：', ':']).is_some_and(|at| {
        let before = &line[..at];
        !longer(before, 1) || !longer(before, 8) && HEAD.label.end(before) > 0
    });
    // 2020年2月21日, 松石日报2020-02-21 07:39:15
    let bare = crate::view::half_width(framer.clean(i));
    let stamp = |at: usize| {
        let behind = super::dates::loose_date(&bare[at..]).map(|(_, n)| &bare[at + n..]);
        behind.is_some_and(|behind| behind.is_ascii() || HEAD.dated.find(behind).is_some())
    };
    let dated = super::dates::loose_date(&bare).is_some() || bare.find(is_digit).is_some_and(stamp);
    // 时间：… ⏎ 发布平台：… ⏎ 主题：: one of several labels.
    let among_labels =
        || line.contains(['：', ':']) && [i.wrapping_sub(1), i + 1].iter().all(|j| framer.looks.get(*j).is_some_and(|look| labels(framer, *j, *look)));
    !is_note(framer, i)
        && !among_labels()
        && !quoted
        && !label
        && !dated
        && HEAD.reporter.find(framer.part(i)).is_none()
        && !(line.ends_with('日') && line.contains('年') && line.contains('月'))
        && !opens_sentence(&line)
        && !longer(&line, 70)
        && (longer(&line, 4) || framer.lines.flattened)
        && !line.ends_with(['的', '、', '和', '与', '及'])
}

/// Whether a line has a label, or is one: 时间：…, 主题：.
fn labels(framer: &Framer<'_>, i: usize, look: Look) -> bool {
    look == Look::Label || look == Look::Salutation && !framer.line(i).longer(6)
}

/// Whether a line begins as sentences do, and no title.
fn opens_sentence(line: &str) -> bool {
    HEAD.sentence.start(line) > 0
}

/// A title over several lines, of which `last` is the last: it begins with the line that names office, place or matter.
fn over_lines(framer: &Framer<'_>, last: usize, listed: Option<&str>, spaced: bool) -> (usize, String) {
    let mut first = last;
    let mut title = framer.clean(last).trim_start_matches(['#', ' ']).to_owned();
    let mut whole = title.clone();
    for above in (0..last).rev().take(8) {
        let line = framer.clean(above);
        // …局企业、个体户、 ⏎ 合作社年度报告公告
        let continued = goes_on(&whole) || line.ends_with('、');
        let apart = !spaced && framer.lines.lines[above + 1].apart && !(line.contains("关于") && !whole.contains("关于") && !ends_with_genre(&line));
        // The header gives the title in full.
        let told = listed.is_some_and(|l| l.len() > whole.len() && l.ends_with(&whole) && l[..l.len() - whole.len()].ends_with(line.as_ref()));
        let joins = told
            || possible(framer, above)
                && !apart
                && !framer.part(above + 1).starts_with('#')
                && (genre(&line).is_none() || line.ends_with('法') && !line.ends_with("办法") || continued);
        if !joins || whole.chars().count() + line.chars().count() > 160 {
            break;
        }
        let opens = begins(&line, &whole);
        if !told && !continued && !opens && is_whole(&whole) {
            break;
        }
        // Of the whole the title is the end.
        let opens = if title.len() == whole.len() { opens } else { begins(&line, &title) };
        whole.insert_str(0, &line);
        if opens || continued || listed == Some(whole.as_str()) {
            first = above;
            title.clone_from(&whole);
        }
    }
    (first, title)
}

/// The first line of a headline in two parts that were one line once; their words are put before `title`.
fn headline_parts(framer: &Framer<'_>, mut first: usize, last: usize, title: &mut String) -> usize {
    // One that stands above the text once more is whole.
    if !framer.lines.flattened || (0..last).any(|i| framer.clean(i) == framer.clean(last)) {
        return first;
    }
    // 青河区 ⏎ 对企业分类管理: a place's name is short.
    let begins = |i: usize| {
        let line = framer.clean(i);
        possible(framer, i) || framer.looks[i] == Look::Short && framer.frame.parts[i] == Part::Body && super::place::is_name(&line)
    };
    let inline = |i: usize| i > 0 && !framer.text[framer.span(i - 1).end as usize..framer.span(i).start as usize].contains('\n');
    while first > 0
        && last - first < 2
        && inline(first)
        && begins(first - 1)
        && !title.contains(framer.clean(first - 1).as_ref())
        && !framer.clean(first - 1).contains(title.as_str())
        && genre(&framer.clean(first - 1)).is_none()
        && !is_head(framer, first - 1)
    {
        first -= 1;
        title.insert_str(0, &framer.clean(first));
    }
    first
}

/// What the position of a title tells that its last word does not.
fn by_position(framer: &Framer<'_>, (first, last): (usize, usize), title: &str, kind: Option<Kind>, placed: bool) -> i32 {
    let heads = is_head(framer, last);
    if placed && genre(title).is_none() && may_be_headline(framer, first) && !heads && (!heading_among_others(framer, last) || longer(title, 12)) {
        let dated = framer.looks.get(last + 1) == Some(&Look::Label) && kind.is_none();
        let points = if dated {
            1
        } else if kind.is_some() {
            2
        } else {
            3
        };
        return points + i32::from((framer.own_lines..first).all(|i| framer.frame.parts[i] != Part::Body));
    }
    // 何时开通公交? stands above who asked.
    if first == framer.own_lines && kind.is_none() && asks(framer, first) && framer.part(first).contains(['？', '?']) {
        return 4;
    }
    if heads && title.contains('令') { -2 } else { 0 }
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
    // Where empty lines stand between all lines they part nothing.
    let first_lines = &framer.lines.lines[..framer.len().min(40)];
    let spaced = first_lines.iter().filter(|l| l.apart).count() * 10 >= first_lines.len() * 8;
    let mut above = false;
    let mut numbered = false;
    for last in framer.own_lines..framer.len().min(HEAD_LINES) {
        match framer.looks[last] {
            Look::Numbered if opens_body(framer, last) => break,
            Look::Numbered if framer.frame.parts[last] == Part::Body => numbered = true,
            Look::Prose if framer.frame.parts[last] == Part::Body && !is_long_title(framer, last) && !is_headline(framer, last) => prose += 1,
            // What addresses somebody is a notice, not a news article.
            Look::Salutation if prose == 0 => salutes = true,
            _ => {}
        }
        // Below a text what 附件： heads is attached to it.
        let attached = is_attachment(framer.part(last)) && !framer.line(last).longer(6);
        if prose > 12 || attached && (prose > 0 || salutes || numbered) {
            break;
        }
        if !possible(framer, last) || last + 1 < framer.len() && goes_on(framer.part(last + 1)) && possible(framer, last + 1) {
            continue;
        }
        let (mut first, mut title) = over_lines(framer, last, listed.as_deref(), spaced);
        let line = framer.clean(last);
        let line = line.trim_start_matches(['#', ' ']);
        // 松石县人民法院 ⏎ 公告
        let mut kind = if genre::alone(line) { genre(&title) } else { genre(line) };
        // A link to what explains the document names it in 《》.
        let link =
            title.strip_prefix('《').and_then(|t| t.split_once('》')).is_some_and(|(inner, _)| best.as_ref().is_some_and(|(_, _, t)| t.ends_with(inner)));
        let issued = best.as_ref().is_some_and(|(_, notice, whole)| notice.kind == Some(Kind::Notice) && issues(whole, &title));
        if link || issued || prose > 0 && !is_whole(&title) && is_one_of_headings(framer, first, last) {
            continue;
        }
        let placed = prose == 0 && !numbered && !salutes && stands_as_title(framer, first, last);
        if placed && kind.is_none() {
            first = headline_parts(framer, first, last, &mut title);
            kind = genre::weak(&title);
        }
        let score = score(framer, (first, last), &title, kind, listed.as_deref(), (placed, salutes)) + by_position(framer, (first, last), &title, kind, placed);
        let found = Title { first, last, kind, headline: above && !salutes };
        let same = best.as_ref().is_some_and(|(_, best, t)| *t == title || is_headline_of(framer, best, t, &found, &title));
        // The first of equals; of a title that stands twice the last, which is nearest to the text.
        let better = |(s, t, _): &(i32, Title, String)| score > *s || score == *s && kind.is_some() && t.kind.is_none();
        if score >= 4 && (same || best.as_ref().is_none_or(better)) {
            best = Some((score, found, title));
        }
        above |= score > 0 && kind.is_none();
    }
    best.map(|(_, title, _)| title)
}

/// Whether a title says that it issues the document with another: 关于印发松石县…办法的通知.
fn issues(notice: &str, title: &str) -> bool {
    notice.len() > title.len() && notice.contains(title) && HEAD.act.iter().any(|act| notice.contains(act))
}

/// Whether a page's headline, with source and date below it, wraps a document whose own title says the same in fewer words:
/// 2024年松石县政府工作报告 ⏎ 来源：… ⏎ 政府工作报告 ⏎ ——….
fn is_headline_of(framer: &Framer<'_>, headline: &Title, wrapping: &str, own: &Title, title: &str) -> bool {
    let labelled = (headline.last + 1..own.first).any(|i| matches!(framer.looks[i], Look::Label | Look::Furniture));
    let mut rest = wrapping.chars();
    let inside = title.chars().all(|c| rest.any(|w| w == c));
    let below = || (own.last + 1..framer.len()).find(|i| !is_note(framer, *i));
    headline.kind.is_some()
        && (headline.kind == own.kind || own.kind.is_some() && wrapping.ends_with(title))
        && labelled
        && inside
        && (is_whole(title) || is_subtitle(framer, own.last + 1))
        && below().is_some_and(|i| matches!(framer.looks[i], Look::Salutation | Look::Prose | Look::Numbered))
}

/// Whether a line is a subtitle: ——2007年3月5日在…会议上.
fn is_subtitle(framer: &Framer<'_>, i: usize) -> bool {
    i < framer.len() && framer.part(i).starts_with(['—', '―'])
}

/// Whether a line goes on with a title that the line above begins: 和二〇三五年远景目标纲要, 的通知, （第一批）的公告.
fn goes_on(line: &str) -> bool {
    line.starts_with(['的', '和', '与', '及', '暨']) && !line.starts_with("和谐") || is_behind_brackets(line)
}

/// Whether a line begins with brackets and ends as titles do, without being one: （第一批）的公告.
fn is_behind_brackets(line: &str) -> bool {
    let behind = line.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    behind.is_some_and(|(_, rest)| ends_with_genre(rest) && !is_whole(rest))
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
    let matter = HEAD.matter.start(rest) > 0;
    // The second of several organs: 财政部 税务总局关于….
    let joint = || rest.split_once("关于").is_some_and(|(organ, _)| are_organs(organ) && !rest.starts_with(line));
    // The assembly that resolves: …人民代表大会第一次会议 ⏎ 关于…的决议.
    if line.ends_with("会议") && rest.starts_with("关于") {
        return true;
    }
    // A name that was broken: 松石市市容 ⏎ 环境卫生管理局关于….
    let broken =
        || rest.split_once("关于").is_some_and(|(name, _)| is_organ(name) && !super::place::starts_with_name(name)) && super::place::starts_with_name(line);
    if are_organs(line) && (matter || genre::alone(rest) || joint()) || line.contains("关于") && !rest.contains("关于") || broken() {
        return true;
    }
    let office = || line.starts_with("国务院") || line.starts_with("中共") || super::place::starts_with_name(line);
    longer(line, 3) && !is_whole(rest) && (line.contains('年') || office())
}

fn score(framer: &Framer<'_>, (first, last): (usize, usize), title: &str, kind: Option<Kind>, listed: Option<&str>, (placed, salutes): (bool, bool)) -> i32 {
    let chars = title.chars().count();
    let short = chars < 5;
    if chars > 160 || short && (!placed || kind.is_none() && !genre::alone(title)) {
        return 0;
    }
    let mut score = if short && kind.is_none() { 4 } else { 0 };
    if placed && kind.is_some() {
        score += 2;
    }
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
    let below = |from: usize| (from..framer.len()).find(|j| framer.looks[*j] != Look::Signs);
    let next = below(last + 1);
    // Between a headline and its date who reports may stand.
    let dated = next.filter(|j| names_reporter(framer, *j)).and_then(|j| below(j + 1)).filter(|j| framer.looks[*j] == Look::Label);
    let next = dated.or(next).map(|j| framer.looks[j]);
    match next {
        Some(Look::Prose | Look::Salutation | Look::Number | Look::Numbered) => score += 1,
        // Date and source stand right below a headline.
        Some(Look::Label) if kind.is_none() && !salutes => score += 3,
        _ => {}
    }
    let crumb = title.contains(['_', '>', '•']) || title.contains('·') && !(placed && is_subtitle(framer, last + 1));
    if crumb || title.contains(" - ") {
        score -= 3;
    }
    // 信息公示, 政策解读: a menu's words end like titles and name nothing.
    let bare_menu = chars <= 8 && !title.contains(['年', '市', '县', '区', '省', '州']) && !title.contains("政府");
    if bare_menu && !placed && framer.looks.get(last + 1) == Some(&Look::Short) {
        score -= 4;
    }
    if kind.is_none() && is_organ(title) {
        score -= 4;
    }
    // 松石县人民代表大会常务委员会公告 names no matter; the law that it announces does.
    if first < last && genre::alone(framer.clean(last).as_ref()) {
        score -= 4;
    }
    score
}

/// The title's span without Markdown's # before it.
pub(super) fn without_hashes(text: &str, span: crate::Span) -> crate::Span {
    let hashes = crate::lines::markdown_prefix(&text[span.range()]);
    crate::view::trim(text, crate::Span::new(span.start + hashes as u32, span.end))
}
