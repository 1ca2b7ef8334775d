//! Where in a line a section opens: the marker at its head, and those that follow a full stop or a lost line end.

use super::{RUN_IN_MAX, Reader};
use crate::MarkerStyle;
use crate::check::spelled;
use crate::grammar::marker::{self, Written};
use crate::lexicon::{LEXICON, genre};
use crate::lines::Line;
use crate::outline;
use crate::scan::{Anchor, Class, bits, class};
use crate::view::{folded, is_blank, is_digit, is_wordy, longer};

/// How far behind 附件: a number may be that counts an attachment, in characters.
const LIST_REACH: usize = 200;
/// How far behind a marker the one after it may stand, in bytes.
const NEXT_REACH: usize = 9000;

/// The decimal marker at the head of a line: 1.2.
fn decimal_of(line: &Line) -> Option<Written> {
    line.marker.map(|(m, _)| m).filter(|m| m.style == MarkerStyle::Decimal)
}

/// Whether a word begins with a unit: 5.1 万亩, 2.5 公里.
fn is_unit(word: &str) -> bool {
    let word = word.trim_start_matches(['万', '亿', '千', '百']);
    LEXICON.units.start(word).is_some()
}

/// Whether a marker and what follows it are a heading: few words that no sentence goes on behind.
fn is_heading(text: &str) -> bool {
    let words = text.trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | '．'));
    let words = words.strip_suffix(|c| class(c) == Class::Stop).unwrap_or(words);
    !longer(words, RUN_IN_MAX) && !words.contains(|c| matches!(class(c), Class::Stop | Class::Semicolon | Class::Colon))
}

impl Reader<'_> {
    /// The marker at the head of a line, if it numbers a section, and its length.
    pub(super) fn marker_at(&self, text: &str, at: usize, previous: Option<char>) -> Option<(Written, usize)> {
        let rest = &text[at..];
        if !rest.chars().next().is_some_and(marker::may_begin) {
            return None;
        }
        let (after, written) = marker::marker(rest).ok()?;
        self.numbering(written, rest.len() - after.len(), rest, previous)
    }

    /// The marker at the head of `text`, if it numbers a section, with its number and length.
    pub(super) fn numbering(&self, mut written: Written, len: usize, text: &str, previous: Option<char>) -> Option<(Written, usize)> {
        if written.style == MarkerStyle::Decimal && !self.outline.decimal_fits(written) {
            return None;
        }
        if written.weak && written.number != Some(self.outline.last(written.style) + 1) {
            return None;
        }
        if written.number.is_none() {
            // Empty brackets and a dash are a marker only where a series has need of one.
            let begins = previous.is_none() && text[len..].chars().next().is_some_and(is_wordy);
            if !begins || !self.outline.knows(written.style) {
                return None;
            }
            written.number = Some(self.outline.missing_number(written.style));
        }
        Some((written, len))
    }

    /// 第五条 规定…: the blank after it, which the view has lost, makes it a marker and no cross reference.
    pub(super) fn spaced_marker(&self, text: &str, raw: &str) -> Option<(Written, usize)> {
        let (after, written) = raw.starts_with('第').then(|| marker::marker(raw).ok())??;
        let chars = crate::view::clean(&raw[..raw.len() - after.len()]).chars().count();
        let len = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
        Some((written, len))
    }

    /// A number that stood on a line of its own above the heading it belongs to.
    pub(super) fn lone_marker(&self, i: usize, raw: &str) -> Option<(Written, usize)> {
        let (written, len) = self.lines.lines[i].marker?;
        let number = raw.lines().next().map(str::trim_end).filter(|number| number.len() < raw.len())?;
        let blank = raw.get(number.len()..len as usize)?.chars().all(is_blank);
        (blank && marker::marker(raw).is_err()).then(|| (written, number.chars().map(|c| folded(c).len_utf8()).sum()))
    }

    /// Number and point before a figure at the head of line `i`, where the series makes it a marker: 1. 5个村 before
    /// 2. …, 46.2所新校 after 45.
    pub(super) fn before_digit_at(&self, i: usize, raw: &str) -> Option<marker::BeforeDigit> {
        let style = MarkerStyle::ArabicDot;
        let found = marker::before_digit(raw).filter(|_| !self.lines.flattened)?;
        // 1.1 below chapter 1, or right below 1. 总则.
        let below = |m: &Written| self.outline.knows(MarkerStyle::Decimal) || self.outline.innermost_is(style, m.prefix);
        if decimal_of(&self.lines.lines[i]).is_some_and(|m| below(&m) && self.outline.decimal_fits(m)) {
            return None;
        }
        // A year: 1.2025年底前 is read as it stands.
        let number = found.number;
        let on = number > 1
            && (self.outline.innermost_is(style, number - 1) || !found.fraction && self.outline.is_open(style) && self.outline.last(style) == number - 1);
        let begins = || {
            // What number the lines below have, at their heads.
            let mut below = self.lines.lines[i + 1..].iter().zip(&self.frame.parts[i + 1..]).take(40).filter(|(_, p)| **p == crate::frame::Part::Body);
            let numbered = below.by_ref().filter_map(|(line, _)| {
                let text = &self.text[line.span.range()];
                marker::before_digit(text)
                    .map(|b| (b.number, b.fraction))
                    .or_else(|| line.marker.filter(|(m, _)| m.style == style).map(|(m, _)| (m.number.unwrap_or(0), false)))
            });
            let mut numbered = numbered.take(2);
            match (numbered.next(), numbered.next()) {
                (Some((2, false)), _) => true,
                (Some((2, true)), third) => !found.fraction || third.is_some_and(|(n, _)| n == 3),
                _ => false,
            }
        };
        (on || number == 1 && begins()).then_some(found)
    }

    /// A whole number that opens a chapter of a decimal series: 1 总则 before 1.1, 2 组织体系 after 1.5.
    pub(super) fn chapter_at(&self, i: usize, raw: &str) -> Option<(Written, usize)> {
        let (number, len) = marker::whole(raw).filter(|_| !self.lines.flattened && !longer(raw, 30))?;
        let word = raw[len..].trim_start();
        if word.contains(['。', '，', ',', '；', ';', '：', ':', '、']) || !self.outline.chapter_fits(number) {
            return None;
        }
        let chapter = (Written::plain(MarkerStyle::Decimal, number), len);
        // Without a blank a number is one of many things: only 2.1 right below makes 2组织体系 a chapter.
        if word.len() == raw.len() - len {
            let first = self.lines.lines.get(i + 1).and_then(decimal_of)?;
            return (first.prefix == number && first.number == Some(1)).then_some(chapter);
        }
        // Its own series below, or that of a sibling, or the next whole number.
        let below = self.lines.lines[i + 1..].iter().take(60).find_map(|line| {
            let text = &self.text[line.span.range()];
            let apart = |(_, len): &(u32, usize)| text[*len..].starts_with(is_blank) && self.outline.knows(MarkerStyle::Decimal);
            decimal_of(line).map(|m| m.prefix).or_else(|| marker::whole(text).filter(apart).map(|(n, _)| n))
        });
        let fits = below.is_some_and(|n| n == number || n == number + 1) || below.is_none() && self.outline.knows(MarkerStyle::Decimal);
        fits.then_some(chapter)
    }

    /// A decimal number set off by a blank before a few words, in a text cut out of a longer one: 5.1 版面 before 5.2 …, 7.2 字号
    /// behind it.
    pub(super) fn excerpt_at(&self, i: usize, raw: &str) -> Option<(Written, usize)> {
        let heads = |text: &str| {
            let (written, len) = crate::lines::marker_of(text).filter(|(m, _)| m.style == MarkerStyle::Decimal)?;
            let word = text[len as usize..].trim_start_matches(is_blank);
            let apart = word.len() < text.len() - len as usize;
            let plain = |c: char| is_wordy(c) && !c.is_ascii_digit() && class(c) != Class::Numeral;
            let heading = !longer(word, 20) && longer(word, 1) && word.chars().all(|c| plain(c) || matches!(class(c), Class::Pause)) && !is_unit(word);
            (apart && heading).then_some((written, len as usize))
        };
        if self.lines.flattened || decimal_of(&self.lines.lines[i]).is_none() {
            return None;
        }
        let (written, len) = heads(raw)?;
        let begun = self.outline.knows(MarkerStyle::Decimal);
        let goes_on = || self.outline.excerpt_of_decimals() && self.outline.decimal_follows(written);
        let begins = || {
            let next = self.lines.lines[i + 1..].iter().take(40).find(|line| decimal_of(line).is_some());
            let next = next.and_then(|line| heads(&self.text[line.span.range()]));
            next.is_some_and(|(next, _)| outline::follows(written, next))
        };
        (if begun { goes_on() } else { begins() }).then_some((written, len))
    }

    /// A page number that ran into the marker of the next heading: 15三、 after 二、. Where the marker begins, what it is and
    /// its length.
    pub(super) fn after_page_number(&self, text: &str) -> Option<(usize, Written, usize)> {
        let digits = text.len() - text.trim_start_matches(is_digit).len();
        if digits == 0 || longer(&text[..digits], 3) || self.lines.flattened {
            return None;
        }
        let (written, len) = self.marker_at(text, digits, None)?;
        let next = written.number == Some(self.outline.last(written.style) + 1) && self.outline.knows(written.style);
        let family = matches!(written.style, MarkerStyle::CnComma | MarkerStyle::CnParen | MarkerStyle::Chapter | MarkerStyle::Article);
        (family && next && !written.damaged && !written.weak).then_some((digits, written, len))
    }

    /// Of a text without line ends, where a heading ends at the one blank in its first words: 一、延后办理补支养老金 参加….
    pub(super) fn blank_heading(&self, view: &crate::view::View<'_>, style: MarkerStyle) -> Option<usize> {
        if !self.lines.flattened || !matches!(style, MarkerStyle::CnComma | MarkerStyle::CnParen | MarkerStyle::Part) {
            return None;
        }
        let mut gap = None;
        let mut end = 0;
        for (i, c) in view.text.char_indices().take(31) {
            if i > 0 && view.span(i, i + c.len_utf8()).start > end {
                // Of several the blanks are no line ends.
                if gap.replace(i).is_some() {
                    return None;
                }
            }
            if matches!(class(c), Class::Stop | Class::Semicolon | Class::Comma | Class::Colon) {
                break;
            }
            end = view.span(i, i + c.len_utf8()).end;
        }
        let at = gap?;
        let (head, rest) = view.text.split_at(at);
        let words = head.chars().filter(|c| is_wordy(*c)).count();
        let own =
            !head.contains(|c| matches!(class(c), Class::Stop | Class::Semicolon | Class::Comma | Class::Colon)) && !head.ends_with(['的', '和', '与', '、']);
        (own && (4..=28).contains(&words) && longer(rest, 15)).then_some(at)
    }

    /// The marker that stands right behind another: 第十四条 (一), 一、（一）, 第一章 第一条. Where it begins, what it is and its length.
    pub(super) fn second_marker(&self, text: &str, at: usize, first: Written) -> Option<(usize, (Written, usize))> {
        use MarkerStyle as M;
        let at = at + text[at..].len() - crate::view::skip_blank(&text[at..]).len();
        let (written, len) = self.marker_at(text, at, text[..at].chars().next_back())?;
        let deeper = match first.style {
            M::Part => matches!(written.style, M::Chapter),
            M::Chapter => matches!(written.style, M::Division | M::Article),
            M::Division => matches!(written.style, M::Article),
            M::Article => matches!(written.style, M::CnParen),
            M::CnComma => matches!(written.style, M::CnParen),
            M::CnParen => matches!(written.style, M::ArabicDot),
            _ => false,
        };
        // What begins a list there, or goes on with one.
        let number = written.number?;
        let fits = number == 1 || written.style == M::Article && number == self.outline.last(M::Article) + 1;
        (deeper && fits && !written.damaged && len < text[at..].len()).then_some((at, (written, len)))
    }

    /// The next marker inside a line that opens a section of its own: at, marker, length.
    ///
    /// `next` is the anchor to go on from; the part that is read begins at `from`, with the marker `head`.
    pub(super) fn inner_marker(
        &self,
        i: usize,
        text: &str,
        anchors: &[Anchor],
        next: &mut usize,
        from: usize,
        head: Option<Written>,
    ) -> Option<(usize, Written, usize)> {
        const OPENS: u64 = bits([Class::Numeral, Class::Digit, Class::Open, Class::Order, Class::Enclosed]);
        const ENDS: u64 = bits([Class::Stop, Class::Semicolon, Class::Close]);
        let headed = head.is_some_and(|h| matches!(h.style, MarkerStyle::Part | MarkerStyle::Chapter | MarkerStyle::Division));
        loop {
            let mut before = next.checked_sub(1).map_or(Anchor { at: 0, class: Class::Plain }, |before| anchors[before]);
            let may_open = |a: &Anchor| {
                let before = std::mem::replace(&mut before, *a);
                let opens = OPENS >> a.class as u64 & 1 == 1;
                // What ends a sentence is an anchor, and stands at most three bytes before.
                let ends = ENDS >> before.class as u64 & 1 == 1 && a.at - before.at <= 3;
                opens && (ends || if self.lines.flattened { a.at > 0 } else { headed && a.class == Class::Order })
            };
            let k = *next + anchors[*next..].iter().position(may_open)?;
            *next = k + 1;
            let at = anchors[k].at as usize;
            // 第一章 总则 第一条 …, on one line.
            if !self.lines.flattened
                && anchors[k].class == Class::Order
                && let Some(found) = self.article_on_heading(text, from, at, head)
            {
                return Some(found);
            }
            let previous = text[..at].chars().next_back();
            let ends = previous.is_some_and(|c| matches!(class(c), Class::Stop | Class::Semicolon | Class::Close));
            if !ends && !self.lines.flattened {
                continue;
            }
            // 三十六) lost its opening bracket; 第 must not be cut from its numeral.
            let Some((written, len)) = self.marker_at(text, at, previous) else { continue };
            let number = written.number.unwrap_or(0);
            let fits = if self.lines.flattened { self.fits_flattened(text, from, at, written, ends, head) } else { self.fits_series(i, written, head) };
            if fits && number > 0 {
                return Some((at, written, len));
            }
        }
    }

    /// 第一条 behind the heading of its chapter, or 第一节 behind that: at, marker, length.
    fn article_on_heading(&self, text: &str, from: usize, at: usize, head: Option<Written>) -> Option<(usize, Written, usize)> {
        use MarkerStyle as M;
        let head = head.filter(|h| matches!(h.style, M::Part | M::Chapter | M::Division))?;
        let between = &text[from..at];
        if longer(between, 30) || between.contains(|c| matches!(class(c), Class::Stop | Class::Semicolon | Class::Comma | Class::Colon | Class::BookOpen)) {
            return None;
        }
        let (written, len) = self.marker_at(text, at, None)?;
        let number = written.number?;
        let fits = match (head.style, written.style) {
            (M::Part, M::Chapter) | (M::Chapter, M::Division) => number == 1 || number == self.outline.last(written.style) + 1,
            (M::Part | M::Chapter | M::Division, M::Article) => number == self.outline.last(M::Article) + 1,
            _ => false,
        };
        fits.then_some((at, written, len))
    }

    /// Whether a marker after a full stop goes on with a series that lines have begun, and no later line does.
    fn fits_series(&self, i: usize, written: Written, head: Option<Written>) -> bool {
        if !matches!(written.style, MarkerStyle::CnComma | MarkerStyle::CnParen | MarkerStyle::ArabicDot | MarkerStyle::Article | MarkerStyle::Chapter) {
            return false;
        }
        let number = written.number.unwrap_or(0);
        let last = head.filter(|h| h.style == written.style).and_then(|h| h.number).unwrap_or(self.outline.last(written.style));
        let open = self.outline.is_open(written.style) || head.is_some_and(|h| h.style == written.style);
        if number < 2 || number != last + 1 || !open {
            return false;
        }
        let later = self.lines.lines[i + 1..].iter().take(60).find_map(|line| line.marker.filter(|(m, _)| m.style == written.style).map(|(m, _)| m.number));
        later.flatten() != Some(number)
    }

    /// Whether 四、 stands after a full stop within reach of a 三、 at `at`; of numbers up to 九.
    fn goes_on(text: &str, at: usize, number: u32) -> bool {
        if number > 9 {
            return false;
        }
        let numeral = spelled(number);
        let near = &text[at..text.floor_char_boundary((at + NEXT_REACH).min(text.len()))];
        near.match_indices(&numeral).any(|(i, _)| near[i + numeral.len()..].starts_with('、') && near[..i].ends_with(['。', '；', ';']))
    }

    /// Whether a marker inside a flattened document goes on with its numbering.
    fn fits_flattened(&self, text: &str, from: usize, at: usize, written: Written, ends: bool, head: Option<Written>) -> bool {
        let previous = text[..at].chars().next_back();
        let number = written.number.unwrap_or(0);
        let own = head.filter(|h| h.style == written.style).and_then(|h| h.number);
        let last = own.unwrap_or(self.outline.last(written.style));
        let known = self.outline.knows(written.style) || own.is_some();
        let runs_on = known && number == last + 1;
        // 附件1), 图1., but 职工代表1.
        let labels = text[..at].ends_with(['件', '表', '图', '注']) && !text[..at].ends_with("代表");
        match written.style {
            MarkerStyle::CnComma => {
                // Of 统一、 and 之一、 the numeral is none, of 名单一、 it is. 15:00二、会议地点 goes on with a count; 2021二、三季度 does not.
                let of_list = || text[..at].ends_with("名单") || text[..at].ends_with("清单");
                let counts = || runs_on && number > 1 && text[at..].chars().nth(2).is_some_and(|c| is_wordy(c) && class(c) != Class::Numeral);
                let word = previous.is_some_and(|c| "统第唯同之专单万其十百不".contains(c) && !of_list() || is_digit(c) && !counts());
                // 第一、三、二大组
                let listed = || text[..at].strip_suffix('、').is_some_and(|before| before.ends_with(|c| class(c) == Class::Numeral));
                let word = word || listed();
                // A numbering that begins anew: 一、 after a full stop, 如下： or a title, and 二、 below it.
                let announced = || previous.is_some_and(|c| class(c) == Class::Colon) || genre::ends(&text[from..at]);
                let anew = number == 1 && last > 1 && self.second_cn > Some(at) && (ends || announced());
                // One was lost in copying, and the next goes on: 一、…。三、…。四、….
                let lost = ends && known && number == last + 2 && Self::goes_on(text, at, number + 1);
                (runs_on || !known && number == 1 || anew || lost) && !word
            }
            MarkerStyle::CnParen => {
                // 第（三）项, 第二条（一）, （一）至（三）; and (星期二), of which 二) is no damaged marker.
                let mut before = text[..at].chars().rev();
                let (last_char, second) = (before.next(), before.next());
                let counted = second.is_some_and(|c| matches!(class(c), Class::Numeral | Class::Digit | Class::Close));
                let refers = last_char.is_some_and(|c| c == '第' || "条款项、和至及".contains(c) && counted);
                (runs_on || number == 1) && !refers && (ends || !written.damaged)
            }
            MarkerStyle::ArabicDot => {
                let quoted = previous.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '第' | '、' | '～' | '~' | '-' | '—' | '.'));
                let first = number == 1 && self.second > Some(at);
                // （一）落实责任1.明确分工。
                let headed = head.is_some_and(|h| matches!(h.style, MarkerStyle::CnComma | MarkerStyle::CnParen))
                    && (first || !text[from..at].contains(|c| class(c) == Class::Comma))
                    && is_heading(&text[from..at])
                    && !labels;
                // 附件:1.名单2.回执
                let listed = || {
                    let near = text[from..at].char_indices().nth_back(LIST_REACH).map_or(from, |(near, _)| from + near);
                    let list = text[near..at].rfind("附件:").or_else(|| text[near..at].rfind("附件："));
                    list.is_some_and(|i| !text[near + i..at].contains(|c| class(c) == Class::Stop))
                };
                // 如下:1.
                let announced = number == 1 && previous.is_some_and(|c| class(c) == Class::Colon);
                (runs_on && known || first) && (ends || runs_on || headed || announced) && !quoted && !listed()
            }
            MarkerStyle::ArabicParen => {
                // 2.配电房管理（1）钥匙专人保管。: （1） right behind the heading above it begins a series, what follows a colon is an item.
                let headed = head.is_some_and(|h| matches!(h.style, MarkerStyle::CnParen | MarkerStyle::ArabicDot));
                let first = number == 1 && self.second_paren > Some(at);
                // 参会人员（1）班子成员（2）科室负责人: short entries have no stop between them.
                let entry = own.is_some() && is_heading(&text[from..at]) && !previous.is_some_and(|c| class(c) == Class::Open);
                (runs_on && (ends || entry) || first && headed && is_heading(&text[from..at])) && !labels && !written.damaged
            }
            // 全文分三个部分。第一部分…: what begins inside a section tells of another text.
            MarkerStyle::Part => runs_on || number == 1 && self.outline.outermost().or(head.map(|h| h.style)).is_none(),
            MarkerStyle::Chapter | MarkerStyle::Division => runs_on || number == 1,
            MarkerStyle::Article => {
                let under_chapter = head.is_some_and(|h| matches!(h.style, MarkerStyle::Part | MarkerStyle::Chapter | MarkerStyle::Division));
                (runs_on || !known && number == 1) && (ends || under_chapter)
            }
            _ => false,
        }
    }
}
