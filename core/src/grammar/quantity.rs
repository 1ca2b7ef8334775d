//! Amounts: 1,234 · 40.9万余 · 三百多 · 十七八 · 百分之八十 · 三分之一. Value and hedge, no unit.

use super::Res;
use super::numeral::{cardinal, digit_value};
use nom::{
    Parser,
    branch::alt,
    bytes::complete::{tag, take_while, take_while1},
    character::complete::{anychar, char, one_of},
    combinator::{map_opt, opt, recognize, verify},
    sequence::{pair, preceded},
};
use rust_decimal::Decimal;

/// Digits that a decimal holds exactly with room to multiply; what is longer is a code, no amount.
const MAX_DIGITS: usize = 15;

/// How an amount is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// Digits, with or without 万.
    Arabic,
    /// Chinese numerals.
    Chinese,
    /// A multiplier alone: 百, 千, 万亿.
    Bare,
}

/// What kind of number is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A plain number.
    Plain,
    /// 百分之八十: a per cent with its unit before the number.
    Percent,
    /// 三分之一
    Fraction,
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) value: Decimal,
    /// The upper end of 七八.
    pub(crate) high: Option<Decimal>,
    /// Multiplier written behind the number, 1 without one.
    pub(crate) scale: Decimal,
    /// 余 or 多 follows.
    pub(crate) over: bool,
    pub(crate) script: Script,
    pub(crate) form: Form,
}

fn ten_to(exponent: u32) -> Decimal {
    Decimal::from(10u64.pow(exponent))
}

/// One multiplier. 千瓦, 千克, 千米, 千伏, 百分 and the like begin a unit, and are none.
fn multiplier(input: &str) -> Res<'_, u32> {
    let (rest, exponent) = map_opt(anychar, |c| match c {
        '十' => Some(1),
        '百' => Some(2),
        '千' => Some(3),
        '万' => Some(4),
        '亿' => Some(8),
        _ => None,
    })
    .parse(input)?;
    let unit = match exponent {
        3 => rest.starts_with(['瓦', '克', '米', '伏', '卡', '焦', '帕']),
        2 => rest.starts_with(['分', '帕', '瓦']),
        _ => false,
    };
    if unit { Err(nom::Err::Error(())) } else { Ok((rest, exponent)) }
}

/// 万亿, 千万: what follows a number and multiplies it.
fn multipliers(input: &str) -> Res<'_, Decimal> {
    let (mut rest, mut sum) = multiplier(input)?;
    for _ in 0..3 {
        let Ok((after, exponent)) = multiplier(rest) else {
            break;
        };
        (rest, sum) = (after, sum + exponent);
    }
    if sum > 16 { Err(nom::Err::Error(())) } else { Ok((rest, ten_to(sum))) }
}

/// 余, 多 or 来 behind a number.
fn more(input: &str) -> Res<'_, char> {
    one_of("余多来").parse(input)
}

fn digits(input: &str) -> Res<'_, &str> {
    take_while1(|c: char| c.is_ascii_digit()).parse(input)
}

/// `grouped := d{1,3} ( [,，] ddd )+`
fn grouped(input: &str) -> Res<'_, &str> {
    let (mut rest, _) = verify(digits, |d: &str| d.len() <= 3).parse(input)?;
    let mut any = false;
    while let Ok((after, group)) = preceded(one_of(",，"), digits).parse(rest) {
        if group.len() != 3 {
            break;
        }
        (rest, any) = (after, true);
    }
    if any { Ok((rest, &input[..input.len() - rest.len()])) } else { Err(nom::Err::Error(())) }
}

/// `decimal := ( grouped | digits ) [ '.' digits ]`
pub(crate) fn decimal(input: &str) -> Res<'_, Decimal> {
    let (rest, text) = recognize(pair(alt((grouped, digits)), opt(pair(char('.'), digits)))).parse(input)?;
    let (mut mantissa, mut scale, mut seen, mut count) = (0i64, 0u32, false, 0);
    for b in text.bytes() {
        match b {
            b'0'..=b'9' => {
                count += 1;
                if count > MAX_DIGITS {
                    return Err(nom::Err::Failure(()));
                }
                mantissa = mantissa * 10 + i64::from(b - b'0');
                scale += u32::from(seen);
            }
            b'.' => seen = true,
            _ => {}
        }
    }
    Ok((rest, Decimal::new(mantissa, scale)))
}

/// `tail := [more] multipliers [more] | [more]`
fn tail(input: &str) -> (&str, Decimal, bool) {
    let (rest, first) = match more(input) {
        Ok((rest, _)) => (rest, true),
        Err(_) => (input, false),
    };
    match multipliers(rest) {
        Ok((rest, scale)) => match more(rest) {
            Ok((rest, _)) => (rest, scale, true),
            Err(_) => (rest, scale, first),
        },
        Err(_) => (rest, Decimal::ONE, first),
    }
}

fn scaled(input: &str, value: Decimal, high: Option<Decimal>, script: Script) -> Option<(&str, Amount)> {
    let (rest, scale, over) = tail(input);
    let value = value.checked_mul(scale)?.normalize();
    let high = match high {
        Some(high) => Some(high.checked_mul(scale)?.normalize()),
        None => None,
    };
    Some((rest, Amount { value, high, scale, over, script, form: Form::Plain }))
}

/// 1,234 · 1.35万 · 500余万
fn arabic(input: &str) -> Res<'_, Amount> {
    let (rest, value) = decimal(input)?;
    scaled(rest, value, None, Script::Arabic).ok_or(nom::Err::Failure(()))
}

/// 三点五
fn point(input: &str) -> Res<'_, Decimal> {
    let (rest, text) = preceded(char('点'), take_while1(|c: char| digit_value(c).is_some())).parse(input)?;
    let digits = text.chars().filter_map(digit_value);
    let (value, scale) = digits.fold((0u64, 0u32), |(n, s), d| (n.saturating_mul(10).saturating_add(d), s + 1));
    if scale > 9 { Err(nom::Err::Failure(())) } else { Ok((rest, Decimal::new(value as i64, scale))) }
}

/// 三百多 · 二十余万 · 三点五亿 · 七八 · 两三百
fn chinese(input: &str) -> Res<'_, Amount> {
    let bare = input.starts_with(['百', '千', '万', '亿']);
    let (rest, value) = if bare {
        let (rest, value) = multipliers(input)?;
        (rest, value)
    } else {
        let (rest, value) = whole(input)?;
        (rest, Decimal::from(value))
    };
    if bare {
        let (rest, over) = match more(rest) {
            Ok((rest, _)) => (rest, true),
            Err(_) => (rest, false),
        };
        // 万三千 is no number.
        if rest.starts_with(|c| digit_value(c).is_some()) {
            return Err(nom::Err::Error(()));
        }
        let amount = Amount { value, high: None, scale: value, over, script: Script::Bare, form: Form::Plain };
        return Ok((rest, amount));
    }
    if let Ok((rest, fraction)) = point(rest) {
        return scaled(rest, value + fraction, None, Script::Chinese).ok_or(nom::Err::Failure(()));
    }
    // 七八个, 十七八个, 两三百: the next digit after a digit makes a range of the two.
    let ones = value % Decimal::TEN;
    let next = rest.chars().next().and_then(digit_value).map(Decimal::from);
    if let Some(next) = next {
        let after = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
        if next != ones + Decimal::ONE && !(ones == Decimal::from(3) && next == Decimal::from(5)) || ones.is_zero() {
            return Err(nom::Err::Error(()));
        }
        if after.starts_with(|c| digit_value(c).is_some()) {
            return Err(nom::Err::Error(()));
        }
        let high = value - ones + next;
        return scaled(after, value, Some(high), Script::Chinese).ok_or(nom::Err::Failure(()));
    }
    scaled(rest, value, None, Script::Chinese).ok_or(nom::Err::Failure(()))
}

/// A cardinal that leaves a multiplier which it cannot take (二十余万) to the tail.
fn whole(input: &str) -> Res<'_, u64> {
    let (rest, value) = cardinal(input)?;
    Ok((rest, value))
}

/// 百分之八十, 百分之80
fn percent(input: &str) -> Res<'_, Amount> {
    let (rest, inner) = preceded(tag("百分之"), alt((arabic, chinese))).parse(input)?;
    Ok((rest, Amount { form: Form::Percent, ..inner }))
}

/// 三分之一
fn fraction(input: &str) -> Res<'_, Amount> {
    let (rest, (below, _, above)) = (whole, tag("分之"), whole).parse(input)?;
    let value = Decimal::from(above).checked_div(Decimal::from(below)).ok_or(nom::Err::Error(()))?;
    let amount = Amount { value, high: None, scale: Decimal::ONE, over: false, script: Script::Chinese, form: Form::Fraction };
    Ok((rest, amount))
}

/// An amount in any spelling.
pub(crate) fn amount(input: &str) -> Res<'_, Amount> {
    if input.starts_with(|c: char| c.is_ascii_digit()) {
        return arabic(input);
    }
    if input.starts_with("百分之") {
        return percent(input);
    }
    alt((fraction, chinese)).parse(input)
}

/// The characters an amount may go on with: where to look on after a run that is no amount.
pub(crate) fn run(input: &str) -> usize {
    let (rest, _) =
        match take_while::<_, _, ()>(|c: char| c.is_ascii_digit() || digit_value(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿' | '廿' | '卅'))
            .parse(input)
        {
            Ok(parts) => parts,
            Err(_) => (input, ""),
        };
    input.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (text, value, rest, over) in [
            ("677件", "677", "件", false),
            ("1,234件", "1234", "件", false),
            ("1，234，567元", "1234567", "元", false),
            ("1.35万人", "13500", "人", false),
            ("40.9万余件", "409000", "件", true),
            ("500余万人次", "5000000", "人次", true),
            ("1.2万亿元", "1200000000000", "元", false),
            ("3千瓦", "3", "千瓦", false),
            ("1000千瓦时", "1000", "千瓦时", false),
            ("1.5个百分点", "1.5", "个百分点", false),
            ("三百多家", "300", "家", true),
            ("二十余万人", "200000", "人", true),
            ("十余次", "10", "次", true),
            ("千余场", "1000", "场", true),
            ("三点五亿元", "350000000", "元", false),
            ("一百五十二件", "152", "件", false),
            ("百分之八十以上", "80", "以上", false),
            ("百分之85", "85", "", false),
            ("两百万元", "2000000", "元", false),
        ] {
            let (left, amount) = amount(text).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!((amount.value, left, amount.over), (value.parse().unwrap(), rest, over), "{text}");
        }
        let (_, amount) = super::amount("十七八个").unwrap();
        assert_eq!((amount.value, amount.high), (Decimal::from(17), Some(Decimal::from(18))));
        let (_, amount) = super::amount("两三百人").unwrap();
        assert_eq!((amount.value, amount.high), (Decimal::from(200), Some(Decimal::from(300))));
        for text in ["1234567890123456件", "二〇二四年", "余家"] {
            assert!(super::amount(text).is_err(), "{text}");
        }
    }
}
