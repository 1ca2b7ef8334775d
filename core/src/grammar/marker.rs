//! Numbering markers at the head of a line: 一、 (一) 1. (1) ① 1.1 第一章 第一条.

use super::numeral::{digit_value, numeral};
use super::{MISS, Res, any_of};
use crate::MarkerStyle;
use crate::scan::{Class, class};
use crate::view::skip_blank;
use nom::{
    Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n},
    character::complete::{anychar, char},
    combinator::{map_opt, opt, success, value, verify},
    sequence::{delimited, preceded},
};

/// A marker as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) style: MarkerStyle,
    /// `None` where copying lost it: `()`, `-、`.
    pub(crate) number: Option<u32>,
    /// A bracket or the number is missing.
    pub(crate) damaged: bool,
    /// What follows may make it a cross reference; only its place in the series can tell.
    pub(crate) weak: bool,
    /// Of 1.2.3 the numbers before the last, as one: 1.2 is 102. Of 第十七条之一 the second number. Zero for other styles.
    pub(crate) prefix: u32,
}

impl Written {
    /// A marker that is sound.
    pub(crate) fn plain(style: MarkerStyle, number: u32) -> Self {
        Self::new(style, number)
    }

    fn new(style: MarkerStyle, number: u32) -> Self {
        Self { style, number: Some(number), damaged: false, weak: false, prefix: 0 }
    }

    /// A marker whose number copying lost: its place tells it.
    fn lost(style: MarkerStyle) -> Self {
        Self { style, number: None, damaged: true, weak: false, prefix: 0 }
    }
}

/// Blanks between the parts of a marker.
fn gap(input: &str) -> Res<'_, ()> {
    Ok((skip_blank(input), ()))
}

/// A Chinese numeral that can number something: 1 to 999, in its ordinary spelling (二十一, not 二一).
fn chinese(input: &str) -> Res<'_, u32> {
    // （1）, of which brackets have as many.
    if input.as_bytes().first().is_none_or(u8::is_ascii) {
        return Err(MISS);
    }
    // 一 to 九, which most are.
    let mut chars = input.chars();
    if let (Some(digit @ 1..), Some(next)) = (chars.next().and_then(digit_value), chars.next())
        && class(next) != Class::Numeral
        && digit_value(next).is_none()
        && !input.starts_with('两')
    {
        return Ok((&input[input.len() - chars.as_str().len() - next.len_utf8()..], digit as u32));
    }
    let (rest, n) = numeral(input)?;
    let written = &input[..input.len() - rest.len()];
    let digit_by_digit = written.chars().count() > 1 && !written.contains(['十', '百', '廿', '卅']);
    let ok = (1..=999).contains(&n) && !digit_by_digit && !written.starts_with(['零', '〇', '两']);
    if ok { Ok((rest, n as u32)) } else { Err(MISS) }
}

/// The value of a digit of either width.
fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32).filter(|d| *d < 10))
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// One to three digits, of either width.
fn arabic(input: &str) -> Res<'_, u32> {
    let mut n = 0;
    for (i, (at, c)) in input.char_indices().chain([(input.len(), ' ')]).enumerate() {
        match digit(c) {
            Some(d) if i < 3 => n = n * 10 + d,
            None if n > 0 => return Ok((&input[at..], n)),
            _ => break,
        }
    }
    Err(MISS)
}

/// ㈠ ① ⑴ ⒈: one character that is marker and number.
fn enclosed(input: &str) -> Res<'_, Written> {
    map_opt(anychar, |c| {
        let from = |first: char, style| Some(Written::new(style, c as u32 - first as u32 + 1));
        match c {
            '①'..='⑳' => from('①', MarkerStyle::Circled),
            '❶'..='❿' => from('❶', MarkerStyle::Circled),
            '⑴'..='⒇' => from('⑴', MarkerStyle::ArabicParen),
            '⒈'..='⒛' => from('⒈', MarkerStyle::ArabicDot),
            '㈠'..='㈩' => from('㈠', MarkerStyle::CnParen),
            _ => None,
        }
    })
    .parse(input)
}

fn open(input: &str) -> Res<'_, char> {
    any_of(['（', '(', '〔', '﹙']).parse(input)
}

fn close(input: &str) -> Res<'_, char> {
    any_of(['）', ')', '〕', '﹚']).parse(input)
}

/// A number in Chinese numerals or in digits, and the family it is of in brackets.
fn bracketed_number(input: &str) -> Res<'_, (MarkerStyle, u32)> {
    alt((chinese.map(|n| (MarkerStyle::CnParen, n)), verify(arabic, |n| *n < 100).map(|n| (MarkerStyle::ArabicParen, n)))).parse(input)
}

/// (一) （1） and, with the number lost, ().
fn parenthesised(input: &str) -> Res<'_, Written> {
    let (rest, _) = open(input)?;
    let rest = skip_blank(rest);
    if let Ok((rest, (style, n))) = bracketed_number(rest) {
        // A number that ends the line: （3.
        return if rest.is_empty() { Err(MISS) } else { closed(rest, style, n, false) };
    }
    let (rest, _) = close(rest)?;
    Ok((after_bracket(rest), Written::lost(MarkerStyle::CnParen)))
}

/// What closes a bracketed number; of 一) the opening bracket was lost.
fn closed(input: &str, style: MarkerStyle, n: u32, lost: bool) -> Res<'_, Written> {
    let (rest, _) = preceded(gap, close).parse(input)?;
    let damaged = lost && style == MarkerStyle::CnParen;
    Ok((after_bracket(rest), Written { damaged, ..Written::new(style, n) }))
}

/// (一)、 is written too.
fn after_bracket(rest: &str) -> &str {
    let after = skip_blank(rest);
    after.strip_prefix(['、', '．']).unwrap_or(rest)
}

/// A Chinese numeral at the head of a line: 一、 or, its opening bracket lost, 一).
fn headed_by_chinese(input: &str) -> Res<'_, Written> {
    let (rest, n) = chinese(input)?;
    closed(rest, MarkerStyle::CnParen, n, true).or_else(|_| cn_comma(rest, n))
}

/// Digits at the head of a line: 1) or 1.1 or 1.
fn headed_by_digits(input: &str) -> Res<'_, Written> {
    let (rest, n) = arabic(input)?;
    // A number on a line of its own marks nothing.
    if rest.is_empty() {
        return Err(MISS);
    }
    let small = n < 100;
    if small && let Ok(found) = closed(rest, MarkerStyle::ArabicParen, n, true) {
        return Ok(found);
    }
    if small && let Ok(found) = decimal(rest, n) {
        return Ok(found);
    }
    arabic_dot(rest, n)
}

/// After the numeral: 、 and, less often, ． or ：
fn cn_comma(input: &str, n: u32) -> Res<'_, Written> {
    let (rest, stop) = preceded(gap, any_of(['、', '.', '．', '：', ':', '﹑'])).parse(input)?;
    if matches!(stop, '：' | ':') && skip_blank(rest).is_empty() {
        return Err(MISS);
    }
    // 一、二审 and 二、三级 count two things and open nothing.
    if let Ok((after, m)) = chinese(rest)
        && m == n + 1
        && after.starts_with(COUNTED)
    {
        return Err(MISS);
    }
    Ok((rest, Written::new(MarkerStyle::CnComma, n)))
}

/// What scanning makes of 一: -、 for 二、 or 一、, 第五十－条.
const WORN: [char; 3] = ['-', '－', '—'];

/// -、: the number is worn to a dash; its place tells it.
fn worn(input: &str) -> Res<'_, Written> {
    let (rest, _) = (any_of(WORN), char('、')).parse(input)?;
    Ok((rest, Written::lost(MarkerStyle::CnComma)))
}

/// 五十, and 五十－ with the 一 behind it worn to a dash.
fn chinese_or_worn(input: &str) -> Res<'_, (u32, bool)> {
    let (rest, n) = chinese(input)?;
    match rest.strip_prefix(WORN) {
        Some(rest) if n % 10 == 0 => Ok((rest, (n + 1, true))),
        _ => Ok((rest, (n, false))),
    }
}

/// What two numerals joined by 、 count: 一、二审 二、三级医院 一、二、三产业.
const COUNTED: &[char] = &['审', '级', '类', '等', '期', '季', '批', '号', '线', '环', '、', '层', '次', '产', '档', '年', '月'];

/// After the number: . 、 ． but not 1.5 nor 1、2、3.
fn arabic_dot(input: &str, n: u32) -> Res<'_, Written> {
    let (rest, stop) = preceded(gap, any_of(['.', '．', '、', '﹒', '。'])).parse(input)?;
    if rest.starts_with(is_digit) {
        // 1.2025年底前 is a marker again: a fraction is no year.
        (verify(success(stop), |stop| !matches!(stop, '、' | '。')), take_while_m_n(4, 4, is_digit), char('年')).parse(rest)?;
    }
    Ok((rest, Written::new(MarkerStyle::ArabicDot, n)))
}

/// 1.1 and 1.1.1. Whether it is a marker or a number (3.5万亩) its place in the series tells.
fn decimal(mut rest: &str, first: u32) -> Res<'_, Written> {
    let (mut prefix, mut last, mut parts) = (0, first, 1);
    while let Ok((after, n)) = preceded(any_of(['.', '．']), verify(arabic, |n| *n < 100)).parse(rest) {
        (prefix, last, rest, parts) = (prefix * 100 + last, n, after, parts + 1);
        if parts > 4 {
            return Err(MISS);
        }
    }
    if parts == 1 || rest.starts_with(['%', '％', '万', '亿', '千', '百', '倍', '元', '个', '米', '公', '平', '吨', '~', '～', '-', '—', '：', ':'])
    {
        return Err(MISS);
    }
    let (rest, _) = opt(any_of(['.', '．', '、'])).parse(rest)?;
    Ok((rest, Written { prefix, ..Written::new(MarkerStyle::Decimal, last) }))
}

/// 第一章, 第3条. What follows must not make it a cross reference (第三条第四项, 第五条规定的).
fn classified(input: &str) -> Res<'_, Written> {
    let style = alt((
        value(MarkerStyle::Part, alt((tag("编"), tag("部分"), tag("篇")))),
        value(MarkerStyle::Chapter, tag("章")),
        value(MarkerStyle::Division, tag("节")),
        value(MarkerStyle::Article, tag("条")),
    ));
    let number = delimited(gap, alt((chinese_or_worn, arabic.map(|n| (n, false)))), gap);
    let (rest, ((n, damaged), style)) = preceded(char('第'), (number, style)).parse(input)?;
    let (rest, between) = opt(preceded(char('之'), chinese)).parse(rest)?;
    let spaced = skip_blank(rest).len() < rest.len();
    let word = ["项目", "款项", "和谐", "与会", "及时", "的士", "之江", "中央", "所有"].iter().any(|w| rest.starts_with(w));
    let refers = !word && rest.starts_with(['第', '款', '项', '的', '之', '至', '和', '与', '及', '或', '、', '，', ',', '；', ';', '）', ')', '》', '”'])
        || rest.starts_with("规定")
        || rest.starts_with("确定")
        || rest.starts_with("所列");
    if !spaced && refers {
        return Err(MISS);
    }
    let weak = !spaced && !word && rest.starts_with(['中', '所', '（', '(']);
    let (rest, _) = opt(any_of(['：', ':'])).parse(rest)?;
    Ok((rest, Written { weak, damaged, prefix: between.unwrap_or(0), ..Written::new(style, n) }))
}

/// A number with a figure right behind its point: 1. 5个村, 2、30户, 46.2所新校. Whether it is a marker its series tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BeforeDigit {
    pub(crate) number: u32,
    /// It may as well be a decimal fraction.
    pub(crate) fraction: bool,
    /// The characters of number and point, without what stands between them.
    pub(crate) chars: usize,
}

/// Reads one at the start of `input`.
pub(crate) fn before_digit(input: &str) -> Option<BeforeDigit> {
    let (rest, number) = arabic(input).ok().filter(|(_, n)| *n < 200)?;
    let digits = input.len() - rest.len();
    let digits = input[..digits].chars().count();
    let rest = skip_blank(rest);
    let stop = rest.chars().next().filter(|c| matches!(c, '.' | '．' | '、' | '﹒'))?;
    let after = &rest[stop.len_utf8()..];
    let figure = skip_blank(after);
    if !figure.starts_with(is_digit) {
        return None;
    }
    // 1、2、3号 and 1.2.3 list or cite.
    let after_digits = figure.trim_start_matches(is_digit);
    let glued = figure.len() == after.len();
    let more = after_digits.strip_prefix(['.', '．']).is_some_and(|s| s.starts_with(is_digit));
    let lists = after_digits.starts_with(['、', '，', ',', '至', '-', '—', '~']) && stop == '、' || glued && more;
    (!lists).then_some(BeforeDigit { number, fraction: glued && stop != '、', chars: digits + 1 })
}

/// A whole number before words: 1 总则, or 2组织体系 without a blank. Whether it opens a chapter the decimal series tells.
pub(crate) fn whole(input: &str) -> Option<(u32, usize)> {
    let (rest, n) = arabic(input).ok().filter(|(_, n)| *n < 50)?;
    let word = skip_blank(rest);
    let han = word.chars().next().is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) || c == '“');
    han.then_some((n, input.len() - rest.len()))
}

/// Whether a character can begin a marker; a cheap look before [`marker`].
pub(crate) fn may_begin(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '（' | '(' | '〔' | '﹙' | '第' | '-' | '－' | '—' | '①'..='⑳' | '❶'..='❿' | '⑴'..='⒇' | '⒈'..='⒛' | '㈠'..='㈩')
        || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '廿' | '卅')
}

/// The marker at the start of `input`, which has no indent.
pub(crate) fn marker(input: &str) -> Res<'_, Written> {
    let Some(first) = input.chars().next() else { return Err(MISS) };
    match first {
        '0'..='9' | '０'..='９' => headed_by_digits(input),
        '第' => classified(input),
        '①'..='⒛' | '❶'..='❿' | '㈠'..='㈩' => enclosed(input),
        '（' | '(' | '〔' | '﹙' => parenthesised(input),
        '-' | '－' | '—' => worn(input),
        c if digit_value(c).is_some() || "十百廿卅".contains(c) => headed_by_chinese(input),
        _ => Err(MISS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MarkerStyle::*;

    #[test]
    fn spellings() {
        for (text, style, number, rest) in [
            ("一、总体", CnComma, 1, "总体"),
            ("六.加强", CnComma, 6, "加强"),
            ("十二、x", CnComma, 12, "x"),
            ("三 、配套", CnComma, 3, "配套"),
            ("一、二手房", CnComma, 1, "二手房"),
            ("三、四川", CnComma, 3, "四川"),
            ("(一)加强", CnParen, 1, "加强"),
            ("（ 二 ）加强", CnParen, 2, "加强"),
            ("（三)、加强", CnParen, 3, "加强"),
            ("三十六)加强", CnParen, 36, "加强"),
            ("㈠加强", CnParen, 1, "加强"),
            ("1.强化", ArabicDot, 1, "强化"),
            ("１．强化", ArabicDot, 1, "强化"),
            ("10、强化", ArabicDot, 10, "强化"),
            ("1.2025年底前", ArabicDot, 1, "2025年底前"),
            ("⒈强化", ArabicDot, 1, "强化"),
            ("(1)a", ArabicParen, 1, "a"),
            ("2）a", ArabicParen, 2, "a"),
            ("⑴a", ArabicParen, 1, "a"),
            ("③a", Circled, 3, "a"),
            ("1.1 总则", Decimal, 1, " 总则"),
            ("2.3.4总则", Decimal, 4, "总则"),
            ("第一章　总则", Chapter, 1, "　总则"),
            ("第 2 章 总则", Chapter, 2, " 总则"),
            ("第二节 总则", Division, 2, " 总则"),
            ("第十条 为了", Article, 10, " 为了"),
            ("第一条为加强", Article, 1, "为加强"),
            ("第一部分 概况", Part, 1, " 概况"),
            ("第十条项目资金", Article, 10, "项目资金"),
            ("第十七条之一 拒不", Article, 17, " 拒不"),
        ] {
            let (left, m) = marker(text).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!((m.style, m.number, left), (style, Some(number), rest), "{text}");
        }
    }

    #[test]
    fn before_a_figure() {
        let of = |text: &str| before_digit(text).map(|b| (b.number, b.fraction, b.chars));
        assert_eq!(of("1. 5个村"), Some((1, false, 2)));
        assert_eq!(of("1、30户"), Some((1, false, 2)));
        assert_eq!(of("46.2所新校"), Some((46, true, 3)));
        assert_eq!([of("1、2、3号"), of("1.清理"), of("1.2.3"), of("5个村")], [None; 4]);
        assert_eq!((whole("1 总则"), whole("1总则"), whole("1 2")), (Some((1, 1)), Some((1, 1)), None));
    }

    #[test]
    fn what_only_looks_numbered() {
        for text in [
            "2023年，",
            "12345热线",
            "3.5万亩",
            "2月24日",
            "一、二审案件",
            "1、2、3号",
            "第三条第四项规定",
            "第三条所列情形",
            "第五条规定的",
            "一是",
            "第一，",
            "二〇二四年",
            "1.5倍",
            "（2023）",
            "三年行动",
            "一方面",
            "十四五",
        ] {
            assert!(marker(text).is_err(), "{text} {:?}", marker(text));
        }
    }
}
