//! Which lines are the document, and which are the page around it.
//!
//! The rules look at shape, not at the names that a template gives its boxes: how much running text an
//! element holds, how much of it is links, what stands between the title and the text. They were found on
//! pages of many publishing systems and know none of them by name.
//!
//! 1. Every line gets a weight: its characters, when it is running text; nothing, when it is links, or
//!    the words of a footer.
//! 2. From the whole page go down into the element that holds nearly all the weight, as long as there is
//!    one. That is the article's box, or one a little too small.
//! 3. Go up again while what is added is mostly text of the same kind: a salutation above a box that
//!    holds the rest, a signature below.
//! 4. Before that box, back to the title, take the title and the entries of the header (索引号, 来源, …);
//!    after it, the attachments.

use super::dom::{Dom, NONE};
use super::lines::{Line, LineKind, Lines};
use super::tags::Tag;
use crate::lexicon::{self, Words};
use crate::read::labels;
use std::ops::Range;
use std::sync::LazyLock;

/// For every line whether it is part of the document; and which one is its title.
pub(super) struct Choice {
    pub(super) body: Vec<bool>,
    /// A long title may be broken into several lines.
    pub(super) title: Range<usize>,
    /// Characters of running text in it.
    pub(super) weight: u32,
}

/// Chooses. `titles` are what the page says its title is, best first.
pub(super) fn choose(dom: &Dom<'_>, lines: &Lines, titles: &[&str]) -> Choice {
    let named = titles.iter().copied().chain(lines.lines.iter().take(200).filter_map(|l| title_entry(text(lines, l), l.chars)));
    // 某某通知_某县人民政府: the site's name stands behind the title.
    let parts = named.flat_map(|t| [Some(t), t.rsplit_once(['_', '|', '-', '—', '–', '>']).map(|(own, _)| own)]).flatten();
    let mut titles: Vec<String> = parts.map(plain).filter(|t| t.chars().count() >= 4).collect();
    titles.dedup();
    let mut judged: Vec<Judged> = lines.lines.iter().map(|l| judge(l, text(lines, l), &titles)).collect();
    for (i, j) in judged.iter_mut().enumerate().filter(|(_, j)| j.title_begins) {
        j.title = whole_title(lines, &titles, i).len() > 1;
    }
    let weights = |pick: fn(&Judged) -> u32| {
        let mut sum = 0u32;
        let mut sums = Vec::with_capacity(judged.len() + 1);
        sums.push(0);
        sums.extend(judged.iter().map(|j| {
            sum += pick(j);
            sum
        }));
        sums
    };
    let running = weights(|j| j.running);
    let listed = weights(|j| j.listed);
    let total = running.last().copied().unwrap_or(0);
    // A page of nothing but links is a list of documents; its list is what it has to say.
    let is_list = total < 60 && listed.last().copied().unwrap_or(0) > total * 2;
    let sums = if is_list { listed } else { running };
    let of = |node: u32| {
        let (from, to) = lines.inside[node as usize];
        sums[to as usize] - sums[from as usize]
    };
    let root = 0;
    if dom.nodes.is_empty() || *sums.last().unwrap_or(&0) == 0 {
        return Choice { body: vec![dom.is_fragment(); judged.len()], title: 0..0, weight: 0 };
    }
    let top = narrow(dom, root, &of);
    let top = widen(dom, lines, &judged, top, is_list);
    let (from, to) = if top == NONE { (0, judged.len()) } else { range(lines, top) };
    // The article's own lines: from its first sentence to its last.
    let sentence = |j: &Judged| j.running >= 30 && !j.title;
    let first = judged[from..to].iter().position(sentence).map_or(to, |i| from + i);
    let last = judged[from..to].iter().rposition(sentence).map_or(from, |i| from + i);
    for (i, j) in judged.iter_mut().enumerate() {
        j.aside |= j.loose && !(first < i && i < last);
    }
    let mut body: Vec<bool> = judged.iter().enumerate().map(|(i, j)| from <= i && i < to && (is_list || !j.aside)).collect();
    if !is_list {
        trim(&judged, &mut body, from, to);
    }
    let title = head(lines, &judged, &mut body, from);
    let title = title.map_or(0..0, |first| whole_title(lines, &titles, first));
    tail(&judged, &mut body, to);
    Choice { body, title, weight: total }
}

fn range(lines: &Lines, node: u32) -> (usize, usize) {
    let (from, to) = lines.inside[node as usize];
    (from as usize, to as usize)
}

fn text<'l>(lines: &'l Lines, line: &Line) -> &'l str {
    &lines.out.text[line.span.start as usize..line.span.end as usize]
}

/// What a line looks like.
#[derive(Clone, Copy, Debug, Default)]
struct Judged {
    /// Weight as running text.
    running: u32,
    /// Weight as an entry of a list of documents.
    listed: u32,
    chars: u32,
    /// Not part of an article wherever it stands: the next article, a footer, a list to choose from.
    aside: bool,
    /// Not part of an article unless it stands amid its text: 无障碍 is a button of the page, and the
    /// subject of a section.
    loose: bool,
    /// What the page says its title is.
    title: bool,
    /// The beginning of it.
    title_begins: bool,
    heading: Option<u8>,
    /// 来源：…, 发布时间：…, 索引号：…
    entry: bool,
    attachment: bool,
    links: bool,
}

fn judge(line: &Line, text: &str, titles: &[String]) -> Judged {
    let linked = line.links * 2 > line.chars;
    let sentence = || text.contains(['。', '；', '，', '、', '：', '！', '？', ';']);
    let footer = is_footer(text, line.chars);
    let mark = footer == Footer::Sure;
    let footer = footer != Footer::No;
    let entry = line.kind == LineKind::Entry || is_entry(text, line.chars);
    let control = line.kind == LineKind::Control || is_control(text);
    let ui = control || is_ui(text, line.chars);
    let running = match () {
        () if linked || footer || ui || entry => 0,
        () if line.kind == LineKind::Row => line.chars,
        () if sentence() => line.chars,
        () if line.chars >= 20 => line.chars / 2,
        () => line.chars / 4,
    };
    // Of most lines the first letter tells that no title begins like them.
    let first = text.chars().find(|c| is_wordy(*c));
    let own = if line.chars <= 120 && titles.iter().any(|t| t.chars().next() == first) { plain(text) } else { String::new() };
    let title = own.chars().count() >= 4 && titles.iter().any(|t| *t == own || own.starts_with(t.as_str()));
    let title_begins = !title && own.chars().count() >= 4 && titles.iter().any(|t| t.starts_with(&own));
    let attachment = line.chars <= 200 && is_attachment(text);
    Judged {
        running,
        listed: if linked && line.chars >= 12 { line.chars } else { running },
        chars: line.chars,
        aside: control || (!entry && mark),
        loose: ui || (!entry && (footer || (linked && line.chars < 12 && !attachment))),
        title,
        title_begins,
        heading: match line.kind {
            LineKind::Heading(n) => Some(n),
            _ => None,
        },
        entry,
        attachment,
        links: linked,
    }
}

/// Goes down while one element inside holds nearly everything.
fn narrow(dom: &Dom<'_>, root: u32, of: &dyn Fn(u32) -> u32) -> u32 {
    // A piece of a page has several elements at the top and none around them.
    let mut at = NONE;
    let mut candidates = (root, dom.nodes.len() as u32);
    let mut weight = None;
    loop {
        let mut best: Option<(u32, u32)> = None;
        let mut sum = 0;
        let mut i = candidates.0;
        while i < candidates.1 {
            let node = dom.nodes[i as usize];
            if node.tag != Tag::Text {
                let w = of(i);
                sum += w;
                if best.is_none_or(|b| w > b.1) {
                    best = Some((i, w));
                }
            }
            i = node.end;
        }
        let weight_here = *weight.get_or_insert(sum);
        match best {
            Some((i, w)) if w > 0 && u64::from(w) * 100 >= u64::from(weight_here) * 75 && w * 2 > sum => {
                at = i;
                weight = Some(w);
                candidates = (i + 1, dom.nodes[i as usize].end);
            }
            _ => return at,
        }
    }
}

/// Goes up while what is added looks like the rest of the article.
fn widen(dom: &Dom<'_>, lines: &Lines, judged: &[Judged], mut at: u32, is_list: bool) -> u32 {
    while at != NONE && !is_list {
        let parent = dom.nodes[at as usize].parent;
        let (from, to) = range(lines, at);
        let (outer_from, outer_to) = if parent == NONE { (0, judged.len()) } else { range(lines, parent) };
        if matches!(parent, NONE) && !dom.is_fragment() {
            return at;
        }
        let added = || judged[outer_from..from].iter().chain(&judged[to..outer_to]);
        let (mut good, mut bad, mut title) = (0, 0, false);
        for j in added() {
            title |= j.title || j.heading.is_some_and(|h| h <= 2);
            if j.loose || j.aside || j.links {
                bad += j.chars.max(4);
            } else {
                good += j.chars;
            }
        }
        // Beyond the title begins the page.
        let one_line = from + 1 >= to;
        if bad > 0 && (bad * 3 > good || title) && !one_line {
            return at;
        }
        if parent == NONE {
            return NONE;
        }
        if title {
            return if bad == 0 { parent } else { at };
        }
        at = parent;
    }
    at
}

/// Takes the links off both ends: the way here above, other articles below.
fn trim(judged: &[Judged], body: &mut [bool], from: usize, to: usize) {
    let running = |r: std::ops::Range<usize>| judged[r].iter().map(|j| j.running).sum::<u32>();
    if running(from..to) == 0 {
        return;
    }
    for i in from..to {
        if judged[i].running > 0 || judged[i].title || judged[i].entry || judged[i].heading.is_some() {
            break;
        }
        body[i] &= !judged[i].links;
    }
    // 上一篇, 相关文件 … and what follows, if nothing but links does.
    let mut last = to;
    while last > from {
        let j = judged[last - 1];
        if !(j.links || j.aside) || j.attachment {
            break;
        }
        body[last - 1] = false;
        last -= 1;
    }
}

/// The title and the entries above the article.
fn head(lines: &Lines, judged: &[Judged], body: &mut [bool], from: usize) -> Option<usize> {
    let inside = judged.iter().enumerate().position(|(i, j)| body[i] && j.title && !j.aside);
    // Not far above: a page's own banner may repeat the title.
    let nearest = (0..from).rev().take(60).find(|i| {
        let j = judged[*i];
        // A first heading will do where no line is the title that the page names.
        (j.title || (j.heading == Some(1) && inside.is_none())) && !j.aside && !j.links && j.chars >= 4
    });
    let stop = nearest.unwrap_or(from).min(from);
    // A header above the title is no farther than its own lines: 索引号 … in a row of entries.
    for i in (0..from).rev().take(80) {
        let j = judged[i];
        if (j.entry || lines.lines[i].kind == LineKind::Entry) && !j.links {
            body[i] = true;
        } else if i < stop && (j.links || j.aside) && judged[..i].iter().rev().take(30).all(|j| !j.entry) {
            break;
        }
    }
    if let Some(i) = nearest {
        // A title may take several lines; a subtitle or a document number stands under it.
        let inside_first = inside.is_some_and(|i| i < from + 3);
        let mut take = i;
        while take < from {
            let j = judged[take];
            if !j.aside && !j.links && (take == i || j.entry || j.heading.is_some() || is_number(text(lines, &lines.lines[take]))) {
                body[take] |= !(inside_first && j.title);
            }
            take += 1;
        }
    }
    inside.filter(|i| *i < from + 3).or(nearest.filter(|i| body[*i])).or(inside)
}

/// The lines that make up the title: 关于…工作 / 实施方案的通知.
fn whole_title(lines: &Lines, titles: &[String], first: usize) -> Range<usize> {
    let mut sum = plain(text(lines, &lines.lines[first]));
    let Some(title) = titles.iter().find(|t| t.starts_with(&sum) && **t != sum) else { return first..first + 1 };
    for (i, line) in lines.lines.iter().enumerate().skip(first + 1).take(4) {
        sum += &plain(text(lines, line));
        if !title.starts_with(&sum) {
            break;
        }
        if *title == sum {
            return first..i + 1;
        }
    }
    first..first + 1
}

/// The attachments below the article.
fn tail(judged: &[Judged], body: &mut [bool], to: usize) {
    for i in to..judged.len().min(to + 15) {
        if judged[i].attachment && !judged[i].aside {
            body[i] = true;
        }
    }
}

/// A letter or a digit of any script; most are ideographs.
fn is_wordy(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// Letters and digits only, so that spaces and punctuation do not matter in a comparison.
fn plain(text: &str) -> String {
    text.chars().filter(|c| is_wordy(*c)).collect()
}

/// The lists of `words.txt`.
struct Lists {
    control: Words,
    invitation: Words,
    button: Words,
    alone: Words,
    foot: Words,
    foot_perhaps: Words,
    /// Both.
    feet: Words,
}

static WORDS: LazyLock<Lists> = LazyLock::new(|| {
    let all = lexicon::entries(lexicon::file!("words.txt"));
    let of = |headings: &[&str]| lexicon::under_each(&all, headings, b'\n');
    Lists {
        control: of(&["control"]),
        invitation: of(&["invitation"]),
        button: of(&["button"]),
        alone: of(&["alone"]),
        foot: of(&["foot"]),
        foot_perhaps: of(&["foot perhaps"]),
        feet: of(&["foot", "foot perhaps"]),
    }
});

/// Lines that belong to the page, whatever follows, and lines without a word.
fn is_control(text: &str) -> bool {
    WORDS.control.start(text) > 0 || !text.contains(is_wordy)
}

/// The words around an article that invite to do something with it.
fn is_ui(text: &str, chars: u32) -> bool {
    let lists = &*WORDS;
    lists.invitation.start(text) > 0
        || (chars <= 30 && !text.contains(['。', '，']) && !text.ends_with(['；', '：']) && lists.button.any(text))
        || (chars <= 12 && text.ends_with('：') && lists.button.start(text) > 0)
        || lists.alone.has(text)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Footer {
    No,
    /// Words that a footer has, and an announcement too: 主办单位, 承办单位.
    Perhaps,
    /// Words that only the foot of a page has: 网站标识码, ICP备.
    Sure,
}

fn is_footer(text: &str, chars: u32) -> Footer {
    // （二）侵犯个人隐私的；: what is numbered is the document's.
    if !WORDS.feet.any(text) || crate::grammar::marker::marker(text).is_ok() {
        return Footer::No;
    }
    // Each word once, however often it stands there.
    let distinct = |words: &Words| {
        let mut seen: Vec<&str> = words.all(text).map(|(_, word)| word).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    let (sure, perhaps) = (distinct(&WORDS.foot), distinct(&WORDS.foot_perhaps));
    let sentence = text.contains('。') || text.starts_with('（');
    match () {
        () if sure > 0 && !sentence && chars <= 200 => Footer::Sure,
        () if perhaps + sure >= 2 || (perhaps == 1 && chars <= 40 && !sentence) => Footer::Perhaps,
        () => Footer::No,
    }
}

/// One or several labels with values in one line: 来源：… 发布时间：… 浏览次数：…
fn is_entry(text: &str, chars: u32) -> bool {
    if chars > 160 {
        return false;
    }
    let first = text.split(['：', ':']).next().unwrap_or("");
    is_date_line(text) || (first.len() < text.len() && labels::is_known(first.trim_start_matches(['[', '【', '(', '（'])))
}

/// The title as the table above the article names it.
fn title_entry(text: &str, chars: u32) -> Option<&str> {
    if chars > 160 || !text.trim_start().starts_with(['标', '名', '信', '文']) {
        return None;
    }
    let (label, value) = text.split_once('：')?;
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(label.as_str(), "标题" | "名称" | "信息名称" | "文件名称").then_some(value)
}

/// A date, a time, and nothing else.
fn is_date_line(text: &str) -> bool {
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    (text.starts_with("20") || text.starts_with("19"))
        && (6..=14).contains(&digits())
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | ':' | '/' | '.' | '年' | '月' | '日' | '时' | '分' | '秒'))
}

/// 国办发〔2018〕129号 alone in a line.
fn is_number(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '（', '）', ' ']);
    text.len() < 90 && text.ends_with('号') && text.contains(['〔', '[', '［', '（', '(', '【'])
}

fn is_attachment(text: &str) -> bool {
    let text = text.trim();
    let ending = || text.rsplit_once('.').map(|(_, e)| e).filter(|e| e.len() <= 4);
    text.starts_with("附件")
        || text.starts_with("相关附件")
        || ending().is_some_and(|ending| ["doc", "docx", "pdf", "xls", "xlsx", "wps", "zip", "rar", "ofd"].iter().any(|e| ending.eq_ignore_ascii_case(e)))
}
