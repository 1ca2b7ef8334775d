//! Source → lines: where does a line that a reader would call one begin and end?
//!
//! A line end in the text is real in most documents. It is not in text copied from a PDF (every line as wide
//! as the page), at page breaks, and inside a marker or a title that was broken by hand; and it is missing
//! where a crawler joined paragraphs with wide gaps.

mod flat;
mod pages;

pub(crate) use flat::heading_before_text;

use crate::grammar::marker::{self, Written};
use crate::layout::{BlockKind, Layout};
use crate::lexicon::LEXICON;
use crate::lexicon::structure::{cannot_begin_line, cannot_end_line};
use crate::scan::{Anchor, Class, Signs, class, count, look};
use crate::view::{has_run, is_blank, is_digit, is_wordy, longer, trim};
use crate::{MarkerStyle, Span};
use std::borrow::Cow;

/// What the line was marked as, or looks like by its form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Text.
    Text,
    /// A heading of the source, 0 the document's title.
    Heading(u8),
    /// A row of a table.
    Row,
    /// Page furniture, as the source says, or a page number.
    Furniture,
}

/// A logical line: one line of the text, or several that belong together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Without blanks at its ends; never empty.
    pub(crate) span: Span,
    /// What it was marked as.
    pub(crate) mark: Mark,
    /// Whether blank lines stand before it.
    pub(crate) apart: bool,
    /// Whether the number at its head may be the rest of one that the line before ends in: …件10 ⏎ 3411件.
    pub(crate) severed: bool,
    /// What one look at its characters told.
    pub(crate) signs: Signs,
    /// The marker at its head, and how long that is.
    pub(crate) marker: Option<(Written, u32)>,
    /// Where its anchors stand among those of all lines, and how many they are.
    anchors: (u32, u32),
}

impl Line {
    /// Whether it has more than `n` characters.
    pub(crate) fn longer(&self, n: u32) -> bool {
        self.signs.chars > n
    }

    /// Whether it has a marker of this style at its head.
    pub(crate) fn is_marked(&self, style: MarkerStyle) -> bool {
        self.marker.is_some_and(|(m, _)| m.style == style)
    }
}

/// The lines of a text.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub(crate) lines: Vec<Line>,
    /// Page numbers that stand inside a joined line.
    pub(crate) page_numbers: Vec<Span>,
    /// The document has lost its line breaks: markers may stand inside a line.
    pub(crate) flattened: bool,
    /// Bold text at the start of lines, as the source declares it, in order.
    run_ins: Vec<Span>,
    anchors: Vec<Anchor>,
}

impl Lines {
    /// The anchors of a line, counted from its start; none of a line that has noise, which must be squeezed first.
    pub(crate) fn anchors(&self, line: &Line) -> Option<&[Anchor]> {
        let (first, len) = (line.anchors.0 as usize, line.anchors.1 as usize);
        (!line.signs.has(Class::Noise)).then(|| &self.anchors[first..first + len])
    }

    /// Where in the text the anchors of a class stand.
    pub(crate) fn places_of(&self, text: &str, class: Class) -> impl Iterator<Item = usize> {
        let lines = self.lines.iter().filter(move |line| line.signs.has(class));
        lines.flat_map(move |line| {
            // Of a line with noise, a full-width digit or a blank, no anchors were kept.
            let anchors = match self.anchors(line) {
                Some(anchors) => Cow::Borrowed(anchors),
                None => Cow::Owned(crate::scan::raw_anchors(&text[line.span.range()])),
            };
            let places: Vec<usize> = anchors.iter().filter(|a| a.class == class).map(|a| line.span.start as usize + a.at as usize).collect();
            places
        })
    }

    /// The bold text that a line begins with.
    pub(crate) fn run_in(&self, start: u32) -> Option<Span> {
        self.run_ins.binary_search_by_key(&start, |s| s.start).ok().map(|i| self.run_ins[i])
    }

    /// Looks at a line.
    fn look(&mut self, text: &str, piece: Piece, mark: Mark) -> Line {
        let part = &text[piece.span.range()];
        let first = self.anchors.len();
        let signs = look(part, &mut self.anchors);
        let anchors = (first as u32, (self.anchors.len() - first) as u32);
        Line { span: piece.span, mark, apart: piece.apart, severed: false, signs, marker: marker_at_head(part), anchors }
    }
}

/// A line before anybody looked at it.
#[derive(Clone, Copy, Debug)]
struct Piece {
    span: Span,
    apart: bool,
}

/// The marker at the head of a line, behind Markdown's # too, and where it ends.
fn marker_at_head(line: &str) -> Option<(Written, u32)> {
    let hashes = markdown_prefix(line);
    // A line has no blank at its start.
    let behind = if hashes == 0 { line } else { line[hashes..].trim_start() };
    let (written, len) = marker_of(behind)?;
    Some((written, len + (line.len() - behind.len()) as u32))
}

/// The marker that a text begins with, and its length.
pub(crate) fn marker_of(line: &str) -> Option<(Written, u32)> {
    // Radicals are E2 BC to E2 BF.
    let radical = |at: usize| line.as_bytes().get(at).is_some_and(|b| *b == 0xE2);
    let second = line.chars().next().map_or(0, char::len_utf8);
    let head = if radical(0) || radical(second) { line.char_indices().nth(8).map_or(line, |(at, _)| &line[..at]) } else { "" };
    if head.chars().take(2).any(|c| crate::view::unradical(c).is_some()) {
        // Radical and character take three bytes each.
        let meant: String = head.chars().map(|c| crate::view::unradical(c).unwrap_or(c)).collect();
        let (rest, written) = marker::marker(&meant).ok()?;
        return Some((written, (meant.len() - rest.len()) as u32));
    }
    line.chars().next().filter(|c| marker::may_begin(*c))?;
    let (rest, written) = marker::marker(line).ok()?;
    Some((written, (line.len() - rest.len()) as u32))
}

/// Splits a text into lines, as the layout says or as it looks.
pub(crate) fn split(text: &str, layout: Option<&Layout>) -> Lines {
    if let Some(layout) = layout.filter(|l| !l.blocks.is_empty()) {
        return declared(text, layout);
    }
    let (pieces, flattened) = flat::restore(text, physical(text));
    let (pieces, inside) = pages::part(text, pieces);
    // About one in nine characters is an anchor, and most have three bytes.
    let mut out = Lines { flattened, anchors: Vec::with_capacity(text.len() / 28), ..Lines::default() };
    out.lines = pieces.into_iter().map(|(p, number)| out.look(text, p, if number { Mark::Furniture } else { Mark::Text })).collect();
    out.anchors.shrink_to_fit();
    if !flattened {
        join(text, &mut out);
    }
    if !inside.is_empty() {
        // Each line that holds one has noise now.
        for line in &mut out.lines {
            let first = inside.partition_point(|n| n.start < line.span.start);
            if inside.get(first).is_some_and(|n| n.end <= line.span.end) {
                line.signs = line.signs.join(Signs::default());
            }
        }
        out.page_numbers.extend(inside);
        out.page_numbers.sort_unstable();
    }
    out
}

fn declared(text: &str, layout: &Layout) -> Lines {
    let mut out = Lines { run_ins: layout.run_ins.clone(), ..Lines::default() };
    let mut end = 0;
    for block in &layout.blocks {
        let span = trim(text, block.span);
        if span.is_empty() {
            continue;
        }
        let mark = match block.kind {
            BlockKind::Paragraph => Mark::Text,
            BlockKind::Heading(level) => Mark::Heading(level),
            BlockKind::TableRow => Mark::Row,
            BlockKind::Boilerplate => Mark::Furniture,
        };
        let apart = text[end as usize..span.start as usize].matches('\n').count() > 1;
        let line = out.look(text, Piece { span, apart }, mark);
        out.lines.push(line);
        end = span.end;
    }
    join_numbers(text, &mut out.lines);
    out
}

/// Puts the numbers of headings that stand in blocks of their own before the headings.
fn join_numbers(text: &str, lines: &mut Vec<Line>) {
    for (i, written) in pages::lone_numbers(text, lines).into_iter().rev() {
        let heading = lines[i + 1];
        if lines[i].mark == Mark::Text && !matches!(heading.mark, Mark::Row | Mark::Furniture) {
            let number = &mut lines[i];
            (number.mark, number.signs) = (heading.mark, number.signs.join(heading.signs));
            number.marker = Some((written, heading.span.start - number.span.start));
            number.span.end = heading.span.end;
            lines.remove(i + 1);
        }
    }
}

/// The lines that are not blank.
fn physical(text: &str) -> Vec<Piece> {
    let mut lines = Vec::with_capacity(text.len() / 128);
    let mut start = 0;
    let mut apart = false;
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let span = trim(text, Span::from(start..end));
        if span.is_empty() {
            // Of \r\n the second is no line of its own.
            apart |= start < end || !(start > 0 && text.as_bytes()[start - 1] == b'\r' && text.as_bytes().get(end) == Some(&b'\n'));
        } else {
            // The first line is apart from nothing, whatever blank lines stand before it.
            lines.push(Piece { span, apart: apart && !lines.is_empty() });
            apart = false;
        }
        start = (end + 1).min(text.len());
    }
    lines
}

/// Columns that a line takes on a page: one for a letter or digit, two for all else. Half-width punctuation
/// counts as full: it was, where the page was set.
fn columns(line: &str, signs: Signs) -> usize {
    if !signs.has(Class::Noise) {
        let narrow = if signs.has_any(&[Class::Digit, Class::Latin]) { count(line.as_bytes(), u8::is_ascii_alphanumeric) } else { 0 };
        return signs.chars as usize * 2 - narrow;
    }
    let narrow = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    line.chars().map(|c| if narrow(c) { 1 } else { 2 }).sum()
}

/// The columns that a page may have.
const PAGE_WIDTHS: std::ops::RangeInclusive<usize> = 36..=128;

/// A page of fixed width that the lines were cut to.
#[derive(Clone, Copy, Debug)]
struct Page {
    width: usize,
    /// A digit or letter was given as much room as any other character.
    even: bool,
    /// Every paragraph begins with an indent: what has none goes on.
    indents: bool,
}

impl Page {
    fn columns(self, line: &str, signs: Signs) -> usize {
        if self.even { signs.chars as usize * 2 } else { columns(line, signs) }
    }

    /// The room that a line takes on the page, its indent included.
    fn used(self, text: &str, line: &Line) -> usize {
        self.columns(&text[line.span.range()], line.signs) + if is_indented(text, line) { 4 } else { 0 }
    }

    /// Whether a line was cut because what the next begins with had no more room: it is full but for that.
    fn is_full(self, text: &str, line: &Line, next: &Line) -> bool {
        let used = self.used(text, line);
        // A character takes two columns at most.
        let may = used + 2 * next.signs.chars as usize > self.width;
        used + 6 >= self.width || may && used + self.word(&text[next.span.range()]) > self.width
    }

    /// Whether it has no room for the line.
    fn is_narrower(self, text: &str, line: &Line) -> bool {
        self.used(text, line) > self.width + 6
    }

    /// Whether many of a stretch's lines are cut to it in mid-sentence, and hardly one is wider: rows of a table that are equally
    /// long are not.
    fn cuts(self, text: &str, lines: &[Line]) -> bool {
        let goes_on = |pair: &&[Line]| pair[1].marker.is_none() && !ends_sentence(&text[pair[0].span.range()]) && self.is_full(text, &pair[0], &pair[1]);
        self.width >= NARROW
            && lines.windows(2).filter(goes_on).count() * 5 >= lines.len()
            && lines.iter().filter(|l| self.is_narrower(text, l)).count() * 10 <= lines.len()
    }

    /// Whether a line is full by one way of counting or the other: few lines have so many digits that the ways differ, and
    /// where most have none they tell nothing of it.
    fn is_full_somehow(self, text: &str, line: &Line, next: &Line) -> bool {
        let even = Self { even: true, ..self };
        self.is_full(text, line, next) || !self.even && even.used(text, line) < self.width + 6 && even.is_full(text, line, next)
    }

    /// The columns of what cannot be parted at the start of a line: a number or a name in letters, a character with the
    /// brackets and stops around it.
    fn word(self, line: &str) -> usize {
        let (mut room, mut run) = (0, None);
        for c in line.chars().take(60) {
            let narrow = c.is_ascii_graphic() && !matches!(c, '(' | '[' | ')' | ']' | ';') || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
            let closing = matches!(c, '。' | '，' | '、' | '；' | '：' | '）' | '》' | '”' | '’' | '！' | '？' | ')' | '％' | '〕' | '】' | ']');
            let opening = matches!(c, '（' | '《' | '“' | '‘' | '(' | '〔' | '【' | '[');
            let goes_on = match run {
                None => true,
                Some(narrow_run) => narrow_run && narrow || closing,
            };
            if !goes_on {
                break;
            }
            if !opening {
                run = Some(narrow && run.unwrap_or(true));
            }
            room += if narrow && !self.even { 1 } else { 2 };
        }
        room
    }
}

/// Whether a line begins with a letter, a digit or a sign of their width.
fn begins_narrow(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii() || matches!(c, '\u{FF01}'..='\u{FF5E}'))
}

/// Whether a line begins with the indent of a paragraph.
fn is_indented(text: &str, line: &Line) -> bool {
    text[..line.span.start as usize].ends_with("　　")
}

/// 第一章 总则 ........ 3
#[inline]
fn is_of_contents(text: &str, line: &Line) -> bool {
    line.signs.has(Class::Point) && has_run(&text[line.span.range()], "......")
}

/// The pages of a text, stretch by stretch: an annex may be set wider, tables between have no width.
struct Pages {
    /// The page of the whole text, where it has one.
    whole: Option<Page>,
    /// Else that of each stretch of lines, and whether it is its own: where one has none, those of the nearest before and
    /// behind. Empty where none has.
    stretches: Vec<([Page; 2], bool)>,
}

/// How many lines a stretch has that is asked for its own page.
const STRETCH: usize = 40;
/// The cells of a table are no wider than so many columns, as a rule.
const NARROW: usize = 44;

impl Pages {
    fn of(text: &str, lines: &[Line]) -> Self {
        let whole = page(text, lines);
        if whole.is_some() || lines.len() < 2 * STRETCH {
            return Self { whole, stretches: Vec::new() };
        }
        let own: Vec<_> = lines.chunks(STRETCH).map(|part| common_page(text, part).filter(|page| page.cuts(text, part))).collect();
        // One alone may be a table whose cells are alike.
        if own.iter().flatten().count() < 2 {
            return Self { whole, stretches: Vec::new() };
        }
        // What stands before the first page has that, and what stands behind the last has the last.
        let mut before = own.iter().flatten().next().copied();
        let mut stretches = Vec::with_capacity(own.len());
        for page in &own {
            before = page.or(before);
            stretches.extend(before.map(|before| ([before; 2], page.is_some())));
        }
        let mut behind = None;
        for (([_, last], _), page) in stretches.iter_mut().zip(&own).rev() {
            behind = page.or(behind);
            *last = behind.unwrap_or(*last);
        }
        Self { whole, stretches }
    }

    /// Whether lines are cut to a page anywhere.
    fn any(&self) -> bool {
        self.whole.is_some() || !self.stretches.is_empty()
    }

    /// Whether the lines around the line of this number are cut to a page.
    fn cut(&self, line: usize) -> bool {
        self.whole.is_some() || self.stretches.get(line / STRETCH).is_some_and(|(_, own)| *own)
    }

    /// The page that the line of this number was cut to, if `tail` before it was: a row of a table may be wider.
    fn at(&self, text: &str, line: usize, tail: &Line) -> Option<Page> {
        self.whole.or_else(|| self.stretches.get(line / STRETCH)?.0.into_iter().find(|page| !page.is_narrower(text, tail)))
    }
}

/// The page, if the lines look as if cut to one.
fn page(text: &str, lines: &[Line]) -> Option<Page> {
    common_page(text, lines).or_else(|| [false, true].into_iter().find_map(|even| indented_page(text, lines, even)))
}

/// The page of a text of few full lines, told by its indents: every paragraph begins with one, and what has none goes on
/// below a line that is as wide as the widest.
fn indented_page(text: &str, lines: &[Line], even: bool) -> Option<Page> {
    let any = Page { width: 0, even, indents: true };
    // A text of long lines was not cut: nothing is wider than a page. A character takes two columns at most, an indent four.
    let longest = lines.iter().map(|l| l.signs.chars).max().unwrap_or(0);
    if lines.len() < 5 || !(PAGE_WIDTHS.start() / 2 - 2..=64).contains(&(longest as usize)) {
        return None;
    }
    // Most texts have no indents.
    lines.iter().filter(|l| is_indented(text, l)).nth(1)?;
    let width = lines.iter().map(|l| any.used(text, l)).max().filter(|w| PAGE_WIDTHS.contains(w))?;
    let page = Page { width, ..any };
    let (mut full, mut go_on, mut fresh, mut stray) = (0, 0, 0, 0);
    // Whether each line that goes on does so from a paragraph's beginning: a title may be as wide as the page.
    let (mut begun, mut open) = (lines.first().is_some_and(|l| is_indented(text, l)), true);
    for pair in lines.windows(2) {
        let (is_full, indented) = (page.is_full(text, &pair[0], &pair[1]), is_indented(text, &pair[1]));
        let ended = || ends_sentence(&text[pair[0].span.range()]);
        // A paragraph may end at the margin.
        full += usize::from(is_full && !(indented && ended()));
        go_on += usize::from(is_full && !indented);
        fresh += usize::from(!is_full && indented);
        stray += usize::from(!is_full && !indented);
        open &= indented || begun && !ended();
        begun = indented || begun && is_full;
    }
    // One line that goes on is enough where nothing speaks against it.
    let plain = go_on > 0 && stray == 0 && fresh >= 4 && open;
    ((go_on >= 3 || plain) && go_on * 10 >= full * 8 && fresh >= 2 && stray * 4 <= fresh).then_some(page)
}

/// The page that most of the lines show.
fn common_page(text: &str, lines: &[Line]) -> Option<Page> {
    // Few lines of a page-wide text are longer than a page is wide.
    let wide = lines.iter().filter(|l| l.longer(64)).count();
    if lines.len() < 8 || wide * 5 > lines.len() {
        return None;
    }
    let best = [false, true].into_iter().filter_map(|even| width(text, lines, even)).max_by_key(|(page, full)| (*full, !page.even));
    best.map(|(page, _)| {
        let mut follows = (0, 0);
        let mut indented = 0;
        for pair in lines.windows(2) {
            let starts = is_indented(text, &pair[1]);
            indented += usize::from(starts);
            if !page.is_full_somehow(text, &pair[0], &pair[1]) {
                follows = (follows.0 + usize::from(starts), follows.1 + 1);
            }
        }
        // Below a line that is not full a paragraph begins, and nearly all of them are indented.
        let indents = indented >= 3 && indented * 20 < lines.len() * 19 && follows.0 * 20 >= follows.1 * 19;
        Page { indents, ..page }
    })
}

/// The page's width, and how many lines have no room for another word in it.
fn width(text: &str, lines: &[Line], even: bool) -> Option<(Page, usize)> {
    // How many lines begin to fit, and cease to, at each width: a line ends less than a word before the margin.
    let mut counts = [0isize; 130];
    let (mut long, mut longer_still) = (0usize, [0usize; 130]);
    let page = |width| Page { width, even, indents: false };
    let any = page(0);
    // A character takes two columns at most. What begins with a digit or letter may be a cell of a table's column.
    let counted = |l: &Line| l.longer(11) && !begins_narrow(&text[l.span.range()]) && !is_of_contents(text, l);
    let word = |i: usize| lines.get(i + 1).map_or(0, |next| any.word(&text[next.span.range()]));
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| counted(line)) {
        let (used, word) = (any.used(text, line), word(i));
        if used < 24 {
            continue;
        }
        counts[used.min(129)] += 1;
        counts[(used + word.max(5)).min(129)] -= 1;
        longer_still[used.min(129)] += 1;
        long += 1;
    }
    for w in 1..counts.len() {
        counts[w] += counts[w - 1];
    }
    let window = |w: usize| usize::try_from(counts[w]).unwrap_or(0);
    let width = (36..128).rev().max_by_key(|w| window(*w))?;
    // Hardly a line is wider than the page.
    if longer_still[(width + 5).min(129)..].iter().sum::<usize>() * 10 > long {
        return None;
    }
    // Lines of one width are many, and most of them break off in mid-sentence. In a long text, with tables, fewer are.
    let many = window(width) * 5 >= long * 2 || window(width) >= 60 && window(width) * 4 >= long;
    if !many || window(width) < 5 {
        return None;
    }
    let (mut open, mut closely) = (0, 0);
    for (i, line) in lines.iter().enumerate() {
        let used = any.used(text, line);
        if used > width {
            continue;
        }
        let word = word(i);
        // What the next line numbers does not go on a sentence.
        let goes_on = !ends_sentence(&text[line.span.range()]) && lines.get(i + 1).is_none_or(|next| next.marker.is_none());
        open += usize::from(width < used + word.max(5) && goes_on);
        // Which way of counting columns is right shows in how closely the lines keep to the margin.
        closely += usize::from(width < used + word && counted(line));
    }
    (open * 2 >= window(width)).then_some((page(width), closely))
}

/// How many of Markdown's # stand before a heading.
pub(crate) fn markdown_prefix(line: &str) -> usize {
    let rest = line.trim_start_matches('#');
    if rest.len() < line.len() && rest.starts_with(' ') { line.len() - rest.len() } else { 0 }
}

fn ends_sentence(line: &str) -> bool {
    line.chars().next_back().is_some_and(|c| matches!(c, '。' | '；' | '：' | '！' | '？' | ';' | ':' | '!' | '?' | '”' | '】' | ']' | '.'))
}

/// — 3 —, - 3 -, 第3页. A bare number counts only on pages of fixed width.
fn is_page_number(text: &str, line: &Line, wrapped: bool) -> bool {
    if line.mark == Mark::Furniture {
        return true;
    }
    if line.longer(12) || !line.signs.has_any(&[Class::Digit, Class::Noise]) {
        return false;
    }
    let part = &text[line.span.range()];
    let around = |c: char| matches!(c, '—' | '-' | '－' | '–' | '―' | '·');
    let edge = |c: char| is_digit(c) || around(c);
    // Behind the number of 第3页 anything may stand.
    if !part.starts_with(|c| edge(c) || c == '第') || !part.ends_with(edge) && !line.signs.has(Class::Order) {
        return false;
    }
    // Digits from end to end: nothing stands around them.
    let bare = |end: Option<&u8>| end.is_some_and(u8::is_ascii_digit);
    if !wrapped && bare(part.as_bytes().first()) && bare(part.as_bytes().last()) {
        return false;
    }
    let inner = part.trim_matches(|c: char| is_blank(c) || around(c));
    let number = |s: &str| !s.is_empty() && !longer(s, 4) && s.chars().all(|c| matches!(c, '0'..='9' | '０'..='９'));
    let paged = inner.strip_prefix('第').and_then(|s| s.split_once('页')).is_some_and(|(n, _)| number(n.trim()));
    number(inner) && (wrapped || inner.len() < part.len()) || paged
}

/// How many brackets, quotes and 《 are open at the end of a line that began with `depth` of them.
fn open_after(mut depth: i32, line: &str, signs: Signs) -> i32 {
    if depth == 0 && !signs.has_any(&[Class::Open, Class::BookOpen, Class::QuoteOpen]) {
        return 0;
    }
    for c in line.chars() {
        match c {
            '(' | '（' | '《' | '[' | '【' | '〔' | '“' => depth += 1,
            ')' | '）' | '》' | ']' | '】' | '〕' | '”' => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    depth
}

/// Puts together what belongs together, in place: of so many physical lines the logical ones are never more.
fn join(text: &str, out: &mut Lines) {
    let pages = Pages::of(text, &out.lines);
    let counted = pages.whole.is_some() || pages::count_pages(text, &out.lines);
    // Said once of each line: what follows asks for it again and again.
    for (i, line) in out.lines.iter_mut().enumerate() {
        if is_page_number(text, line, counted || pages.cut(i)) {
            line.mark = Mark::Furniture;
        }
    }
    let mut heads = pages::running_heads(text, &out.lines, counted).into_iter().peekable();
    if pages.any() {
        for row in pages::row_numbers(text, &out.lines) {
            out.lines[row].mark = Mark::Text;
        }
    }
    let lone = pages::lone_numbers(text, &out.lines);
    let lone_at = |i: usize| lone.binary_search_by_key(&i, |(at, _)| *at).ok().map(|row| lone[row].1);
    let lines = &mut out.lines;
    let mut kept = 0;
    let mut pending: Vec<Line> = Vec::new();
    let mut apart = false;
    // The last physical line of the current logical one.
    let mut tail: Option<Line> = None;
    // Brackets that were open where it began.
    let mut open = 0;
    for i in 0..lines.len() {
        let line = lines[i];
        apart |= line.apart;
        if heads.next_if_eq(&i).is_some() || line.mark == Mark::Furniture {
            pending.push(line);
            continue;
        }
        let over = !pending.is_empty();
        let joined = |tail: &Line| {
            belongs(&Seam { text, head: &lines[kept - 1], tail, open, line: &line, next: lines.get(i + 1), apart, over, page: pages.at(text, i, tail) })
        };
        // A number on a line of its own belongs to the heading below it.
        let numbered = i.checked_sub(1).and_then(lone_at).filter(|_| !over);
        match tail.filter(|tail| numbered.is_some() || lone_at(i).is_none() && joined(tail)) {
            Some(tail) => {
                let last = &mut lines[kept - 1];
                last.signs = last.signs.join(line.signs);
                last.span.end = line.span.end;
                // A marker may have been broken in two.
                last.marker = match numbered {
                    Some(written) => Some((written, line.span.start - last.span.start)),
                    None => marker_at_head(&text[last.span.range()]),
                };
                open = open_after(open, &text[tail.span.range()], tail.signs);
                out.page_numbers.extend(pending.drain(..).map(|l| l.span));
            }
            None => {
                let severed = tail.is_some_and(|tail| !apart && severs(text, &tail, &line));
                for line in pending.drain(..).map(page_number).chain([Line { apart, severed, ..line }]) {
                    lines[kept] = line;
                    kept += 1;
                }
                open = 0;
            }
        }
        tail = Some(line);
        apart = false;
    }
    lines.truncate(kept);
    lines.extend(pending.into_iter().map(page_number));
}

/// The line of a page number that stands between two paragraphs.
fn page_number(line: Line) -> Line {
    Line { mark: Mark::Furniture, apart: true, ..line }
}

/// Two lines and what is known about the place between them.
struct Seam<'t> {
    text: &'t str,
    /// The logical line so far.
    head: &'t Line,
    /// Its last physical line.
    tail: &'t Line,
    /// How many brackets were open where that began.
    open: i32,
    /// The line that may belong to it.
    line: &'t Line,
    /// The line after that.
    next: Option<&'t Line>,
    /// Blank lines or a page number stand between.
    apart: bool,
    /// A page ends between them.
    over: bool,
    /// The page that the lines were cut to.
    page: Option<Page>,
}

/// Whether `line` goes on where `head` breaks off.
fn belongs(seam: &Seam<'_>) -> bool {
    let Seam { text, head, tail, open, line, apart, over, page, .. } = *seam;
    let (end, part) = (&text[tail.span.range()], &text[line.span.range()]);
    let drawn = |l: &Line| l.signs.has(Class::Cell) && memchr::memchr(b'|', text[l.span.range()].as_bytes()).is_some();
    let titled = end.starts_with('#');
    if drawn(tail) || drawn(line) || part.starts_with('#') || titled && page.is_none() || is_of_contents(text, tail) || is_of_contents(text, line) {
        return false;
    }
    if let Some(page) = page.filter(|p| p.indents && !apart && !is_indented(text, line)) {
        return page.is_full_somehow(text, tail, line);
    }
    let lone_numeral = || !tail.longer(3) && end.chars().all(|c| "一二三四五六七八九十".contains(c));
    if part.starts_with(cannot_begin_line) && (!apart || page.is_some() || lone_numeral()) {
        return true;
    }
    // （ ⏎ 三）: a marker broken after its bracket.
    if !tail.longer(1) && end.starts_with(['（', '(', '〔', '【', '[']) {
        return true;
    }
    let is_open = || open_after(open, end, tail.signs) > 0;
    let last = end.chars().next_back();
    let dangling = || last.is_some_and(cannot_end_line);
    let indented = is_indented(text, line);
    if !indented && !apart && tail.longer(8) && (parts_number(end, part) || tail.longer(20) && parts_digits(end, part)) {
        return true;
    }
    if line.marker.is_some() && !(page.is_some() && dangling()) {
        return false;
    }
    if !apart && tail.signs.has(Class::BookOpen) && broken_title(end, part) {
        return true;
    }
    // Indented or not, what has just opened goes on (贯彻《 ⏎ 中华人民共和国…), and a sentence that breaks off (具有较强的 ⏎ 组织能力).
    let opened = matches!(last, Some('《' | '（' | '(' | '〔' | '“'));
    let breaks_off = || !titled && head.longer(30) && !part.starts_with('【') && dangling();
    if !apart && line.marker.is_none() && (opened || breaks_off()) {
        return true;
    }
    if let Some(page) = page {
        let full = page.is_full(text, tail, line);
        let full = full || tail.signs.has(Class::Digit) && !ends_sentence(end) && page.is_full_somehow(text, tail, line);
        if full && !indented {
            return if apart { !ends_sentence(end) } else { !end.ends_with(['：', ':']) || is_open() };
        }
        return false;
    }
    if indented || ends_sentence(end) {
        return false;
    }
    if tail.longer(30) && dangling() || tail.longer(12) && is_open() {
        return true;
    }
    // A sentence that the page's end cut in two.
    if over && tail.longer(20) && line.signs.has_any(&[Class::Stop, Class::Comma, Class::Semicolon]) {
        return true;
    }
    wrapped_heading(seam)
}

/// Whether a number or a date was cut between two lines: 完成投资18. ⏎ 5亿元, 投资18 ⏎ 亿元, 2024年6月 ⏎ 15日前.
fn parts_number(end: &str, part: &str) -> bool {
    let after = part.trim_start_matches(is_digit);
    let digits = part[..part.len() - after.len()].chars().count();
    let number = end.trim_end_matches(is_digit);
    let worded =
        |before: &str| before.chars().next_back().is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) && !matches!(c, '第' | '话' | '号' | '至' | '编'));
    if let Some(whole) = end.strip_suffix(['.', '．']) {
        // 18. ⏎ 5亿元, but no marker before it: 1. ⏎ 5个村.
        let before = whole.trim_end_matches(is_digit);
        return before.len() < whole.len() && worded(before) && digits > 0 && after.starts_with(UNITS);
    }
    if number.len() < end.len() {
        return digits == 0 && worded(number) && !end.contains(['：', ':']) && after.starts_with(UNITS);
    }
    let dated = |unit: char, next: char| end.ends_with(unit) && end[..end.len() - unit.len_utf8()].ends_with(is_digit) && after.starts_with(next);
    (1..=2).contains(&digits) && (dated('月', '日') || dated('年', '月'))
}

/// Whether a number was cut between two of its digits: …，4 ⏎ 5周岁以下, 第二 ⏎ 十八次. A long line ends in digits that no word needs,
/// and what goes on is counted.
fn parts_digits(end: &str, part: &str) -> bool {
    if !part.starts_with(goes_on_a_number) {
        return false;
    }
    let (before, goes_on) = if end.ends_with(is_numeral) {
        (end.trim_end_matches(is_numeral), part.trim_start_matches(is_numeral))
    } else {
        let Some(around) = digits_around(end, part) else { return false };
        around
    };
    let free = |c: char| is_wordy(c) && !c.is_ascii_alphanumeric() || matches!(c, '，' | ',' | '、' | '。' | '；' | ';' | '（' | '(' | '/');
    before.len() < end.len() && goes_on.len() < part.len() && before.ends_with(free) && (goes_on.starts_with(UNITS) || LEXICON.units.start(goes_on).is_some())
}

/// What stands before the digits at the end of a line and behind those at the start of the next, where they may be of one number:
/// 4 ⏎ 5, 3.0 ⏎ 25, 3. ⏎ 5, 280 ⏎ .9, 1,23 ⏎ 4,567.
fn digits_around<'t>(end: &'t str, part: &'t str) -> Option<(&'t str, &'t str)> {
    const POINTS: [char; 2] = ['.', '．'];
    const COMMAS: [char; 2] = [',', '，'];
    let dot = |c: &[char; 2]| (end.ends_with(c), part.starts_with(c));
    let ((ends, starts), (ends_group, starts_group)) = (dot(&POINTS), dot(&COMMAS));
    let end = end.strip_suffix(POINTS).or_else(|| end.strip_suffix(COMMAS)).unwrap_or(end);
    let part = part.strip_prefix(POINTS).or_else(|| part.strip_prefix(COMMAS)).unwrap_or(part);
    let (mut before, mut after) = (end.trim_end_matches(is_digit), part.trim_start_matches(is_digit));
    if before.len() == end.len() || after.len() == part.len() || (ends || ends_group) && (starts || starts_group) {
        return None;
    }
    let (digits, rest) = (end.len() - before.len(), part.len() - after.len());
    let grouped = ends_group || starts_group;
    // A group of a number has three digits: what a comma parts else are two numbers.
    if grouped && rest != 3 {
        return None;
    }
    if let Some(whole) = before.strip_suffix(POINTS).filter(|whole| !(ends || starts || grouped) && whole.ends_with(is_digit)) {
        before = whole.trim_end_matches(is_digit);
    }
    if let Some(decimals) = after.strip_prefix(POINTS).filter(|rest| !(ends || starts) && rest.starts_with(is_digit)) {
        after = decimals.trim_start_matches(is_digit);
    }
    while let Some(group) = before.strip_suffix(COMMAS).filter(|whole| digits + rest == 3 && whole.ends_with(is_digit)) {
        before = group.trim_end_matches(is_digit);
    }
    while let Some(group) = after.strip_prefix(COMMAS).filter(|rest| rest.starts_with(is_digit)) {
        after = group.trim_start_matches(is_digit);
    }
    Some((before, after))
}

/// Whether the number that a line begins with may be the rest of one that the line before ends in. Nothing is said of what stands
/// in short lines, as cells do, of markers, labels and names (8-1 ⏎ 4栋), nor of a year.
fn severs(text: &str, tail: &Line, line: &Line) -> bool {
    let part = &text[line.span.range()];
    if !tail.longer(4) || !part.starts_with(goes_on_a_number) || is_indented(text, line) {
        return false;
    }
    let end = &text[tail.span.range()];
    if end.ends_with(is_numeral) {
        // 统一 ends in a numeral and is none.
        return part.starts_with(is_numeral) && line.marker.is_none() && (tail.longer(20) || end.ends_with(['十', '百', '千', '万', '亿']));
    }
    digits_around(end, part).is_some_and(|(before, _)| {
        let digits = end[before.len()..].trim_end_matches(['.', '．', ',', '，']);
        let year = digits.len() == 4 && digits.starts_with(['1', '2']) && digits.chars().all(is_digit);
        // 1,23 ⏎ 4,567 begins as 4, does.
        let marked = line.marker.is_some() && !digits.contains([',', '，']);
        !marked && before.ends_with(|c: char| is_wordy(c) && !c.is_ascii() || matches!(c, '，' | ',' | '、' | '。' | '（' | '(')) && digits.len() <= 8 && !year
    })
}

/// What the rest of a number that was cut begins with.
fn goes_on_a_number(c: char) -> bool {
    is_digit(c) || matches!(c, '.' | '．' | ',' | '，') || is_numeral(c)
}

/// A numeral that is written out, as in 二〇二四, 三百二十.
fn is_numeral(c: char) -> bool {
    class(c) == Class::Numeral
}

/// What a number is followed by that no line begins with by itself.
const UNITS: &[char] = &['亿', '万', '千', '%', '％', '元', '亩', '吨', '项', '户', '家', '倍', '平', '公', '立', '套', '件'];

/// Whether a line ends inside 《…》 and the next closes it.
fn broken_title(end: &str, part: &str) -> bool {
    let open = end.rfind('《').is_some_and(|at| !end[at..].contains('》'));
    open && part.find('》').is_some_and(|close| !part[..close].contains(['《', '。']) && !longer(&part[..close], 60))
}

/// A numbered heading that was broken by hand goes on in one short line, and then something else begins.
fn wrapped_heading(seam: &Seam<'_>) -> bool {
    let Seam { text, head, line, next, apart, .. } = *seam;
    let numbered = !apart && head.longer(11) && !head.longer(50) && head.marker.is_some();
    if !numbered || !line.longer(1) || line.longer(20) {
        return false;
    }
    let (above, part) = (&text[head.span.range()], &text[line.span.range()]);
    !above.contains(['。', '；', ';', '\n'])
        && !above.ends_with([',', '，'])
        && !part.contains(['。', '；', '：', '，', ',', ';', ':', '|'])
        && next.is_some_and(|next| next.marker.is_some() || next.longer(40))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        split(text, None).lines.iter().map(|l| crate::view::clean(&text[l.span.range()]).into_owned()).collect()
    }

    #[test]
    fn line_ends_of_every_kind() {
        assert_eq!(lines("一、甲\r\n二、乙\r三、丙\n\n四、丁"), ["一、甲", "二、乙", "三、丙", "四、丁"]);
    }

    #[test]
    fn page_width_joins() {
        let text = "第一条 为了加强本县农村公路的养护管理工作，保障\n公路完好畅通，促进农村经济社会持续发展，根据有\n关法律法规的规定，结合本县实际，制定本办法。\n\
                    第二条 本办法适用于本县行政区域内农村公路的养\n— 1 —\n护、管理和监督，法律法规另有规定的从其规定，本\n办法没有规定的依照有关规定执行。\n第三条 县交通运输部门负责全县农村公路养护管理\n工作，其他部门按照职责做好相关工作。\n";
        let got = lines(text);
        assert_eq!(got.len(), 3, "{got:#?}");
        assert!(got[1].starts_with("第二条") && got[1].ends_with("执行。"));
    }

    #[test]
    fn indents_tell_a_page_of_few_full_lines() {
        let text = [
            "　　关于开展停车整治的通知",
            "　　各单位：",
            "　　为了改善县城停车秩序，方便群众出行，经县人民政府研究同意，决",
            "定开展停车整治。",
            "　　一、整治范围",
            "　　县城建成区内的12条道路、8个停车场和25个住宅小区，共有车位360",
            "0余个。",
            "　　二、整治时间",
            "　　自2024年3月1日起，分三个阶段进行，各阶段的任务由县公安局另",
            "行通知。",
        ];
        let text = text.join("\n");
        assert_eq!(lines(&text).len(), 7, "{:#?}", lines(&text));
        // Without the indents nothing tells that.
        assert_eq!(lines(&text.replace('　', "")).len(), 10);
    }

    #[test]
    fn a_wrapped_text_has_annexes_of_other_widths() {
        let sentence = "为了加强农村公路养护管理，保障公路完好畅通，促进农村经济持续健康发展，结合本县实际制定这些措施。";
        let wrapped = |characters: usize| {
            let paragraph: Vec<char> = sentence.repeat(13).chars().collect();
            paragraph.chunks(characters).map(|line| line.iter().collect::<String>() + "\n").collect::<String>()
        };
        let row = |i: usize| format!("茶场路段{}养护、桥梁检测、沿线标志更换、绿化补植、排水沟清理，由乡镇各自负责", "和支线".repeat(2 + i % 7));
        let rows: String = (0..100).map(|i| format!("第{i}项\n{}\n", row(i))).collect();
        let text = format!("{}\n{}\n{}", wrapped(28).repeat(4), rows, wrapped(34).repeat(5));
        let got = lines(&text);
        let paragraphs = |sentences: usize| got.iter().filter(|line| line.matches(sentence).count() >= sentences).count();
        assert_eq!(paragraphs(10), 9, "{got:#?}");
        assert_eq!(got.iter().filter(|line| line.starts_with("茶场")).count(), 100, "rows of a table stay apart");
    }

    #[test]
    fn a_marker_broken_in_two() {
        assert_eq!(
            lines("二、上一部分的内容到此为止。\n三\n、配套措施\n（一）落实责任。"),
            ["二、上一部分的内容到此为止。", "三、配套措施", "（一）落实责任。"]
        );
    }
}
