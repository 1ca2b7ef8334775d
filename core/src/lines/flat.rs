//! A document that has lost its line breaks: where did its lines end?
//!
//! Gaps and blanks tell where paragraphs were joined, for Chinese has no blanks of its own. Where nothing is left
//! between them the head (organ, number, title, salutation) and the closing (attachments, organ, date) are known
//! by their form, the organ by its standing in both.

use super::{Piece, is_digit};
use crate::Span;
use crate::grammar::document_number::{is_agency_char, year_and_serial};
use crate::grammar::marker;
use crate::lexicon::frame::HEAD;
use crate::lexicon::structure::label_key;
use crate::lexicon::{Words, entries, file, genre, listed, under, under_each};
use crate::view::{blank_len, head, is_blank, longer, skip_blank, trim};
use std::sync::LazyLock;

/// The words of `flat.txt`.
struct Flat {
    agency: Words,
    before_code: Vec<&'static str>,
    grade: Vec<&'static str>,
    opening: Words,
    attached: Vec<&'static str>,
    below_list: Words,
    bare_title: Words,
    office: Words,
    heading: Words,
    heading_theme: Words,
    heading_noun: Words,
    heading_end: Words,
    no_heading: Words,
    predicate: Words,
    label: Words,
    opens: Words,
    opens_at_a_time: Words,
}

static FLAT: LazyLock<Flat> = LazyLock::new(|| {
    let words = entries(file!("../lexicon/flat.txt"));
    let of = |headings: &[&str]| under_each(&words, headings, b' ');
    Flat {
        agency: under(&words, "agency"),
        before_code: listed(&words, "before code"),
        grade: listed(&entries(file!("../lexicon/frame.txt")), "grade"),
        opening: under(&words, "opening"),
        attached: listed(&words, "attached"),
        below_list: under(&words, "below list"),
        bare_title: under(&words, "bare title"),
        office: under(&words, "office"),
        heading: under(&words, "heading"),
        heading_theme: under(&words, "heading theme"),
        heading_noun: under(&words, "heading noun"),
        heading_end: under(&words, "heading end"),
        no_heading: of(&["no heading", "opens alone", "opens alone at a time"]),
        predicate: under(&words, "predicate"),
        label: under(&words, "label"),
        opens: of(&["opens", "opens alone"]),
        opens_at_a_time: of(&["opens at a time", "opens alone at a time"]),
    }
});

/// A head has at most so many characters.
const HEAD_MAX: usize = 420;
/// A closing has at most so many, the attachments named above it included.
const CLOSING_MAX: usize = 1200;

/// Puts line ends back. Returns the lines, and whether the document had lost them.
pub(super) fn restore(text: &str, mut pieces: Vec<Piece>) -> (Vec<Piece>, bool) {
    let longs = pieces.iter().filter(|p| longer(&text[p.span.range()], LONG)).count();
    if longs == 0 && pieces.len() <= 2 && pieces.iter().any(|p| longer(&text[p.span.range()], 100)) {
        // A short document in one line: only what has a head or a closing is one.
        let headed = split_head(text, pieces.clone());
        let has_head = headed.len() > pieces.len();
        let mut cut = split_closing(text, headed);
        let is_document = cut.len() >= pieces.len() + 2;
        // An article with something attached.
        if is_document && !has_head && pieces.len() == 1 {
            let (headline, _) = split_headline(text, cut[0]);
            cut.splice(..1, headline);
        }
        // …提出以下意见：一、…。二、….
        let has = |first: [&str; 3]| pieces.iter().any(|p| first.iter().any(|w| text[p.span.range()].contains(w)));
        let numbered = has(["：一、", ":一、", "。一、"]) && has(["。二、", "；二、", ";二、"]);
        if !is_document && !numbered && pieces.len() == 1 {
            return split_headline(text, pieces[0]);
        }
        return if is_document { (cut, true) } else { (pieces, numbered) };
    }
    if longs * 2 <= pieces.len() && (longs == 0 || pieces.len() > 3) {
        return (pieces, false);
    }
    let gaps = split_at_gaps(text, &pieces);
    let gapped = gaps.len() >= pieces.len() + 3;
    let few = pieces.len() <= 3;
    // Blanks are set inside words too, 组  长; what a page sets between its paragraphs are not.
    let entities = || pieces.iter().any(|p| memchr::memmem::find(&text.as_bytes()[p.span.range()], b"&nbsp;&nbsp;").is_some());
    if gapped || few && gaps.len() > pieces.len() && entities() {
        pieces = gaps;
    }
    if !gapped && !few {
        return (pieces, false);
    }
    pieces = split_at_blanks(text, pieces, !gapped);
    pieces = split_head(text, pieces);
    (split_closing(text, pieces), true)
}

/// A line with more characters than this has lost line ends.
const LONG: usize = 300;

/// Cuts a piece at places counted from its start, in order.
fn cut(text: &str, piece: Piece, cuts: impl IntoIterator<Item = usize>, out: &mut Vec<Piece>) {
    let mut start = piece.span.start as usize;
    let end = piece.span.end as usize;
    for at in cuts.into_iter().map(|c| piece.span.start as usize + c).chain([end]) {
        let span = trim(text, Span::from(start..at.max(start)));
        if !span.is_empty() {
            out.push(Piece { span, ..piece });
        }
        start = at.max(start);
    }
}

/// Cuts lines at gaps of two or more blanks, which joined paragraphs once: `。　　二、`, `&nbsp;　　`. A title in 《》
/// goes on behind a gap.
fn split_at_gaps(text: &str, lines: &[Piece]) -> Vec<Piece> {
    let mut out = Vec::new();
    for line in lines {
        let part = &text[line.span.range()];
        let mut cuts = Vec::new();
        let mut from = 0;
        let mut opened = None;
        while let Some(found) = part[from..].find(|c| is_blank(c) || matches!(c, '&' | '《' | '》')) {
            let at = from + found;
            let rest = &part[at..];
            if rest.starts_with(['《', '》']) {
                opened = rest.starts_with('《').then_some(at);
                from = at + '《'.len_utf8();
                continue;
            }
            let after = skip_blank(rest);
            let gap = &rest[..rest.len() - after.len()];
            let wide =
                gap.contains('\u{3000}') && gap.chars().count() > 1 || gap.matches("&nbsp;").count() > 1 || gap.chars().count() > 3 && !gap.contains('&');
            let inside = opened.is_some_and(|o| !longer(&part[o..at], 60)) && head(after, 60).contains('》');
            if wide && !after.is_empty() && !inside {
                cuts.push(at + gap.len());
            }
            let step = gap.len().max(rest.chars().next().map_or(1, char::len_utf8));
            from = at + step;
        }
        cut(text, *line, cuts, &mut out);
    }
    out
}

/// 2023年…, 3月5日…, 自2023年…
fn begins_with_date(text: &str) -> bool {
    let text = text.strip_prefix('自').unwrap_or(text);
    let after = text.trim_start_matches(is_digit);
    let digits = text[..text.len() - after.len()].chars().count();
    digits == 4 && after.starts_with('年') || (1..=2).contains(&digits) && after.starts_with('月')
}

/// A heading whose text follows without a blank has at most so many characters.
const HEADING_MAX: usize = 14;
/// An outer one, before a word that nothing but a sentence begins with.
const OUTER_MAX: usize = 30;

/// Where the heading ends that the text of a section begins with, where nothing stands between the two: 指导思想以…为指导.
///
/// An `outer` section, 一、 or （一）, has a heading nearly always.
pub(crate) fn heading_before_text(text: &str, outer: bool) -> Option<usize> {
    let near = head(text, OUTER_MAX + 1);
    let opens_at_a_time = |at: usize| FLAT.opens_at_a_time.start(&text[at..]) > 0 || begins_with_date(&text[at..]);
    let opens = |at: usize| FLAT.opens.start(&text[at..]) > 0 || opens_at_a_time(at);
    let whole = FLAT.heading.start(near).max(of_a_theme(near));
    if whole > 0 {
        return (opens(whole) || outer && (labelled(&text[whole..]) || stands_alone(&text[whole..]))).then_some(whole);
    }
    if FLAT.no_heading.start(near) > 0 {
        return None;
    }
    let (mut commas, mut chars) = (0, 0);
    for (at, c) in near.char_indices() {
        let before = &near[..at];
        let named = || FLAT.heading_end.end(before) > 0;
        // A full stop that was taken for a point.
        let pointed = || c == '.' && text[at + 1..].starts_with(is_han);
        let found = match chars {
            0..3 => false,
            3 => outer && labelled(&text[at..]),
            4..=HEADING_MAX if commas == 0 && opens_at_a_time(at) => named(),
            _ if !outer => chars > HEADING_MAX,
            _ => pointed() || labelled(&text[at..]) || named() && (opens(at) || sets_scene(&text[at..])),
        };
        if found {
            return (outer || chars <= HEADING_MAX).then_some(at);
        }
        // 坚持服务为本，提升运行能力: a heading in two halves.
        commas += usize::from(c == '，' || c == ',');
        let belongs = is_han(c) || outer && matches!(c, '，' | ',' | '“' | '”' | '、');
        if !belongs || commas > 1 {
            return None;
        }
        chars += 1;
    }
    None
}

/// 在茶园改种过程中，…
fn sets_scene(text: &str) -> bool {
    let near = if text.starts_with('在') { head(text, 16) } else { "" };
    near.find(['，', ',', '。']).is_some_and(|at| near[..at].ends_with(['中', '下', '上']))
}

/// A label and its colon, 组长：.
fn labelled(text: &str) -> bool {
    let len = FLAT.label.start(text);
    len > 0 && text[len..].starts_with(['：', ':'])
}

/// How long the heading is that a text begins with, of a theme and what is said of it: 会议时间, 主要原因分析.
fn of_a_theme(text: &str) -> usize {
    let theme = FLAT.heading_theme.start(text);
    let mut end = theme;
    if theme == 0 {
        return 0;
    }
    loop {
        match FLAT.heading_noun.start(&text[end..]) {
            0 => break,
            noun => end += noun,
        }
    }
    // 时间和地点, 思路和工作理念 are more than one.
    let more = text[end..].starts_with(['和', '及', '与', '、']);
    if end > theme && !more { end } else { 0 }
}

/// A clause behind a heading that is no more of it has so many characters.
const CLAUSE_MIN: usize = 8;

/// Whether what stands behind the name of a heading is a clause of its own, and not what is said of the name: 工作任务完成后，….
fn stands_alone(rest: &str) -> bool {
    let clause = rest.find(|c: char| !is_han(c) && !is_digit(c) && !matches!(c, '《' | '》' | '“' | '”' | '、')).unwrap_or(rest.len());
    longer(&rest[..clause], CLAUSE_MIN - 1) && FLAT.predicate.start(rest) == 0
}

/// The last `n` characters.
fn tail(text: &str, n: usize) -> &str {
    text.char_indices().rev().nth(n.saturating_sub(1)).map_or(text, |(at, _)| &text[at..])
}

/// What stands for a character that was blotted out.
fn is_blot(c: char) -> bool {
    matches!(c, 'X' | 'x' | '×' | '*')
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Cuts lines at single blanks that were line ends: in the head and the closing of the text, and all through it
/// where there are no other gaps (`throughout`): behind a sentence's end, before a marker, behind a heading.
fn split_at_blanks(text: &str, lines: Vec<Piece>, throughout: bool) -> Vec<Piece> {
    let count = lines.len();
    let mut out = Vec::with_capacity(count);
    for (i, line) in lines.into_iter().enumerate() {
        let (first, last) = (i == 0, i + 1 == count);
        if !throughout && !first && !last {
            out.push(line);
            continue;
        }
        let part = &text[line.span.range()];
        let head_end = if first { headline_end(part) } else { 0 };
        let tail_start = if last { part.len() - tail(part, 170).len() } else { part.len() };
        let (mut cuts, mut start, mut from) = (Vec::new(), 0, 0);
        while let Some(found) = part[from..].find(is_blank) {
            let at = from + found;
            let after = skip_blank(&part[at..]);
            let next = part.len() - after.len();
            let (before, so_far) = (&part[from..at], &part[start..at]);
            let ends = before.chars().next_back().filter(|c| !c.is_ascii());
            let ends = ends.or_else(|| before.chars().next_back().filter(|c| is_digit(*c) || matches!(c, ':' | ';' | '!' | '?' | ')')));
            let begins = after.chars().next().filter(|c| !c.is_ascii() || is_digit(*c) || matches!(c, '(' | '"'));
            let word = |s: &str| longer(s, 1);
            let token = after.split(is_blank).next().unwrap_or(after);
            if let (Some(e), Some(b)) = (ends, begins) {
                let stop = matches!(e, '。' | '！' | '？' | '；' | ';' | '!' | '?') || matches!(e, '：' | ':') && longer(so_far, 6);
                let marked = marker::may_begin(b) && marker::marker(after).is_ok() && !(is_digit(e) && is_digit(b));
                let heading = !longer(so_far, 50) && !so_far.contains('。') && marker::marker(so_far).is_ok() && longer(so_far, 4) && longer(token, 12);
                let edge = (at < head_end || next > tail_start)
                    && !is_open(so_far, NOTE)
                    && word(before)
                    && word(token)
                    && (is_han(e) || matches!(e, '”' | '》' | '）' | ')') || is_digit(e) && is_han(b))
                    && (is_han(b) || is_digit(b) || matches!(b, '“' | '《' | '（' | '('));
                // 【享受主体】 heads what follows.
                let label = b == '【' && token.ends_with('】');
                let closed = part[at..].starts_with(['，', ',', '。', '、']);
                if (stop || marked || heading || edge || label) && !closed && !is_open(so_far, BOOK) {
                    cuts.push(next);
                    start = next;
                }
            }
            from = next.max(at + blank_len(&part[at..]).max(1));
        }
        cut(text, line, cuts, &mut out);
    }
    out
}

/// Cuts a headline off a short article in one line, at its blank: 松石县开通12条乡村公交线路 记者8日从县交通局获悉，….
fn split_headline(text: &str, piece: Piece) -> (Vec<Piece>, bool) {
    let part = &text[piece.span.range()];
    let plain = |words: &str| !words.contains(['。', '，', ',', '；', ';', '、', '.', '〔', '［']) && marker::marker(words).is_err();
    let blank = |from: usize| part[from..].find(is_blank).map_or(part.len(), |i| from + i);
    let behind = |at: usize| part.len() - skip_blank(&part[at..]).len();
    let mut end = blank(0);
    let first = plain(&part[..end]) && longer(&part[..end], 9) && !longer(&part[..end], 40);
    // It may have a second half: 农贸市场改造 方便又整洁.
    let half = behind(end)..blank(behind(end));
    let labelled = part[half.clone()].ends_with(['：', ':']);
    if first
        && !labelled
        && half.end < part.len()
        && plain(&part[half.clone()])
        && !longer(&part[half.clone()], 16)
        && reported_at(&part[half.clone()]).is_none()
    {
        end = half.end;
    }
    let article = &part[behind(end)..];
    let found = first && longer(article, 60) && article.contains('。') && article.starts_with(|c| is_han(c) || is_digit(c) || c == '“');
    let mut out = Vec::with_capacity(2);
    cut(text, piece, found.then_some(behind(end)), &mut out);
    (out, found)
}

/// How far the head reaches where single blanks part lines: up to where a report of an agency begins.
fn headline_end(part: &str) -> usize {
    let window = head(part, 160);
    reported_at(window).unwrap_or(window.len())
}

/// Where a text names its agency, or who reports: 新华社…, （记者 张三）….
fn reported_at(text: &str) -> Option<usize> {
    let reporter = HEAD.reporter.find(text).map(|at| text[..at].trim_end_matches(['（', '(']).len());
    FLAT.agency.find(text).into_iter().chain(reporter).min()
}

/// A bracket: what opens it, what closes it, and how many characters it holds at most.
type Bracket = (&'static [char], &'static [char], usize);
/// Around a name: 《…》.
const BOOK: Bracket = (&['《'], &['》'], 80);
/// Around a short note: （记者 张三）.
const NOTE: Bracket = (&['（', '('], &['）', ')'], 12);

/// Whether a bracket is open at the end.
fn is_open(text: &str, (opening, closing, reach): Bracket) -> bool {
    let text = tail(text, reach);
    text.rfind(opening).is_some_and(|at| !text[at..].contains(closing))
}

/// The document number in a head: where its code begins, and where it ends.
fn number_in(head: &str) -> Option<(usize, usize)> {
    for (at, _) in head.match_indices(['〔', '[', '【', '(', '（', '［', '﹝']) {
        let Ok((rest, _)) = year_and_serial(&head[at..]) else { continue };
        let run_before = |at: usize| at - head[..at].chars().rev().take_while(|c| is_agency_char(*c)).map(char::len_utf8).sum::<usize>();
        // A department's word may stand in brackets: 某密办(局)函.
        let run = run_before(at);
        let inner = head[..run].strip_suffix([')', '）']).and_then(|h| h.rfind(['(', '（'])).filter(|open| !longer(&head[*open..run], 5));
        let run = inner.map_or(run, run_before);
        let code = &head[run..at];
        let end = |word: &&str| {
            code.match_indices(word)
                .map(|(i, _)| i + word.len())
                .filter(|e| longer(&code[*e..], usize::from(*word != "文件")) && !code[*e..].starts_with([')', '）']))
                .last()
        };
        let from = FLAT.before_code.iter().filter_map(end).max().unwrap_or(0);
        // A number that the title names is another document's.
        if head[..run].contains("关于") || code.contains("关于") {
            break;
        }
        if code.is_empty() || longer(&code[from..], 12) {
            continue;
        }
        return Some((run + from, head.len() - rest.len()));
    }
    None
}

/// Cuts red head, document number, title and salutation off the first line of a document without line breaks.
fn split_head(text: &str, lines: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(lines.len() + 6);
    // A blank may have stood inside the head: …〔2021〕13号 签发人：张三某局关于….
    let mut inside = true;
    for line in lines {
        let part = &text[line.span.range()];
        if inside {
            cut(text, line, head_cuts(part), &mut out);
            inside = !longer(part, 60) && part.ends_with('号');
        } else {
            out.push(line);
        }
    }
    out
}

fn head_cuts(part: &str) -> Vec<usize> {
    let window = head(part, HEAD_MAX);
    let mut cuts = Vec::new();
    let mut from = 0;
    let stop = window.find('。').unwrap_or(window.len());
    let ends = || window.char_indices().map(|(at, _)| at).chain([window.len()]).skip(7);
    let title = ends().take_while(|at| *at <= stop).find_map(|at| title_end(part, at).map(|begin| (begin, at)));
    let limit = title.map_or(stop, |(_, end)| end);
    if let Some((code, end)) = number_in(&window[..limit.min(stop)]) {
        cuts.extend([code, end]);
        from = end;
        // A second number, and who signs: 鲁机发589号, 签发人：张三.
        let rest = &window[from..limit];
        if let Some(at) = rest.find('号').filter(|at| !longer(&rest[..*at], 9) && rest[..*at].ends_with(|c: char| is_digit(c))) {
            from += at + '号'.len_utf8();
            cuts.push(from);
        }
    }
    let Some((begin, end)) = title else {
        // 通知各乡镇人民政府：…
        let rest = skip_blank(&part[from..]);
        let bare = FLAT.bare_title.start(rest);
        if let Some(len) = salutation(&rest[bare..], false).filter(|_| bare > 0) {
            cuts.extend([0, bare, bare + len].map(|at| part.len() - rest.len() + at));
        }
        return cuts;
    };
    let mut begin = begin.max(from);
    let named = &part[begin..end];
    if let Some(rest) = named.strip_prefix("签发人") {
        let name = rest.trim_start_matches(['：', ':']);
        let name = skip_blank(name);
        let len: usize = name.chars().take_while(|c| is_blot(*c)).map(char::len_utf8).sum();
        begin += named.len() - name.len() + len;
    }
    let named = &part[begin..end];
    // What is left of a name that was blotted out, and of a number without its digits: 鲁机发号.
    begin += named.len() - named.trim_start_matches(is_blot).len();
    let named = &part[begin..end];
    if let Some(at) = head(named, 8).find('号').filter(|at| named[..*at].ends_with(['发', '函', '字', '办'])) {
        begin += at + '号'.len_utf8();
    }
    begin += repeated(&part[begin..end]);
    // 清政发〔2020〕3号-清河县人民政府关于…
    if from > 0 {
        begin = end - part[begin..end].trim_start_matches(['-', '－', '–', '—', ' ']).len();
    }
    cuts.extend([begin, end]);
    let mut rest = skip_blank(&part[end..]);
    // 渝府发〔2019〕17号 and 各区县人民政府： stand between title and text.
    if let Some(end) = rest.find('号').filter(|e| rest[..*e].contains(['〔', '［', '[']) && !longer(&rest[..*e], 24)) {
        // …的通知（松民发〔2024〕3号）
        let behind = &rest[end + '号'.len_utf8()..];
        rest = skip_blank(behind.strip_prefix(['）', ')']).filter(|_| rest.starts_with(['（', '('])).unwrap_or(behind));
        cuts.push(part.len() - rest.len());
    }
    if let Some(end) = salutation(rest, part[begin..end].contains("关于")) {
        cuts.push(part.len() - rest.len() + end);
    }
    cuts
}

/// How long a name is that stands at once a second time: 松石县教育局松石县教育局关于….
fn repeated(text: &str) -> usize {
    let ends = text.char_indices().map(|(at, _)| at).skip(4).take(26);
    ends.take_while(|at| at * 2 <= text.len()).find(|at| text.is_char_boundary(at * 2) && text[..*at] == text[*at..at * 2]).unwrap_or(0)
}

/// The end of the salutation that a text begins with, its colon included.
///
/// Below a title that says what it is about (`titled`) any short name may be addressed.
fn salutation(text: &str, titled: bool) -> Option<usize> {
    let end = head(text, 330).find(['：', ':'])?;
    let to = &text[..end];
    let named = to.ends_with([
        '府', '局', '位', '门', '会', '）', ')', '室', '司', '处', '委', '构', '校', '院', '部', '厅', '组', '志', '员', '事', '们', '表', '民', '众', '团',
        '办', '心', '站', '所', '行', '队', '家', '者', '友', '织', '业', '工', '区', '县', '市', '省',
    ]);
    let plain = !to.contains(['。', '；', '？', '！', '《', '的']) && !to.contains("如下") && !to.contains("通知");
    let name = || titled && !longer(to, 16) && to.chars().all(is_han);
    ((named || name()) && plain && !longer(to, 320) && longer(to, 1)).then(|| end + text[end..].chars().next().map_or(1, char::len_utf8))
}

/// Where a title begins that ends at `at`: after the last blank, if it has a title's words and something
/// that follows titles comes next.
fn title_end(part: &str, at: usize) -> Option<usize> {
    let before = &part[..at];
    let after = skip_blank(&part[at..]);
    // 关于…的建议一、…: a word that ends sentences too ends a title where the first heading follows.
    let weak = || before.starts_with("关于") && after.starts_with("一、") && genre::weak(before).is_some();
    if !before.chars().next_back().is_some_and(genre::may_end) || !genre::ends(before) && !weak() {
        return None;
    }
    if after.starts_with(['，', ',', '。', '、', '》', '”', '〉', '；', ';', '：', ':', '）', ')', '的', '和', '及', '与', '等']) {
        return None;
    }
    if is_open(before, BOOK) {
        return None;
    }
    let code = after.trim_start_matches(['（', '(']).trim_start_matches(is_agency_char);
    let number = code.starts_with(['〔', '［']) && !longer(&after[..after.len() - code.len()], 16);
    let blank = after.len() < part.len() - at;
    let opens = after.is_empty()
        || blank
        || number
        || after.starts_with('各')
        || dated(after)
        || FLAT.opening.start(after) > 0
        || salutation(after, before.contains("关于")).is_some();
    if !opens {
        return None;
    }
    let begin = before.char_indices().rev().take(130).find(|(_, c)| is_blank(*c) || *c == ';').map_or(0, |(i, c)| i + c.len_utf8());
    // What a page's form has before the title: how urgent, who keeps it.
    let graded = |w: &&str| before[begin..].find(w).map(|i| begin + i + w.len());
    let begin = FLAT.grade.iter().filter_map(graded).filter(|b| before[*b..].contains("关于")).max().unwrap_or(begin);
    let begin = match head(&before[begin..], 12).find('号').map(|i| begin + i) {
        Some(i) if before[begin..i].ends_with(is_digit) && before[begin..i].contains(['发', '函', '字']) => i + '号'.len_utf8(),
        _ => begin,
    };
    // 填报日期：3月5日签报名称：关于…, 电话0531-1234关于…: a label, or a number, stands right before it.
    let cut_off = |at: &usize| before[begin..*at].ends_with(['：', ':']) || before[begin..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let begin = before[begin..].find("关于").map(|at| begin + at).filter(cut_off).unwrap_or(begin);
    // 签报名称：关于…
    let begin = before[begin..]
        .find(['：', ':'])
        .filter(|at| !longer(&before[begin..begin + at], 6))
        .map_or(begin, |at| begin + at + before[begin + at..].chars().next().map_or(0, char::len_utf8));
    let title = &before[begin..];
    let whole = begin == 0 && !longer(title, 60) && longer(title, 9) && !title.contains(['，', ',', '：', ':', '《']);
    // 松石税务推出十项举措为企业解难 近日，…: the headline ends at the blank.
    let goes_on = || {
        let run = after.find(|c| !is_han(c)).unwrap_or(after.len());
        !blank && run > 0 && !longer(&after[..run], 24) && after[run..].chars().next().is_none_or(is_blank)
    };
    let named = title.contains("关于") || title.contains('年') || whole && !number && !goes_on();
    // 根据《…实施细则》(松安监〔2010〕9号)和…: a sentence names it.
    let opening = FLAT.opening.start(title);
    let sentence = opening > '为'.len_utf8() || opening > 0 && (title.contains(['，', ',']) || FLAT.opens.start(title) > 0);
    (named && !sentence && longer(title, 7) && !title.contains(['。', '；']) && !title.contains("一、")).then_some(begin)
}

/// 2022年…
fn dated(text: &str) -> bool {
    let after = text.trim_start_matches(is_digit);
    text[..text.len() - after.len()].chars().count() == 4 && after.starts_with('年')
}

/// A date at the start of a text: 2024年3月5日; its length.
fn date_len(text: &str) -> Option<usize> {
    let mut rest = text;
    for (most, unit) in [(4, '年'), (2, '月'), (2, '日')] {
        rest = skip_blank(rest);
        let digits: usize = rest.chars().take(most).take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
        rest = skip_blank(&rest[digits..]).strip_prefix(unit).filter(|_| digits > 0)?;
    }
    Some(text.len() - rest.len())
}

/// Cuts attachments, organ and date off the end of a document without line breaks.
fn split_closing(text: &str, lines: Vec<Piece>) -> Vec<Piece> {
    let start = lines.first().map_or(0, |l| l.span.start as usize);
    let opening = start..start + head(&text[start..], HEAD_MAX).len();
    let mut out = Vec::with_capacity(lines.len() + 8);
    for line in lines {
        let part = &text[line.span.range()];
        // A gap stood between the organ and its date.
        let named = out.last().map(|above: &Piece| above.span).and_then(|above| name_at_end(&text[above.range()]).map(|name| (above, name)));
        let dated = named.and_then(|_| date_len(part));
        if let Some((above, name)) = named.filter(|(_, name)| dated.is_some() && *name > 0) {
            let whole = out.pop();
            whole.into_iter().for_each(|piece| cut(text, Piece { span: above, ..piece }, [name], &mut out));
        }
        match dated.filter(|len| skip_blank(&part[*len..]).len() < part.len() - len) {
            Some(len) => cut(text, line, [len], &mut out),
            // 特此公示。松石县交通局2024年3月5日 may be all that is left in front of a gap.
            None if longer(part, 40) || part.contains('。') => cut(text, line, closing_cuts(text, line.span, opening.clone()), &mut out),
            None => out.push(line),
        }
    }
    out
}

fn closing_cuts(text: &str, span: Span, opening: std::ops::Range<usize>) -> Vec<usize> {
    let part = &text[span.range()];
    let mut cuts = Vec::new();
    let mut signed = None;
    let mut from = 0;
    for year in memchr::memmem::find_iter(part.as_bytes(), "年".as_bytes()) {
        // The four digits before it, of this century or the last.
        let before = crate::view::trim_blank_end(&part[..year]);
        let digits: usize = before.chars().rev().take(4).take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
        let Some(at) = before[before.len() - digits..].find(['1', '2', '１', '２']).map(|at| before.len() - digits + at).filter(|at| *at >= from) else {
            continue;
        };
        let Some(len) = date_len(&part[at..]) else { continue };
        from = at + len;
        let after = &part[at + len..];
        if let Some(organ) = organ_before(part, at, after, |run| {
            // What stands before the name, as far as it is the head.
            &text[opening.start..opening.end.min(span.start as usize + run).max(opening.start)]
        }) {
            if after.starts_with("印发") {
                // 某某办公室2024年3月5日印发: the imprint below everything.
                cuts.push(organ);
                continue;
            }
            signed = signed.or(Some(organ));
            cuts.extend([organ, at, at + len]);
            // （此件公开发布）
            let note = if after.starts_with(['（', '(', '〔']) { head(after, 160) } else { "" };
            if let Some((end, c)) = note.char_indices().find(|(_, c)| matches!(c, '）' | ')' | '〕')) {
                cuts.push(at + len + end + c.len_utf8());
            }
        }
    }
    let end = cuts.first().copied().unwrap_or(part.len());
    // Where the attachments themselves follow, their list stands far above the end.
    let list = |at: &usize| part[..*at].ends_with('。') && part[at + "附件".len()..].trim_start_matches(['：', ':']).starts_with(['1', '１']);
    let above = part[..end].match_indices("附件：").chain(part[..end].match_indices("附件:")).map(|(at, _)| at).filter(list).min();
    let start = end - tail(&part[..end], CLOSING_MAX).len();
    let start = above.map_or(start, |above| above.min(start));
    cuts.extend(attachment_cuts(&part[start..end]).into_iter().map(|c| c + start));
    if let Some(organ) = signed {
        cuts.extend(part[organ..].match_indices("附件").map(|(i, _)| i + organ).filter(|i| part[..*i].ends_with(['）', ')', '日'])));
    }
    cuts.extend(attached_below(part));
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Where the only attachment is named and stands below at once, 附件：工作要点附件工作要点为…: before both labels, and around
/// the title that the second heads.
fn attached_below(part: &str) -> Vec<usize> {
    let labels: Vec<usize> = part.match_indices("附件").map(|(at, _)| at).collect();
    let bare = |name: &str| name.chars().filter(|c| !matches!(c, '《' | '》' | ' ')).collect::<String>();
    for pair in labels.windows(2) {
        let Some(name) = part[pair[0] + "附件".len()..pair[1]].strip_prefix(['：', ':']).map(bare) else { continue };
        let title = skip_blank(&part[pair[1] + "附件".len()..]);
        if longer(&name, 4) && !longer(&name, 60) && title.starts_with(&name) {
            let begin = part.len() - title.len();
            return vec![pair[0], pair[1], begin, begin + name.len()];
        }
    }
    Vec::new()
}

/// What the names of organs that sign end in.
const ORGAN_ENDS: &[char] = &['局', '厅', '府', '会', '委', '部', '室', '办', '院', '社', '司', '处', '心', '组', '团', '校', '学', '站', '所', '行', '关'];

/// Where the organ's name begins that a text ends in, behind its last sentence; 0 where the text is the name.
fn name_at_end(text: &str) -> Option<usize> {
    let at = text.rfind('。').map_or(0, |at| at + '。'.len_utf8());
    // 附件：回执 松石县民政局, 邮箱：a@b.cn 松石县民政局: the name of what is attached, or an address, stands before it.
    let blank = || text.char_indices().rev().take(40).find(|(at, _)| blank_len(&text[*at..]) > 0).map(|(at, _)| at + blank_len(&text[at..]));
    let apart = || blank().filter(|at| text.starts_with('附') || crate::view::trim_blank_end(&text[..*at]).ends_with(|c: char| c.is_ascii_alphanumeric()));
    [Some(at), apart()].into_iter().flatten().find(|at| is_name(&text[*at..]))
}

/// Whether a line is an organ's name.
fn is_name(line: &str) -> bool {
    longer(line, 3) && !longer(line, 40) && line.ends_with(ORGAN_ENDS) && line.chars().all(|c| is_han(c) || is_blank(c))
}

/// Where the organ begins that signs at `at`, before a date with `after` behind it.
fn organ_before<'t>(part: &str, at: usize, after: &str, opening: impl Fn(usize) -> &'t str) -> Option<usize> {
    let before = crate::view::trim_blank_end(&part[..at]);
    // （代章） stands between name and date.
    let sealed = ["（代章）", "(代章)", "（盖章）", "(盖章)", "（章）"].iter().find_map(|w| before.strip_suffix(w));
    // …办公室（松石县工业局代章）
    let for_it = || tail(before, 24).contains("代章").then(|| before.strip_suffix(['）', ')'])).flatten().and_then(|b| b.strip_suffix("代章"));
    let for_it = || for_it().and_then(|b| tail(b, 20).rfind(['（', '(']).map(|at| &b[..b.len() - tail(b, 20).len() + at]));
    let before = sealed.or_else(for_it).unwrap_or(before);
    // 松石XX供电公司: a name may be blotted out in part.
    let of_name = |c: char| is_han(c) || is_blank(c) || is_blot(c);
    let plain = |text: &str| {
        let run = text.chars().rev().take(60).take_while(|c| of_name(*c)).map(char::len_utf8).sum::<usize>();
        text.len() - text[text.len() - run..].trim_start_matches(is_blot).len()
    };
    let mut run = plain(before);
    // 《档案工作》杂志松石站: the head names it so.
    while before[..run].ends_with('》') && !longer(&before[run..], 80) {
        let book = tail(&before[..run], 40).rfind('《').map(|at| run - tail(&before[..run], 40).len() + at);
        let Some(book) = book.filter(|book| opening(*book).contains(&before[*book..])) else { break };
        run = plain(&before[..book]);
    }
    let name = &before[run..];
    let opening = opening(run);
    let organ = name.ends_with(ORGAN_ENDS);
    // …2024年3月5日责任编辑：张三
    let labelled = || head(after, 8).find(['：', ':']).is_some_and(|at| label_key(&after[..at]).is_some());
    let noted = after.starts_with(['（', '(', '〔', ' ', '\u{3000}', '\n', '抄']) || after.starts_with("附件") || after.starts_with("印发");
    let ends = after.is_empty() || noted || labelled();
    if !organ || ["开", "发布", "公布", "出台", "起", "前", "至", "以", "，", "、", "的"].iter().any(|w| after.starts_with(w)) {
        return None;
    }
    // The longest end of the run that the head names too, or the office of one that prints: 松石县民政局办公室2024年3月5日印发.
    let office = if after.starts_with("印发") { Some(&name[..name.len() - FLAT.office.end(name)]) } else { None };
    let longest = |name: &str| {
        let starts = name.char_indices().map(|(i, _)| i);
        starts.take_while(|i| longer(&name[*i..], 3)).find(|i| opening.contains(skip_blank(&name[*i..])))
    };
    let known = longest(name).or_else(|| office.and_then(longest));
    let stopped = part[..run].ends_with(['。', '）', ')', '！', '？', '；', ';']) || run > 0 && part[..run].ends_with(|c: char| c.is_ascii_alphanumeric());
    // The names of several that sign together stand apart.
    let known = known.map(|mut known| {
        while let Some((at, before)) = crate::view::trim_blank_end(&name[..known]).rsplit_once(is_blank).map(|(a, b)| (a.len(), b)).or({
            let before = crate::view::trim_blank_end(&name[..known]);
            (known > before.len()).then_some((0, before))
        }) {
            if !longer(before, 2) || !opening.contains(before) || known == 0 {
                break;
            }
            known = if at == 0 { 0 } else { name.len() - skip_blank(&name[at..]).len() };
        }
        // … or run together: 松石县民政局|松石县教育局.
        while let Some(before) = longest(&name[..known]).filter(|_| name[..known].ends_with(ORGAN_ENDS)) {
            known = before;
        }
        known
    });
    // The last attachment's name may stand before it.
    let run =
        run + FLAT.attached.iter().filter_map(|w| name.rfind(w).map(|i| i + w.len())).filter(|i| known.is_none() && longer(&name[*i..], 3)).max().unwrap_or(0);
    let name = &before[run..];
    let stopped = stopped && !name.starts_with(['年', '月']) || before[..run].ends_with(|c: char| is_han(c));
    // A name that follows a sentence is whole, unless what is attached is named before it: 项目表松石县供电公司.
    let attached = |known: usize| FLAT.attached.iter().any(|w| name[..known].ends_with(w));
    let whole = stopped && run > 0 && !longer(name, 24) && ends;
    let known = known.map(|known| if whole && !attached(known) { 0 } else { known });
    let titled = |i: usize| opening.contains(&format!("{}关于", &name[i..]));
    match known {
        Some(known) if titled(known) => Some(run + known),
        Some(known) if ends || stopped && known == 0 => Some(run + known),
        _ if ends && stopped && !longer(name, 40) && longer(name, 2) => Some(run),
        _ => None,
    }
}

/// Where the list of attachments stands in the end of a text: before 附件：, and before each number that runs on.
fn attachment_cuts(part: &str) -> Vec<usize> {
    // 附： heads a list where a sentence ends before it.
    let colon = |rest: &str| rest.starts_with(['：', ':']);
    let alone = |i: usize| colon(&part[i + '附'.len_utf8()..]) && part[..i].ends_with('。');
    let heads = part.match_indices('附').map(|(i, _)| i).filter(|i| part[*i..].starts_with("附件") || alone(*i));
    let free = |i: &usize| !part[..*i].ends_with(['见', '，', ',', '、', '（', '(', '《', '“', '详', '如', '和', '的', '按', '将', '及', '：', ':']);
    let lists = |i: &usize| {
        let after = part[*i..].trim_start_matches(['附', '件']);
        colon(after) || after.starts_with(is_digit) && after[after.chars().next().map_or(0, char::len_utf8)..].starts_with(['.', '．', '：', ':', '、'])
    };
    let Some(first) = heads.filter(free).find(lists) else { return Vec::new() };
    let mut cuts = vec![first];
    let mut number = 2u32;
    let mut from = first;
    loop {
        let wide = |n: u32| n.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect::<String>();
        let marks = [number.to_string(), wide(number)];
        let stands = |mark: &String| {
            let found = part[from..].match_indices(mark.as_str()).map(|(i, _)| from + i);
            found
                .into_iter()
                .find(|i| part[i + mark.len()..].starts_with(['.', '．', '、']) && !part[..*i].ends_with(|c: char| is_digit(c) || matches!(c, '.' | '．')))
        };
        let next = marks.iter().filter_map(stands).min();
        match next.filter(|i| !part[from..*i].contains('。')) {
            Some(at) if number < 40 => cuts.push(at),
            _ => break,
        }
        from = cuts[cuts.len() - 1] + marks[0].len();
        from = (from..part.len()).find(|i| part.is_char_boundary(*i)).unwrap_or(part.len());
        number += 1;
    }
    // Who may be asked stands below the list.
    let next = part.ceil_char_boundary((from + "附件".len()).min(part.len()));
    let contact = FLAT.below_list.find(&part[next..]);
    cuts.extend(contact.map(|c| next + c));
    cuts
}
