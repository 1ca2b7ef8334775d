//! The one look at every character: where could something be?
//!
//! Facts announce themselves by a digit, a bracket, 《, or one of a few characters. [`scan`] walks a
//! paragraph once, looks each character up in a table, and writes down the few that matter. Everything after
//! it jumps from anchor to anchor and reads the text only there.

/// The bytes of a Chinese character.
pub(crate) const WIDE: usize = '一'.len_utf8();

/// Whether it is a Chinese character of everyday use.
#[inline]
pub(crate) fn is_ideograph(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// What an anchor may announce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
#[repr(u8)]
pub(crate) enum Class {
    /// Nothing. Never an anchor.
    Plain = 0,
    /// White space, zero-width characters, `&nbsp;`, full-width digits and letters: the paragraph wants squeezing.
    Noise,
    /// The first of a run of digits.
    Digit,
    /// The first of a run of Chinese numerals.
    Numeral,
    /// ①, ⑴, ⒈, ㈠
    Enclosed,
    /// 《
    BookOpen,
    /// 》
    BookClose,
    /// 〈 or <
    InnerOpen,
    /// 〉 or >
    InnerClose,
    /// ( [ 【 〔 and their kin
    Open,
    /// ) ] 】 〕 and their kin
    Close,
    /// “ ‘ 「 or a straight quote, which may be either
    QuoteOpen,
    /// ” ’ 」
    QuoteClose,
    /// 。！？
    Stop,
    /// ；
    Semicolon,
    /// ，
    Comma,
    /// 、
    Pause,
    /// ：
    Colon,
    /// 是, of 一是
    Shi,
    /// 每
    Each,
    /// 牵, of 牵头
    Lead,
    /// 负, of 负责
    Charge,
    /// 其, of 其中 and 其一
    Among,
    /// 首, of 首先; 再 and 最, of 再次 and 最后
    Order,
    /// 内, of 年内, 任期内
    Within,
    /// 底 or 末, of 月底, 年末
    End,
    /// 季, of 季度
    Season,
    /// 定, of 定期
    Regular,
    /// 责, of 责任单位
    Duty,
    /// 按, of 按月
    Per,
    /// |: the edge of a table's cell. (A tab is noise.)
    Cell,
    /// . and …: a sign of a line of contents. Never an anchor.
    Point,
    /// A letter of Latin script: a sign of an address. Never an anchor.
    Latin,
    /// A character that each word of betting and dating sites has (`[bait]` of `checks.txt`). Never an anchor.
    Bait,
}

/// A character that matters, and what it may announce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// Byte offset in the view.
    pub(crate) at: u32,
    /// What it may announce.
    pub(crate) class: Class,
}

/// Characters by class. Chinese numerals include 百千万亿, halves and the positional zero.
const CLASSES: &[(Class, &str)] = &[
    (
        Class::Noise,
        " \t\r\n\u{B}\u{C}\u{85}\u{AD}\u{1680}\u{2000}\u{2001}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{A0}\u{3000}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{2002}\u{2003}\u{2009}\u{2060}\u{FEFF}&",
    ),
    // Kangxi radicals.
    (
        Class::Noise,
        "⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵\
         ⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫\
         ⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡\
         ⾢⾣⾤⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕",
    ),
    (
        Class::Noise,
        "０１２３４５６７８９％﹪．～〜－＋／ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
    ),
    (Class::Digit, "0123456789"),
    (Class::Numeral, "〇零一二三四五六七八九十百千万亿两半廿卅几壹贰叁柒仟佰萬億"),
    (Class::Enclosed, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"),
    (Class::BookOpen, "《"),
    (Class::BookClose, "》"),
    (Class::InnerOpen, "〈<＜"),
    (Class::InnerClose, "〉>＞"),
    (Class::Open, "([{（［【〔｛"),
    (Class::Close, ")]}）］】〕｝"),
    (Class::QuoteOpen, "“‘「『\""),
    (Class::QuoteClose, "”’」』"),
    (Class::Stop, "。！？!?"),
    (Class::Semicolon, "；;"),
    (Class::Comma, "，,"),
    (Class::Pause, "、"),
    (Class::Colon, "：:"),
    (Class::Shi, "是"),
    (Class::Each, "每"),
    (Class::Lead, "牵"),
    (Class::Charge, "负"),
    (Class::Among, "其"),
    (Class::Order, "首再最第"),
    (Class::Within, "内"),
    (Class::End, "底末"),
    (Class::Season, "季"),
    (Class::Regular, "定"),
    (Class::Duty, "责"),
    (Class::Per, "按"),
    (Class::Cell, "|｜"),
    (Class::Point, ".…"),
    (Class::Latin, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    (Class::Bait, "彩乐虎注频载官"),
];

/// The class of every character of the basic plane.
static TABLE: [Class; 0x1_0000] = table();

const fn table() -> [Class; 0x1_0000] {
    let mut table = [Class::Plain; 0x1_0000];
    let mut c = 0;
    while c < CLASSES.len() {
        let (class, chars) = CLASSES[c];
        let bytes = chars.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            let (code, len) = decode(bytes.split_at(i).1);
            table[code] = class;
            i += len as usize;
        }
        c += 1;
    }
    table
}

/// The first character, of at most three bytes, and its length. Four bytes read as 0, which is plain.
const fn decode(bytes: &[u8]) -> (usize, u32) {
    match bytes {
        [a @ 0..0x80, ..] => (*a as usize, 1),
        [a @ 0xE0..0xF0, b, c, ..] => ((*a as usize & 0x0F) << 12 | (*b as usize & 0x3F) << 6 | *c as usize & 0x3F, 3),
        [a @ 0x80..0xE0, b, ..] => ((*a as usize & 0x1F) << 6 | *b as usize & 0x3F, 2),
        _ => (0, 4),
    }
}

/// The class of one character.
pub(crate) fn class(c: char) -> Class {
    TABLE.get(c as usize).copied().filter(|c| *c <= Class::Cell).unwrap_or(Class::Plain)
}

/// Whether a character has no class, not even one that is never an anchor.
#[inline(always)]
pub(crate) fn is_plain(c: char) -> bool {
    TABLE.get(c as usize).is_none_or(|class| *class == Class::Plain)
}

/// The first place from `at` on whose character, as a number, is sought.
#[inline(always)]
pub(crate) fn position(text: &str, mut at: usize, sought: impl Fn(u32) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        // Nearly every character has three bytes.
        for [a, b, c] in bytes[at..].as_chunks::<3>().0 {
            if a & 0xF0 != 0xE0 {
                break;
            }
            if sought(u32::from(*a & 0xF) << 12 | u32::from(*b & 0x3F) << 6 | u32::from(*c & 0x3F)) {
                return Some(at);
            }
            at += 3;
        }
        let c = text[at..].chars().next()?;
        if sought(c as u32) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// The characters of a text from the last to the first, each with its place.
pub(crate) struct Backwards<'t> {
    text: &'t str,
    at: usize,
}

/// Reads a text from its end.
pub(crate) fn backwards(text: &str) -> Backwards<'_> {
    Backwards { text, at: text.len() }
}

impl Iterator for Backwards<'_> {
    type Item = (usize, char);

    #[inline(always)]
    fn next(&mut self) -> Option<(usize, char)> {
        // Nearly every character has three bytes.
        if let [.., a, b, c] = self.text.as_bytes()[..self.at]
            && a & 0xF0 == 0xE0
            && let Some(c) = char::from_u32(u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F))
        {
            self.at -= 3;
            return Some((self.at, c));
        }
        let c = self.text[..self.at].chars().next_back()?;
        self.at -= c.len_utf8();
        Some((self.at, c))
    }
}

/// Where a short word stands last: its first character is looked for, nothing is made ready.
pub(crate) fn last_place(text: &str, word: &str) -> Option<usize> {
    text.rmatch_indices(word.chars().next()?).map(|(at, _)| at).find(|at| text[*at..].starts_with(word))
}

/// How many bytes are so; in eight bits each, so that many are counted at once.
pub(crate) fn count(bytes: &[u8], is: impl Fn(&u8) -> bool) -> usize {
    bytes.chunks(192).map(|part| usize::from(part.iter().fold(0u8, |count, b| count + u8::from(is(b))))).sum()
}

/// What the one look at a line tells of it as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// One bit for each class that occurs in it.
    classes: u64,
    /// How many characters it has.
    pub(crate) chars: u32,
}

impl Signs {
    /// Whether a character of the class occurs.
    pub(crate) fn has(self, class: Class) -> bool {
        self.classes >> class as u32 & 1 == 1
    }

    /// Whether a character of one of the classes occurs.
    pub(crate) fn has_any(self, classes: &[Class]) -> bool {
        classes.iter().any(|c| self.has(*c))
    }

    /// The signs of two parts of a line. What stands between them is noise and counts for nothing: how long a paragraph is does not hang
    /// on how often a page cut it.
    pub(crate) fn join(self, other: Self) -> Self {
        Self { classes: self.classes | other.classes | 1 << Class::Noise as u32, chars: self.chars + other.chars }
    }
}

/// Looks at every character of `text` once, and adds its anchors to `anchors`.
///
/// Of a run of digits (with the points and commas inside it) and of a run of Chinese numerals only the first
/// is an anchor. A text with noise has none: squeeze the paragraph and scan the view.
pub(crate) fn look(text: &str, anchors: &mut Vec<Anchor>) -> Signs {
    let first = anchors.len();
    let signs = walk(text, anchors);
    if signs.has(Class::Noise) {
        anchors.truncate(first);
    }
    signs
}

/// The anchors of a text as it stands, its noise with it.
pub(crate) fn raw_anchors(text: &str) -> Vec<Anchor> {
    let mut anchors = Vec::with_capacity(text.len() / 16);
    walk(text, &mut anchors);
    anchors
}

/// Room for the characters of a line that may matter, until they are looked at together.
const ROOM: usize = 32;

/// Characters that are looked at without a look at where the text ends.
const BLOCK: usize = 8;

/// Adds the anchors of `text`, as if there were no noise.
fn walk(text: &str, anchors: &mut Vec<Anchor>) -> Signs {
    let bytes = text.as_bytes();
    let mut signs = Signs::default();
    // Every place is written down, and the next over it unless its character is one to keep: no branch to guess wrong.
    let (mut kept, mut held) = ([0; ROOM], 0);
    let (mut chars, mut at) = (0, 0);
    let mut last = Last { end: 0, class: Class::Plain };
    loop {
        // Nearly every character has three bytes.
        'plain: while let Some(block) = bytes[at..].first_chunk::<{ 3 * BLOCK }>() {
            if held > ROOM - BLOCK {
                keep(bytes, &kept[..held], &mut last, &mut signs, anchors);
                held = 0;
            }
            for (i, [a, b, c]) in block.as_chunks().0.iter().enumerate() {
                let Some(matters) = matters(*a, *b, *c) else {
                    (at, chars) = (at + 3 * i, chars + i as u32);
                    break 'plain;
                };
                kept[held % ROOM] = (at + 3 * i) as u32;
                held += matters;
            }
            (at, chars) = (at + 3 * BLOCK, chars + BLOCK as u32);
        }
        let (len, matters) = match bytes[at..] {
            [] => break,
            [0..0x80, ..] => (1, 1),
            [0x80..0xE0, ..] => (2, 1),
            [a @ 0xE0..0xF0, b, c, ..] => (3, matters(a, b, c).unwrap_or(1)),
            _ => (4, 1),
        };
        if held == ROOM {
            keep(bytes, &kept, &mut last, &mut signs, anchors);
            held = 0;
        }
        kept[held] = at as u32;
        held += matters;
        (at, chars) = (at + len, chars + 1);
    }
    keep(bytes, &kept[..held], &mut last, &mut signs, anchors);
    signs.chars = chars;
    signs
}

/// The character looked at last.
#[derive(Clone, Copy)]
struct Last {
    end: u32,
    class: Class,
}

/// Adds the anchors among characters that may matter: of a run the first. Apart, so that the loop over the characters keeps its
/// registers.
#[inline(never)]
fn keep(bytes: &[u8], kept: &[u32], before: &mut Last, signs: &mut Signs, anchors: &mut Vec<Anchor>) {
    const ANCHORS: u64 = (1 << (Class::Cell as u64 + 1)) - (1 << Class::Digit as u64);
    const RUNS: u64 = bits([Class::Digit, Class::Numeral]);
    let (mut last, mut classes) = (*before, signs.classes);
    for at in kept {
        let (code, len) = decode(&bytes[*at as usize..]);
        let class = TABLE[code];
        classes |= 1 << class as u32;
        let again = class == last.class && *at == last.end && RUNS >> class as u32 & 1 == 1;
        last = Last { end: at + len, class };
        if ANCHORS >> class as u32 & 1 == 1 && !again {
            anchors.push(Anchor { at: *at, class });
        }
    }
    (*before, signs.classes) = (last, classes);
}

/// The first two bytes of the first character of three.
const FIRST: usize = 0xE080;

/// Of the characters of three bytes that begin with the same two, counted from [`FIRST`] on, a bit for each that matters.
static MATTERS: [u64; 0xF40] = {
    let mut all = [0; 0xF40];
    let mut i = 0x800;
    while i < 0x1_0000 {
        if !matches!(TABLE[i], Class::Plain) {
            all[i >> 12 << 8 | i >> 6 & 63] |= 1 << (i & 63);
        }
        i += 1;
    }
    all
};

/// Whether a character of three bytes matters, as a number; None for one of another length.
#[inline(always)]
fn matters(a: u8, b: u8, c: u8) -> Option<usize> {
    let row = usize::from(u16::from_be_bytes([a, b])).wrapping_sub(FIRST);
    MATTERS.get(row).map(|row| (row >> (c & 63) & 1) as usize)
}

/// The classes of some anchors, a bit each.
pub(crate) fn seen(anchors: &[Anchor]) -> u64 {
    anchors.iter().fold(0, |seen, a| seen | 1 << a.class as u64)
}

/// A bit for each class.
pub(crate) const fn bits<const N: usize>(classes: [Class; N]) -> u64 {
    let (mut bits, mut i) = (0, 0);
    while i < N {
        bits |= 1 << classes[i] as u64;
        i += 1;
    }
    bits
}

/// As [`look`], for a view that has been squeezed: what noise is left in it (a space between Latin words)
/// is none.
pub(crate) fn scan_squeezed(text: &str, anchors: &mut Vec<Anchor>) {
    anchors.clear();
    walk(text, anchors);
}

#[cfg(test)]
mod tests {
    use super::{Class, class};
    use crate::view::is_special;

    /// What the squeezing drops or writes differently is noise to the look, and nothing else is.
    #[test]
    fn noise_is_what_is_squeezed() {
        let wrong: String = ('\u{1}'..='\u{FFFF}').filter(|c| (class(*c) == Class::Noise) != is_special(*c)).collect();
        assert_eq!(wrong, "");
    }
}
