//! Amounts: 1,234 · 2亿4千万 · 40.9万余 · 三百多 · 十七八 · 百分之零点九 · 三分之一 · 3 500. Value and hedge, no unit.

use super::numeral::{POINT, cardinal, digit_value, power};
use super::{MISS, Res};
use crate::scan::{Class, class};
use rust_decimal::Decimal;

/// Digits behind the point that a fraction keeps: more than JSON's doubles tell apart.
const FRACTION_DIGITS: u32 = 20;

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

/// What stands before a per cent that has its unit before it.
pub(crate) const PER_CENT: &str = "百分之";

/// What kind of number is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A plain number.
    Plain,
    /// 百分之八十: a per cent with its unit before the number.
    Percent,
    /// 三分之一, 万分之2.4, 1/3
    Fraction,
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) value: Decimal,
    /// The upper end of 七八.
    pub(crate) high: Option<Decimal>,
    /// The multiplier written at the number's end, as a power of ten: 4 of 1.35万 and of 三万. A range shares it.
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
    let exponent = power(chars.next()?)?;
    let rest = chars.as_str();
    let unit = match exponent {
        3 => rest.starts_with(['瓦', '克', '米', '伏', '卡', '焦', '帕']),
        2 => rest.starts_with(['分', '帕', '瓦']),
        _ => false,
    };
    (!unit).then_some((rest, exponent))
}

/// 万亿, 千万: what follows a number and multiplies it, as a power of ten, and how much of that is 万 and 亿.
fn multipliers(input: &str) -> Option<(&str, u32, u32)> {
    let big = |exponent: u32| if exponent >= 4 { exponent } else { 0 };
    let (mut rest, mut sum) = multiplier(input)?;
    let mut great = big(sum);
    for _ in 0..3 {
        let Some((after, exponent)) = multiplier(rest) else { break };
        (rest, sum, great) = (after, sum + exponent, great + big(exponent));
    }
    (sum <= 16).then_some((rest, sum, great))
}

/// What says behind a number that there is more of it.
pub(crate) fn is_more(c: char) -> bool {
    matches!(c, '余' | '餘' | '多' | '来' | '來')
}

/// 余, 多 or 来 behind a number.
fn more(input: &str) -> Option<&str> {
    input.strip_prefix(is_more)
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
        _ => Decimal::try_from_i128_with_scale(i128::from(digits).checked_mul(10i128.checked_pow(zeros)?)?, places).ok(),
    }
}

/// The number of digits at the start of a text.
fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The commas that group digits.
const COMMAS: [&[u8]; 2] = [b",", "，".as_bytes()];

/// The length of the groups of three, each behind the same `comma`, at the start of a text: no more of them than make the
/// number too long, for a list 101,102,103… is asked at each of its numbers.
fn groups(bytes: &[u8], comma: &[u8]) -> usize {
    let mut end = 0;
    while end <= MAX_DIGITS * (comma.len() + 3) && bytes[end..].starts_with(comma) && digits(&bytes[end + comma.len()..]) == 3 {
        end += comma.len() + 3;
    }
    end
}

/// `decimal := ( d{1,3} ( comma ddd )+ | d{1,3} ( ' ' ddd )+ | d ( ' ' d )+ | digits ) [ '.' digits ]`: its digits, and
/// how many stand behind the point. Its commas are all of one width: 45,000，300 are two numbers. Digits that blanks
/// set apart in another way are none that could be told: see [`scattered`].
fn decimal(input: &str) -> Res<'_, (u64, u32)> {
    let bytes = input.as_bytes();
    let mut end = digits(bytes);
    if end == 0 {
        return Err(MISS);
    }
    match bytes.get(end) {
        Some(b' ') => match blanks(bytes) {
            Some((len, true)) => end = len,
            Some((_, false)) => return Err(TOO_MUCH),
            None => {}
        },
        Some(b',' | 0xEF) if end <= 3 => end += COMMAS.iter().map(|comma| groups(&bytes[end..], comma)).max().unwrap_or(0),
        _ => {}
    }
    // 4.3, and 4·3 of older prints.
    let point = match bytes.get(end) {
        Some(b'.') => 1,
        Some(0xC2) if bytes.get(end + 1) == Some(&0xB7) => "·".len(),
        _ => 0,
    };
    let places = if point > 0 { digits(&bytes[end + point..]) } else { 0 };
    if places > 0 {
        end += point + places;
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

/// Digits with single blanks between them: how far they reach, and whether they are one number (3 500, 3 0 0). None
/// where no blank stands, or where the first group is too long to be one: it is a number by itself.
fn blanks(bytes: &[u8]) -> Option<(usize, bool)> {
    let first = digits(bytes);
    if first > 3 {
        return None;
    }
    let mut end = first;
    let (mut count, mut threes, mut ones) = (0, true, first == 1);
    while bytes.get(end) == Some(&b' ') && digits(&bytes[end + 1..]) > 0 {
        let group = digits(&bytes[end + 1..]);
        (threes, ones) = (threes && group == 3, ones && group == 1);
        end += 1 + group;
        count += 1;
    }
    let one = (threes && bytes.first() != Some(&b'0') || ones && count > 1) && count <= MAX_DIGITS;
    (count > 0).then_some((end, one))
}

/// The length of digits that blanks have set apart so that it cannot be told which number they are (12 5, 1 50): what
/// follows them must not be read with the last of them alone.
pub(crate) fn scattered(input: &str) -> Option<usize> {
    blanks(input.as_bytes()).and_then(|(len, one)| (!one).then_some(len))
}

/// `tail := [more] multipliers [more] | [more]`: the power of ten, how much of it is 万 and 亿, and whether there is more.
fn tail(input: &str) -> (&str, u32, u32, bool) {
    if !input.starts_with(|c| class(c) == Class::Numeral || is_more(c) || c == '拾') {
        return (input, 0, 0, false);
    }
    let (rest, first) = more(input).map_or((input, false), |rest| (rest, true));
    match multipliers(rest) {
        Some((rest, exponent, great)) => more(rest).map_or((rest, exponent, great, first), |rest| (rest, exponent, great, true)),
        None => (rest, 0, 0, first),
    }
}

/// A number with its tail.
fn scaled(input: &str, (digits, places): (u64, u32), high: Option<u64>, script: Script) -> Res<'_, Amount> {
    let (rest, exponent, _, over) = tail(input);
    let value = value_of(digits, places, exponent).ok_or(TOO_MUCH)?;
    let high = high.map(|high| value_of(high, 0, exponent).ok_or(TOO_MUCH)).transpose()?;
    Ok((rest, Amount { value, high, exponent, over, script, form: Form::Plain }))
}

/// `arabic := decimal tail ( decimal tail )*`, where each term is less than what the one before is counted in:
/// 1,234 · 1.35万 · 500余万 · 2亿4千万 · 1万600 · 5千8百万.
fn arabic(input: &str) -> Res<'_, Amount> {
    let (rest, (digits, places)) = decimal(input)?;
    let (mut rest, mut exponent, mut great, mut over) = tail(rest);
    let first = value_of(digits, places, exponent).ok_or(TOO_MUCH)?;
    if exponent == 0 {
        return Ok((rest, Amount { value: first, high: None, exponent, over, script: Script::Arabic, form: Form::Plain }));
    }
    // What is counted in full, and what a 万 or 亿 to come would multiply: the 5千 of 5千8百万.
    let (mut total, mut open) = if great > 0 { (first, Decimal::ZERO) } else { (Decimal::ZERO, first) };
    while exponent > 0 && places == 0 && !over {
        let Some((after, term)) = lower(rest, exponent, great, !open.is_zero()) else { break };
        let Some(group) = value_of(term.digits, 0, term.exponent - term.great).and_then(|v| v.checked_add(open)) else { break };
        let Some(sum) = value_of(1, 0, term.great).and_then(|times| total.checked_add(group.checked_mul(times)?)) else { break };
        (total, open) = if term.great > 0 { (sum, Decimal::ZERO) } else { (total, group) };
        (rest, exponent, over) = (after, term.exponent, term.over);
        great = if term.great > 0 { term.great } else { great };
    }
    let value = total.checked_add(open).ok_or(TOO_MUCH)?;
    Ok((rest, Amount { value, high: None, exponent, over, script: Script::Arabic, form: Form::Plain }))
}

/// A further term of a number.
struct Term {
    digits: u64,
    exponent: u32,
    /// How much of the exponent is 万 and 亿.
    great: u32,
    over: bool,
}

/// `decimal tail` that counts less than 10 to the power `step`; where a group is `open`, its 万 counts for the whole
/// group and is less than the 万 or 亿 before it.
fn lower(input: &str, step: u32, before: u32, open: bool) -> Option<(&str, Term)> {
    let (after, (digits, places)) = decimal(input).ok()?;
    let (rest, exponent, great, over) = tail(after);
    // 1万600, but neither 1万2 nor 2亿300: what is counted there, nobody could tell.
    let plain = exponent > 0 || input.len() - after.len() > 1 && step <= 4 && !over;
    let less = value_of(digits, 0, exponent - if open { great } else { 0 })? < value_of(1, 0, step)?;
    let falls = great == 0 || before == 0 || great < before;
    (places == 0 && digits > 0 && plain && less && falls && !after.starts_with('年')).then_some((rest, Term { digits, exponent, great, over }))
}

/// 三点五: what follows 点, and how many digits it has.
fn point(input: &str) -> Option<(&str, u64, u32)> {
    let mut rest = input.strip_prefix(POINT)?;
    let (mut value, mut places) = (0u64, 0);
    while let Some((digit, c)) = rest.chars().next().and_then(|c| Some((digit_value(c)?, c))) {
        (value, places) = (value.saturating_mul(10).saturating_add(digit), places + 1);
        rest = &rest[c.len_utf8()..];
    }
    (1..=9).contains(&places).then_some((rest, value, places))
}

/// A multiplier that stands alone: 百余, 千余万. 万三千 is no number.
fn bare(input: &str) -> Res<'_, Amount> {
    let (rest, exponent, _) = multipliers(input).ok_or(MISS)?;
    let (rest, over) = more(rest).map_or((rest, false), |rest| (rest, true));
    if rest.starts_with(|c| digit_value(c).is_some()) {
        return Err(MISS);
    }
    let value = Decimal::from(10u64.pow(exponent));
    Ok((rest, Amount { value, high: None, exponent, over, script: Script::Bare, form: Form::Plain }))
}

/// 三百多 · 二十余万 · 三点五亿 · 零点五 · 七八 · 两三百, where `whole` is the cardinal it begins with.
fn chinese<'s>(input: &'s str, whole: Res<'s, u64>) -> Res<'s, Amount> {
    if input.starts_with(|c| power(c).is_some_and(|p| p > 1)) {
        return bare(input);
    }
    let nought = || input.strip_prefix(['零', '〇']).filter(|rest| rest.starts_with(POINT)).map(|rest| (rest, 0));
    let (rest, value) = whole.or_else(|miss| nought().ok_or(miss))?;
    if let Some((rest, fraction, places)) = point(rest) {
        let digits = value.checked_mul(10u64.pow(places)).and_then(|whole| whole.checked_add(fraction)).ok_or(TOO_MUCH)?;
        return scaled(rest, (digits, places), None, Script::Chinese);
    }
    // 七八个, 十七八个, 两三百: the next digit after a digit makes a range of the two. So it does in 二、三百.
    let ones = value % 10;
    let paused = || rest.strip_prefix('、').filter(|next| value < 10 && next.chars().nth(1).and_then(power).is_some());
    let mut chars = paused().unwrap_or(rest).chars();
    if let Some(next) = chars.next().and_then(digit_value) {
        let after = chars.as_str();
        let pair = next == ones + 1 || ones == 3 && next == 5;
        if !pair && rest.starts_with('、') {
            return scaled(rest, (value, 0), None, Script::Chinese);
        }
        if !pair || ones == 0 || after.starts_with(|c| digit_value(c).is_some()) {
            return Err(MISS);
        }
        return scaled(after, (value, 0), Some(value - ones + next), Script::Chinese);
    }
    let (rest, amount) = scaled(rest, (value, 0), None, Script::Chinese)?;
    // 三万, 五百万: the multipliers it ends with.
    let ends = || input[..input.len() - rest.len()].chars().rev().map_while(power).sum();
    Ok((rest, Amount { exponent: if amount.exponent > 0 { amount.exponent } else { ends() }, ..amount }))
}

/// A number without form: Arabic or Chinese.
fn number(input: &str) -> Res<'_, Amount> {
    if input.starts_with(|c: char| c.is_ascii_digit()) { arabic(input) } else { chinese(input, cardinal(input)) }
}

/// `分之 number` of 三分之一, 万分之2.4.
fn fraction(input: &str, below: Decimal) -> Option<(&str, Amount)> {
    let (rest, above) = number(input.strip_prefix("分之")?).ok()?;
    let value = above.value.checked_div(below)?.round_dp(FRACTION_DIGITS);
    Some((rest, Amount { value, high: None, exponent: 0, over: false, script: Script::Chinese, form: Form::Fraction }))
}

/// `digits / digits`: a proper fraction of small numbers. 1/3 is one; 12/31 is a date, 1/3号 a house.
fn slashed<'s>(input: &'s str, above: &Amount) -> Option<(&'s str, Amount)> {
    let rest = input.strip_prefix('/')?;
    let len = digits(rest.as_bytes()).min(3);
    let below = Decimal::from(rest[..len].parse::<u64>().ok()?);
    let rest = &rest[len..];
    let proper = above.exponent == 0 && above.value.is_integer() && above.value < below && below <= Decimal::TEN;
    let goes_on =
        rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '年' | '月' | '日' | '号' | '页' | '期' | '卷' | '幢' | '栋'));
    (proper && !above.value.is_zero() && !goes_on).then_some(())?;
    let value = above.value.checked_div(below)?.round_dp(FRACTION_DIGITS);
    Some((rest, Amount { value, form: Form::Fraction, ..*above }))
}

/// Whether an amount in Chinese numerals may begin with this character.
fn begins_chinese(c: char) -> bool {
    class(c) == Class::Numeral || digit_value(c).is_some() || power(c).is_some()
}

/// An amount in any spelling.
pub(crate) fn amount(input: &str) -> Res<'_, Amount> {
    if input.starts_with(|c: char| c.is_ascii_digit()) {
        let (rest, whole) = arabic(input)?;
        return Ok(match rest.as_bytes() {
            [b'/', ..] => slashed(rest, &whole),
            // 16分之5
            [0xE5, 0x88, 0x86, ..] if whole.value.is_integer() => fraction(rest, whole.value),
            _ => None,
        }
        .unwrap_or((rest, whole)));
    }
    if !input.starts_with(begins_chinese) {
        return Err(MISS);
    }
    if let Some(rest) = input.strip_prefix(PER_CENT) {
        return number(rest).map(|(rest, amount)| (rest, Amount { form: Form::Percent, ..amount }));
    }
    // 千分之2.4, 万分之五
    if let Some((rest, exponent, _)) = multipliers(input)
        && let Some(fraction) = fraction(rest, Decimal::from(10u64.pow(exponent)))
    {
        return Ok(fraction);
    }
    let whole = cardinal(input);
    match whole.as_ref().ok().and_then(|(rest, below)| fraction(rest, Decimal::from(*below))) {
        Some(fraction) => Ok(fraction),
        None => chinese(input, whole),
    }
}

/// The characters an amount may go on with: where to look on after a run that is no amount.
pub(crate) fn run(input: &str) -> usize {
    let goes_on = |c: char| c.is_ascii_digit() || digit_value(c).or(power(c).map(u64::from)).is_some() || matches!(c, '廿' | '卅');
    scattered(input).unwrap_or_else(|| input.find(|c| !goes_on(c)).unwrap_or(input.len()))
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
            ("百分之八十五點八八", "85.88", "", false),
            ("一百五十二件", "152", "件", false),
            ("百分之八十以上", "80", "以上", false),
            ("百分之85", "85", "", false),
            ("两百万元", "2000000", "元", false),
            ("2亿4千万元", "240000000", "元", false),
            ("1万5千余人", "15000", "人", true),
            ("1万600件", "10600", "件", false),
            ("3万6千亩", "36000", "亩", false),
            ("1亿2,300万斤", "123000000", "斤", false),
            ("5千8百万元", "58000000", "元", false),
            ("1亿5千8百万元", "158000000", "元", false),
            ("3千6百户", "3600", "户", false),
            // What stands behind is another number, or none.
            ("2亿300户", "200000000", "300户", false),
            ("1万2个", "10000", "2个", false),
            ("120万2023年", "1200000", "2023年", false),
            ("2.5万300户", "25000", "300户", false),
            ("45,000，300户", "45000", "，300户", false),
            ("3 500万元", "35000000", "元", false),
            ("1 234 567.5元", "1234567.5", "元", false),
            ("3 0 0亿元", "30000000000", "元", false),
            ("2023 300户", "2023", " 300户", false),
            ("伍仟元", "5000", "元", false),
            ("百分之零点九", "0.9", "", false),
            ("百分之百", "100", "", false),
            ("百分之0.5", "0.5", "", false),
            ("零点五个", "0.5", "个", false),
            ("万分之五的", "0.0005", "的", false),
            ("千分之2.4", "0.0024", "", false),
            ("千分之一百一十一点一", "0.1111", "", false),
            ("16分之5", "0.3125", "", false),
            ("1/4以上", "0.25", "以上", false),
            ("1/3号", "1", "/3号", false),
            ("12/31", "12", "/31", false),
        ] {
            let (left, amount) = amount(text).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!((amount.value, left, amount.over), (value.parse().unwrap(), rest, over), "{text}");
        }
        let (_, amount) = super::amount("十七八个").unwrap();
        assert_eq!((amount.value, amount.high), (Decimal::from(17), Some(Decimal::from(18))));
        let (_, amount) = super::amount("两三百人").unwrap();
        assert_eq!((amount.value, amount.high), (Decimal::from(200), Some(Decimal::from(300))));
        let (rest, amount) = super::amount("二、三百亿度").unwrap();
        assert_eq!((amount.value, amount.high, rest), (Decimal::from(20_000_000_000u64), Some(Decimal::from(30_000_000_000u64)), "度"));
        assert_eq!(super::amount("二、九百户").unwrap().0, "、九百户");
        for text in ["1234567890123456件", "二〇二四年", "余家", "12 5件", "1 50万元", "0 500元"] {
            assert!(super::amount(text).is_err(), "{text}");
        }
        for (text, exponent) in [("三万", 4), ("五百万", 6), ("五千", 3), ("三", 0), ("二十", 1), ("1.2万亿", 12), ("2亿4千万", 7)] {
            assert_eq!(super::amount(text).unwrap().1.exponent, exponent, "{text}");
        }
        assert_eq!((run("12 5件"), run("300件"), run("三十五项")), (4, 3, 9));
    }
}
