//! Numbering markers at the head of a line: 一、 (一) 1. (1) ① 1.1 第一章 第一条.

use super::numeral::{digit_value, numeral};
use super::{Res, any_of};
use crate::MarkerStyle;
use crate::view::skip_blank;
use nom::{
    Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n},
    character::complete::{anychar, char},
    combinator::{map_opt, not, opt, peek, recognize, value, verify},
    sequence::{delimited, preceded, terminated},
};

/// A marker as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) style: MarkerStyle,
    /// `None` where copying lost it: `()`.
    pub(crate) number: Option<u32>,
    /// A bracket or the number is missing.
    pub(crate) damaged: bool,
    /// What follows may make it a cross reference; only its place in the series can tell.
    pub(crate) weak: bool,
    /// Of 1.2.3 the numbers before the last, as one: 1.2 is 102. Zero for other styles.
    pub(crate) prefix: u32,
}

impl Written {
    fn new(style: MarkerStyle, number: u32) -> Self {
        Self { style, number: Some(number), damaged: false, weak: false, prefix: 0 }
    }
}

/// Blanks between the parts of a marker.
fn gap(input: &str) -> Res<'_, ()> {
    Ok((skip_blank(input), ()))
}

/// A Chinese numeral that can number something: 1 to 999, in its ordinary spelling (二十一, not 二一).
fn chinese(input: &str) -> Res<'_, u32> {
    let (rest, n) = numeral(input)?;
    let written = &input[..input.len() - rest.len()];
    let digit_by_digit = written.chars().count() > 1 && !written.contains(['十', '百', '廿', '卅']);
    let ok = (1..=999).contains(&n) && !digit_by_digit && !written.starts_with(['零', '〇', '两']);
    if ok { Ok((rest, n as u32)) } else { Err(nom::Err::Error(())) }
}

/// One to three digits, of either width.
fn arabic(input: &str) -> Res<'_, u32> {
    let digits = take_while_m_n(1, 3, |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let read = |s: &str| {
        s.chars().try_fold(0u32, |n, c| {
            let d = c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32))?;
            Some(n * 10 + d)
        })
    };
    let (rest, n) = verify(map_opt(digits, read), |n| *n > 0).parse(input)?;
    let (rest, ()) = not(any_of(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '０', '１', '２', '３', '４', '５', '６', '７', '８', '９'])).parse(rest)?;
    Ok((rest, n))
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

/// (一) （1） and, with the opening bracket lost, 一) 1）; with the number lost, ().
fn parenthesised(input: &str) -> Res<'_, Written> {
    let number = alt((chinese.map(|n| (MarkerStyle::CnParen, n)), verify(arabic, |n| *n < 100).map(|n| (MarkerStyle::ArabicParen, n))));
    let whole = (opt(open), gap, number, gap, close)
        .map(|(open, (), (style, n), (), _)| Written { damaged: open.is_none() && style == MarkerStyle::CnParen, ..Written::new(style, n) });
    let empty = value(Written { style: MarkerStyle::CnParen, number: None, damaged: true, weak: false, prefix: 0 }, (open, gap, close));
    // (一)、 is written too.
    terminated(alt((whole, empty)), opt(preceded(gap, any_of(['、', '．'])))).parse(input)
}

/// 一、 and, less often, 一． or 一：
fn cn_comma(input: &str) -> Res<'_, Written> {
    let (rest, n) = chinese(input)?;
    let (rest, stop) = preceded(gap, any_of(['、', '.', '．', '：', ':', '﹑'])).parse(rest)?;
    if matches!(stop, '：' | ':') && skip_blank(rest).is_empty() {
        return Err(nom::Err::Error(()));
    }
    // 一、二审 and 二、三级 count two things and open nothing.
    if let Ok((after, m)) = chinese(rest)
        && m == n + 1
        && after.starts_with(COUNTED)
    {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, Written::new(MarkerStyle::CnComma, n)))
}

/// What two numerals joined by 、 count: 一、二审 二、三级医院 一、二、三产业.
const COUNTED: &[char] = &['审', '级', '类', '等', '期', '季', '批', '号', '线', '环', '、', '层', '次', '产', '档', '年', '月'];

/// 1. 1、 1． but not 1.5 nor 1、2、3.
fn arabic_dot(input: &str) -> Res<'_, Written> {
    let (rest, n) = arabic(input)?;
    let (rest, stop) = preceded(gap, any_of(['.', '．', '、', '﹒', '。'])).parse(rest)?;
    let digit = any_of(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '０', '１', '２', '３', '４', '５', '６', '７', '８', '９']);
    // 1.2025年底前 is a marker again: a fraction is no year.
    let year = (take_while_m_n(4, 4, |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)), char('年'));
    if stop == '、' || stop == '。' {
        let (rest, ()) = not(digit).parse(rest)?;
        return Ok((rest, Written::new(MarkerStyle::ArabicDot, n)));
    }
    let (rest, ()) = alt((value((), peek(year)), not(digit))).parse(rest)?;
    Ok((rest, Written::new(MarkerStyle::ArabicDot, n)))
}

/// 1.1 and 1.1.1. Whether it is a marker or a number (3.5万亩) its place in the series tells.
fn decimal(input: &str) -> Res<'_, Written> {
    let (mut rest, first) = verify(arabic, |n| *n < 100).parse(input)?;
    let (mut prefix, mut last, mut parts) = (0, first, 1);
    while let Ok((after, n)) = preceded(any_of(['.', '．']), verify(arabic, |n| *n < 100)).parse(rest) {
        (prefix, last, rest, parts) = (prefix * 100 + last, n, after, parts + 1);
        if parts > 4 {
            return Err(nom::Err::Error(()));
        }
    }
    if parts == 1 || rest.starts_with(['%', '％', '万', '亿', '千', '百', '倍', '元', '个', '米', '公', '平', '吨', '~', '～', '-', '—', '：', ':'])
    {
        return Err(nom::Err::Error(()));
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
    let number = delimited(gap, alt((chinese, arabic)), gap);
    let (rest, (n, style)) = preceded(char('第'), (number, style)).parse(input)?;
    let (rest, _) = opt(recognize((char('之'), chinese))).parse(rest)?;
    let spaced = skip_blank(rest).len() < rest.len();
    let refers = rest.starts_with(['第', '款', '项', '的', '之', '至', '和', '与', '及', '或', '、', '，', ',', '；', ';', '）', ')', '》', '”'])
        || rest.starts_with("规定")
        || rest.starts_with("确定");
    if !spaced && refers {
        return Err(nom::Err::Error(()));
    }
    let weak = !spaced && rest.starts_with(['中', '所', '（', '(']);
    let (rest, _) = opt(any_of(['：', ':'])).parse(rest)?;
    Ok((rest, Written { weak, ..Written::new(style, n) }))
}

/// Whether a character can begin a marker; a cheap look before [`marker`].
pub(crate) fn may_begin(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '（' | '(' | '〔' | '﹙' | '第' | '①'..='⑳' | '❶'..='❿' | '⑴'..='⒇' | '⒈'..='⒛' | '㈠'..='㈩')
        || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '廿' | '卅')
}

/// The marker at the start of `input`, which has no indent.
pub(crate) fn marker(input: &str) -> Res<'_, Written> {
    let Some(first) = input.chars().next() else { return Err(nom::Err::Error(())) };
    match first {
        '0'..='9' | '０'..='９' => alt((parenthesised, decimal, arabic_dot)).parse(input),
        '第' => classified(input),
        '①'..='⒛' | '❶'..='❿' | '㈠'..='㈩' => enclosed(input),
        '（' | '(' | '〔' | '﹙' => parenthesised(input),
        c if digit_value(c).is_some() || "十百廿卅".contains(c) => alt((parenthesised, cn_comma)).parse(input),
        _ => Err(nom::Err::Error(())),
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
        ] {
            let (left, m) = marker(text).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!((m.style, m.number, left), (style, Some(number), rest), "{text}");
        }
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
