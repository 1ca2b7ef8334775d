//! A paragraph as a reader sees it, with the way back to the text as it is.
//!
//! Copying puts line ends into words, spaces between characters, `&nbsp;` and zero-width characters
//! anywhere, and full-width digits beside half-width ones. Grammar rules would all have to know that. So a
//! paragraph that has such noise is squeezed into a scratch buffer with a map of where each run came from;
//! a paragraph that has none, nearly all of them, is looked at in place and the map stays empty.

use crate::Span;
use std::borrow::Cow;

/// The radicals of the Kangxi dictionary, which copies from PDF have for characters, from U+2F00 on as they are meant.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
    廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
    目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
    邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The character that a Kangxi radical stands for.
pub(crate) fn unradical(c: char) -> Option<char> {
    let at = (c as u32).checked_sub(0x2F00).filter(|n| *n < 214)? as usize;
    // Each takes three bytes.
    RADICALS[at * 3..].chars().next()
}

/// What a character is to the squeezing: kept, dropped, or written differently.
pub(crate) fn folded(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' | '～' | '－' | '＋' | '／' | '〜' => {
            if c == '〜' {
                '~'
            } else {
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            }
        }
        '\u{2F00}'..='\u{2FD5}' => unradical(c).unwrap_or(c),
        '﹪' => '%',
        _ => c,
    }
}

/// The text with half-width digits.
pub(crate) fn half_width(text: Cow<'_, str>) -> Cow<'_, str> {
    let wide = |c: char| ('０'..='９').contains(&c);
    if !text.contains(wide) {
        return text;
    }
    text.chars().map(|c| if wide(c) { folded(c) } else { c }).collect()
}

/// An Arabic digit of either width.
pub(crate) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// White space, or a character without width.
pub(crate) fn is_blank(c: char) -> bool {
    // Ideographs, which most characters are, are none.
    !('\u{3001}'..='\u{FEFE}').contains(&c) && (c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}'))
}

/// A letter, an ideograph or a digit, and no sign: what the scripts that reports are written in spell words with.
pub(crate) fn is_wordy(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c,
            '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}' // Latin, Greek, Cyrillic
            | '\u{2150}'..='\u{218B}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' // fractions, Roman and enclosed numbers
            | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3041}'..='\u{31FF}' | '\u{3220}'..='\u{33FF}'
            | '\u{3400}'..='\u{D7FF}' | '\u{F900}'..='\u{FB06}'
            | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'
            | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character may be dropped, or written differently.
pub(crate) fn is_special(c: char) -> bool {
    // Ideographs, which most characters are, are not.
    !('\u{3021}'..='\u{FE69}').contains(&c) && (c == '&' || is_blank(c) || folded(c) != c)
}

/// The length of what stands before the first character that is special.
fn plain_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        match b {
            // Ideographs.
            0xE4..=0xE9 => at += 3,
            b'<' if text[at..].starts_with(NBSP) => return at,
            b'!'..=b'%' | b'\''..=b'~' => at += 1,
            _ => match text[at..].chars().next() {
                Some(c) if !is_special(c) => at += c.len_utf8(),
                _ => return at,
            },
        }
    }
    at
}

/// The first `max` characters.
pub(crate) fn head(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut rest = text.chars();
    if max > 0 && rest.nth(max - 1).is_none() {
        return text;
    }
    &text[..text.len() - rest.as_str().len()]
}

/// Whether the text has more than `n` characters; looks no further than they can reach.
pub(crate) fn longer(text: &str, n: usize) -> bool {
    // A character has one to four bytes.
    text.len() > n && (text.len() > 4 * n || text.chars().count() > n)
}

/// How some programs write a no-break space that they could not encode.
const NBSP: &str = "<U+00A0>";

/// The length of a blank at the start of `text`, literal `&nbsp;` and `<U+00A0>` included; 0 when there is none.
#[inline]
pub(crate) fn blank_len(text: &str) -> usize {
    // Most characters are ideographs, letters and digits.
    match text.as_bytes().first() {
        None | Some(b'!'..=b'%' | b'\''..=b';' | b'='..=b'~' | 0xE4..=0xE9) => 0,
        Some(_) => blank_len_of(text),
    }
}

fn blank_len_of(text: &str) -> usize {
    match text.chars().next() {
        Some('&') => ["&nbsp;", "&ensp;", "&emsp;"].iter().find(|e| text.starts_with(**e)).map_or(0, |e| e.len()),
        Some('<') if text.starts_with(NBSP) => NBSP.len(),
        Some(c) if is_blank(c) => c.len_utf8(),
        _ => 0,
    }
}

/// `text` without the blanks at its start.
pub(crate) fn skip_blank(mut text: &str) -> &str {
    loop {
        match blank_len(text) {
            0 => return text,
            n => text = &text[n..],
        }
    }
}

/// `text` without the blanks at its end.
pub(crate) fn trim_blank_end(mut text: &str) -> &str {
    loop {
        let trimmed = text.trim_end_matches(is_blank);
        if !trimmed.ends_with([';', '>']) {
            return trimmed;
        }
        let trimmed = ["&nbsp;", "&ensp;", "&emsp;", NBSP].iter().find_map(|e| trimmed.strip_suffix(*e)).unwrap_or(trimmed);
        if trimmed.len() == text.len() {
            return text;
        }
        text = trimmed;
    }
}

/// The length of the blank characters at the start of a text.
pub(crate) fn indent(text: &str) -> usize {
    match text.as_bytes().first() {
        None | Some(b'!'..=b'~' | 0xE4..=0xE9) => 0,
        _ => text.len() - text.trim_start_matches(is_blank).len(),
    }
}

/// The span without the blanks at its ends.
pub(crate) fn trim(text: &str, span: Span) -> Span {
    if span.is_empty() {
        return span;
    }
    let part = &text[span.range()];
    // Ideographs, letters, digits and most signs, and 。 at the end: nothing to trim, which most lines show at once.
    let begins = blank_len(part) == 0;
    let ends = matches!(part.as_bytes(), [.., 0xE4..=0xE9, _, _] | [.., 0xE3, 0x80, 0x82] | [.., b'!'..=b':' | b'<'..=b'=' | b'?'..=b'~']);
    if begins && ends {
        return span;
    }
    let from = part.len() - skip_blank(part).len();
    let part = &part[from..];
    let start = span.start + from as u32;
    Span::new(start, start + trim_blank_end(part).len() as u32)
}

/// A run of characters that stand the same in the view and in the text; or, where the lengths differ, one
/// character that is written differently.
#[derive(Clone, Copy, Debug)]
struct Run {
    view: u32,
    view_len: u32,
    text: u32,
    text_len: u32,
}

/// Scratch space for views, reused from paragraph to paragraph.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    text: String,
    runs: Vec<Run>,
}

/// A paragraph without noise, and the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'v> {
    pub(crate) text: &'v str,
    /// Where the whole view begins in the document.
    base: u32,
    /// Where `text` begins in the whole view.
    skip: u32,
    runs: &'v [Run],
}

impl<'v> View<'v> {
    /// A view of text that has no noise, or whose noise does not matter.
    pub(crate) fn plain(text: &'v str, base: u32) -> Self {
        Self { text, base, skip: 0, runs: &[] }
    }

    /// A view with the noise taken out.
    ///
    /// `cuts` are page numbers inside it, which are left out too.
    pub(crate) fn squeezed(text: &str, base: u32, cuts: &[Span], scratch: &'v mut Scratch) -> Self {
        scratch.text.clear();
        scratch.runs.clear();
        let mut squeezer = Squeezer { out: &mut scratch.text, runs: Some(&mut scratch.runs), previous: None };
        squeezer.squeeze_around(text, base, cuts, true);
        Self { text: &scratch.text, base, skip: 0, runs: &scratch.runs }
    }

    /// A part of the view.
    pub(crate) fn part(&self, start: usize, end: usize) -> Self {
        Self { text: &self.text[start..end], skip: self.skip + start as u32, ..*self }
    }

    /// Whether it begins where the whole view does.
    pub(crate) fn begins(&self) -> bool {
        self.skip == 0
    }

    /// Where a range of the view stands in the text.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (start + self.skip as usize, end + self.skip as usize);
        if self.runs.is_empty() {
            return Span::new(self.base + start as u32, self.base + end as u32);
        }
        let from = self.locate(start as u32);
        if end <= start {
            return Span::at(self.base + from);
        }
        Span::new(self.base + from, self.base + self.locate_end(end as u32))
    }

    fn run_at(&self, offset: u32) -> Run {
        let after = self.runs.partition_point(|r| r.view <= offset);
        self.runs[after.saturating_sub(1)]
    }

    fn locate(&self, offset: u32) -> u32 {
        let run = self.run_at(offset);
        let within = offset - run.view;
        if run.view_len == run.text_len { run.text + within.min(run.text_len) } else { run.text }
    }

    fn locate_end(&self, offset: u32) -> u32 {
        let run = self.run_at(offset - 1);
        let within = offset - run.view;
        if run.view_len == run.text_len { run.text + within } else { run.text + run.text_len }
    }
}

/// Builds the squeezed text and, where wanted, its runs.
struct Squeezer<'o> {
    out: &'o mut String,
    runs: Option<&'o mut Vec<Run>>,
    /// The last character taken over.
    previous: Option<char>,
}

impl Squeezer<'_> {
    /// Takes over `taken` bytes at `place` of the text as `c`.
    fn push(&mut self, c: char, place: usize, taken: usize) {
        let view = self.out.len() as u32;
        self.out.push(c);
        let Some(runs) = &mut self.runs else { return };
        let (len, taken, place) = (c.len_utf8() as u32, taken as u32, place as u32);
        match runs.last_mut() {
            // Goes on where the last run ends, in both.
            Some(r) if len == taken && r.view_len == r.text_len && r.text + r.text_len == place => {
                r.view_len += len;
                r.text_len += len;
            }
            _ => runs.push(Run { view, view_len: len, text: place, text_len: taken }),
        }
    }

    /// Squeezes `text`, which stands at `base` of the document, without the spans to cut.
    fn squeeze_around(&mut self, text: &str, base: u32, cuts: &[Span], fold: bool) {
        let mut from = 0;
        for cut in cuts {
            let (start, end) = ((cut.start - base) as usize, (cut.end - base) as usize);
            self.squeeze(&text[from..start], from, fold);
            from = end;
        }
        self.squeeze(&text[from..], from, fold);
    }

    /// Takes over text that stands at `place` as it is.
    fn push_plain(&mut self, text: &str, place: usize) {
        let view = self.out.len() as u32;
        self.out.push_str(text);
        self.previous = text.chars().next_back();
        let Some(runs) = &mut self.runs else { return };
        let (len, place) = (text.len() as u32, place as u32);
        match runs.last_mut() {
            Some(r) if r.view_len == r.text_len && r.text + r.text_len == place => {
                r.view_len += len;
                r.text_len += len;
            }
            _ => runs.push(Run { view, view_len: len, text: place, text_len: len }),
        }
    }

    /// Squeezes `text`, which stands at `offset` of the whole.
    fn squeeze(&mut self, text: &str, offset: usize, fold: bool) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let place = offset + text.len() - rest.len();
            let plain = plain_len(rest);
            if plain > 0 {
                self.push_plain(&rest[..plain], place);
                rest = &rest[plain..];
                continue;
            }
            if blank_len(rest) == 0 {
                self.push(if fold { folded(c) } else { c }, place, c.len_utf8());
                self.previous = Some(folded(c));
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let after = skip_blank(rest);
            let gap = &rest[..rest.len() - after.len()];
            // A space between two words of Latin script is a space; a line end between two digits is not.
            if let (Some(a), Some(b)) = (self.previous, after.chars().next().map(folded))
                && a.is_ascii_alphanumeric()
                && b.is_ascii_alphanumeric()
                && !(gap.contains('\n') && a.is_ascii_digit() && b.is_ascii_digit())
            {
                self.push(' ', place, gap.len());
            }
            rest = after;
        }
    }
}

/// See [`crate::Document::clean`]; `cuts` are page numbers inside the text, which stands at `base`.
pub(crate) fn clean_around<'t>(text: &'t str, base: u32, cuts: &[Span]) -> Cow<'t, str> {
    if cuts.is_empty() {
        return clean(text);
    }
    let mut out = String::with_capacity(text.len());
    Squeezer { out: &mut out, runs: None, previous: None }.squeeze_around(text, base, cuts, false);
    Cow::Owned(out)
}

/// Whether a text has a run of points; a search for one byte, since a number's point is no run.
pub(crate) fn has_run(text: &str, run: &str) -> bool {
    let (text, run) = (text.as_bytes(), run.as_bytes());
    text.len() >= run.len() && memchr::memchr_iter(run[0], text).any(|at| text[at..].starts_with(run))
}

/// Whether noise may begin with a byte: it is the first of a blank's UTF-8. No ideograph begins like that.
fn may_be_noise(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b'&' | 0xC2 | 0xE1..=0xE3 | 0xEF)
}

/// Whether there is a blank in a text, as a character or an entity; only what may begin one is decoded.
fn is_noisy(text: &str) -> bool {
    let noise = |at: usize| if text.as_bytes()[at] == b'&' { blank_len(&text[at..]) > 0 } else { text[at..].chars().next().is_some_and(is_blank) };
    text.bytes().enumerate().any(|(at, byte)| may_be_noise(byte) && noise(at))
}

/// Whether a blank, an entity or a tag may be in a text: three bytes tell a blank, ideographs are passed over, nothing is decoded.
pub(crate) fn has_noise(text: &str) -> bool {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        // An ideograph.
        if (0xE4..=0xE9).contains(first) {
            at += 3;
            continue;
        }
        let noise = match first {
            0..=b' ' | b'&' | b'<' => true,
            0xC2 => matches!(byte(at + 1), 0x85 | 0xA0 | 0xAD),
            0xE1 => byte(at + 1) == 0x9A && byte(at + 2) == 0x80,
            0xE2 if byte(at + 1) == 0x80 => matches!(byte(at + 2), 0x80..=0x8F | 0xA8 | 0xA9 | 0xAF),
            0xE2 => byte(at + 1) == 0x81 && matches!(byte(at + 2), 0x9F | 0xA0),
            0xE3 => byte(at + 1) == 0x80 && byte(at + 2) == 0x80,
            0xEF => byte(at + 1) == 0xBB && byte(at + 2) == 0xBF,
            _ => false,
        };
        if noise {
            return true;
        }
        at += 1;
    }
    false
}

/// The text without its noise.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !has_noise(text) {
        return Cow::Borrowed(text);
    }
    let trimmed = trim_blank_end(skip_blank(text));
    if !is_noisy(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let mut out = String::with_capacity(trimmed.len());
    Squeezer { out: &mut out, runs: None, previous: None }.squeeze(trimmed, 0, false);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_bytes_tell_every_blank() {
        for c in '\u{21}'..=char::MAX {
            let noise = is_blank(c) || matches!(c, '&' | '<');
            assert_eq!(has_noise(&c.to_string()), noise, "{c:?}");
            if (c as u32).is_multiple_of(7) || noise {
                for before in [0, 10, 30, 33] {
                    assert_eq!(has_noise(&format!("{}{c}，“办结”。{}", "县".repeat(before), "、".repeat(20))), noise, "{c:?}");
                }
            }
        }
    }

    #[test]
    fn noise_goes_and_every_place_comes_back() {
        let text = "办结１,2\n34 件 UL  4G 3.5&nbsp;%，";
        let mut scratch = Scratch::default();
        let view = View::squeezed(text, 100, &[], &mut scratch);
        assert_eq!(view.text, "办结1,234件UL 4G 3.5%，");
        for part in ["办结", "1,234", "件", "4G", "3.5%", "，"] {
            let at = view.text.find(part).unwrap();
            let span = view.span(at, at + part.len());
            let back = &text[span.start as usize - 100..span.end as usize - 100];
            assert_eq!(clean(back).replace('１', "1"), part);
        }
    }

    #[test]
    fn radicals_are_the_characters_they_look_like() {
        assert_eq!(RADICALS.chars().count(), 214);
        let mut scratch = Scratch::default();
        assert_eq!(View::squeezed("⼆、2024年6⽉底", 0, &[], &mut scratch).text, "二、2024年6月底");
    }

    #[test]
    fn clean_borrows_what_is_clean() {
        assert!(matches!(clean("　　总体情况\r"), Cow::Borrowed("总体情况")));
        assert_eq!(clean("兰州市助企\n 若干措施"), "兰州市助企若干措施");
        assert_eq!(clean("a b\tc"), "a b c");
        assert!(matches!(clean("研发&推广"), Cow::Borrowed("研发&推广")));
        assert_eq!(clean("研发&nbsp;推广"), "研发推广");
    }
}
