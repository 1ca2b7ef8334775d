//! Amounts: 1,234 · 40.9万余 · 三百多 · 十七八 · 百分之八十 · 三分之一. Value and hedge, no unit.

use super::numeral::{cardinal, digit_value};
use super::{MISS, Res};
use crate::scan::{Class, class};
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
    /// The multiplier written behind the number, as a power of ten: 4 of 1.35万.
    pub(crate) exponent: u32,
    /// 余 or 多 follows.
    pub(crate) over: bool,
    pub(crate) script: Script,
    pub(crate) form: Form,
}

/// It is a number, and none that can be held: nothing else is to be tried.
const TOO_MUCH: nom::Err<()> = nom::Err::Failure(());

/// One multiplier. 千瓦, 千克, 千米, 千伏, 百分 and the like begin a unit, and are none.
fn multiplier(input: &str) -> Option<(&str, u32)> {
    let mut chars = input.chars();
    let exponent = match chars.next()? {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        _ => return None,
    };
    let rest = chars.as_str();
    let unit = match exponent {
        3 => rest.starts_with(['瓦', '克', '米', '伏', '卡', '焦', '帕']),
        2 => rest.starts_with(['分', '帕', '瓦']),
        _ => false,
    };
    (!unit).then_some((rest, exponent))
}

/// 万亿, 千万: what follows a number and multiplies it, as a power of ten.
fn multipliers(input: &str) -> Option<(&str, u32)> {
    let (mut rest, mut sum) = multiplier(input)?;
    for _ in 0..3 {
        let Some((after, exponent)) = multiplier(rest) else { break };
        (rest, sum) = (after, sum + exponent);
    }
    (sum <= 16).then_some((rest, sum))
}

/// 余, 多 or 来 behind a number.
fn more(input: &str) -> Option<&str> {
    input.strip_prefix(['余', '多', '来'])
}

/// The value of `digits`, of which so many stand behind the point, times a power of ten; none where it is too large.
fn value_of(mut digits: u64, mut places: u32, exponent: u32) -> Option<Decimal> {
    let zeros = exponent.saturating_sub(places);
    places = places.saturating_sub(exponent);
    while places > 0 && digits.is_multiple_of(10) {
        (digits, places) = (digits / 10, places - 1);
    }
    match i64::try_from(digits) {
        Ok(digits) if zeros == 0 => Some(Decimal::new(digits, places)),
        _ => Decimal::try_from_i128_with_scale(i128::from(digits) * 10i128.pow(zeros), places).ok(),
    }
}

/// The number of digits at the start of a text.
fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The length of a comma between groups at the start of a text.
fn comma(bytes: &[u8]) -> usize {
    match bytes {
        [b',', ..] => 1,
        [0xEF, 0xBC, 0x8C, ..] => '，'.len_utf8(),
        _ => 0,
    }
}

/// `decimal := ( d{1,3} ( [,，] ddd )+ | digits ) [ '.' digits ]`: its digits, and how many stand behind the point.
fn decimal(input: &str) -> Res<'_, (u64, u32)> {
    let bytes = input.as_bytes();
    let mut end = digits(bytes);
    if end == 0 {
        return Err(MISS);
    }
    if end <= 3 {
        loop {
            let comma = comma(&bytes[end..]);
            if comma == 0 || digits(&bytes[end + comma..]) != 3 {
                break;
            }
            end += comma + 3;
        }
    }
    let places = if bytes.get(end) == Some(&b'.') { digits(&bytes[end + 1..]) } else { 0 };
    if places > 0 {
        end += 1 + places;
    }
    let (mut value, mut count) = (0u64, 0);
    for digit in bytes[..end].iter().filter(|b| b.is_ascii_digit()) {
        count += 1;
        if count > MAX_DIGITS {
            return Err(TOO_MUCH);
        }
        value = value * 10 + u64::from(digit - b'0');
    }
    Ok((&input[end..], (value, places as u32)))
}

/// `tail := [more] multipliers [more] | [more]`: the power of ten, and whether there is more.
fn tail(input: &str) -> (&str, u32, bool) {
    if !input.starts_with(|c| class(c) == Class::Numeral || matches!(c, '余' | '多' | '来')) {
        return (input, 0, false);
    }
    let (rest, first) = more(input).map_or((input, false), |rest| (rest, true));
    match multipliers(rest) {
        Some((rest, exponent)) => more(rest).map_or((rest, exponent, first), |rest| (rest, exponent, true)),
        None => (rest, 0, first),
    }
}

/// A number with its tail.
fn scaled(input: &str, (digits, places): (u64, u32), high: Option<u64>, script: Script) -> Res<'_, Amount> {
    let (rest, exponent, over) = tail(input);
    let value = value_of(digits, places, exponent).ok_or(TOO_MUCH)?;
    let high = high.map(|high| value_of(high, 0, exponent).ok_or(TOO_MUCH)).transpose()?;
    Ok((rest, Amount { value, high, exponent, over, script, form: Form::Plain }))
}

/// 1,234 · 1.35万 · 500余万
fn arabic(input: &str) -> Res<'_, Amount> {
    let (rest, number) = decimal(input)?;
    scaled(rest, number, None, Script::Arabic)
}

/// 三点五: what follows 点, and how many digits it has.
fn point(input: &str) -> Option<(&str, u64, u32)> {
    let mut rest = input.strip_prefix('点')?;
    let (mut value, mut places) = (0u64, 0);
    while let Some((digit, c)) = rest.chars().next().and_then(|c| Some((digit_value(c)?, c))) {
        (value, places) = (value.saturating_mul(10).saturating_add(digit), places + 1);
        rest = &rest[c.len_utf8()..];
    }
    (1..=9).contains(&places).then_some((rest, value, places))
}

/// A multiplier that stands alone: 百余, 千余万. 万三千 is no number.
fn bare(input: &str) -> Res<'_, Amount> {
    let (rest, exponent) = multipliers(input).ok_or(MISS)?;
    let (rest, over) = more(rest).map_or((rest, false), |rest| (rest, true));
    if rest.starts_with(|c| digit_value(c).is_some()) {
        return Err(MISS);
    }
    let value = Decimal::from(10u64.pow(exponent));
    Ok((rest, Amount { value, high: None, exponent, over, script: Script::Bare, form: Form::Plain }))
}

/// 三百多 · 二十余万 · 三点五亿 · 七八 · 两三百, where `whole` is the cardinal it begins with.
fn chinese<'s>(input: &'s str, whole: Res<'s, u64>) -> Res<'s, Amount> {
    if input.starts_with(['百', '千', '万', '亿']) {
        return bare(input);
    }
    let (rest, value) = whole?;
    if let Some((rest, fraction, places)) = point(rest) {
        let digits = value.checked_mul(10u64.pow(places)).and_then(|whole| whole.checked_add(fraction)).ok_or(TOO_MUCH)?;
        return scaled(rest, (digits, places), None, Script::Chinese);
    }
    // 七八个, 十七八个, 两三百: the next digit after a digit makes a range of the two.
    let ones = value % 10;
    let mut chars = rest.chars();
    if let Some(next) = chars.next().and_then(digit_value) {
        let after = chars.as_str();
        if next != ones + 1 && !(ones == 3 && next == 5) || ones == 0 || after.starts_with(|c| digit_value(c).is_some()) {
            return Err(MISS);
        }
        return scaled(after, (value, 0), Some(value - ones + next), Script::Chinese);
    }
    scaled(rest, (value, 0), None, Script::Chinese)
}

/// 80 and 八十 of 百分之80 and 百分之八十.
fn percent(input: &str) -> Res<'_, Amount> {
    let number = if input.starts_with(|c: char| c.is_ascii_digit()) { arabic(input) } else { chinese(input, cardinal(input)) };
    number.map(|(rest, amount)| (rest, Amount { form: Form::Percent, ..amount }))
}

/// 分之一 of 三分之一.
fn fraction(input: &str, below: u64) -> Option<(&str, Amount)> {
    let (rest, above) = cardinal(input.strip_prefix("分之")?).ok()?;
    let value = Decimal::from(above).checked_div(Decimal::from(below))?;
    Some((rest, Amount { value, high: None, exponent: 0, over: false, script: Script::Chinese, form: Form::Fraction }))
}

/// An amount in any spelling.
pub(crate) fn amount(input: &str) -> Res<'_, Amount> {
    if input.starts_with(|c: char| c.is_ascii_digit()) {
        return arabic(input);
    }
    if let Some(number) = input.strip_prefix("百分之") {
        return percent(number);
    }
    let whole = cardinal(input);
    match whole.as_ref().ok().and_then(|(rest, below)| fraction(rest, *below)) {
        Some(fraction) => Ok(fraction),
        None => chinese(input, whole),
    }
}

/// The characters an amount may go on with: where to look on after a run that is no amount.
pub(crate) fn run(input: &str) -> usize {
    let goes_on = |c: char| c.is_ascii_digit() || digit_value(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿' | '廿' | '卅');
    input.find(|c| !goes_on(c)).unwrap_or(input.len())
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
