//! Chinese numerals: 二十五, 一百二十, 二〇二四, 伍仟; and how many times ten a character is.

use super::{MISS, Res};
use crate::scan::{Class, class};
use nom::{Parser, branch::alt};

/// The value of a Chinese digit, in everyday or in accounting script.
pub(crate) fn digit_value(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a digit, in figures or in characters.
pub(crate) fn figure(c: char) -> Option<u64> {
    c.to_digit(10).map(u64::from).or_else(|| digit_value(c))
}

/// The decimal point in words, in both scripts.
pub(crate) const POINT: [char; 2] = ['点', '點'];

/// What makes a rank of a number: 第3名.
pub(crate) const RANK: char = '第';

/// Half of one unit, before it or behind: 半年, 一年半.
pub(crate) const HALF: char = '半';

/// The power of ten that a character multiplies by. Every other place that multiplies asks here.
pub(crate) fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// 拾, of accounting.
pub(crate) const FORMAL_TEN: char = '拾';

/// Whether what multiplies is everyday and large: 万, 亿.
pub(crate) fn is_large(c: char) -> bool {
    matches!(c, '万' | '亿')
}

/// Whether a digit of accounting may stand before it: 伍仟, 陆万.
pub(crate) fn goes_with_formal(c: char) -> bool {
    is_large(c) || matches!(c, '仟' | '佰' | '萬' | '億')
}

/// Whether it is a digit of accounting that is half of other words too (队伍, 大陆, 放肆): a numeral only beside its kin.
pub(crate) fn is_word_too(c: char) -> bool {
    matches!(c, '肆' | '伍' | '陆' | '捌' | '玖' | '拾')
}

/// 十, 百 or 千: what multiplies inside a group of four digits.
fn small_unit(c: char) -> Option<u64> {
    power(c).filter(|p| *p < 4).map(|p| 10u64.pow(p))
}

/// What `read` makes of the first character, and the rest.
fn first<T>(input: &str, read: impl Fn(char) -> Option<T>) -> Option<(&str, T)> {
    let mut chars = input.chars();
    let value = read(chars.next()?)?;
    Some((chars.as_str(), value))
}

fn skip_zero(input: &str) -> &str {
    input.strip_prefix(['零', '〇', '○']).unwrap_or(input)
}

fn nonzero(input: &str) -> Option<(&str, u64)> {
    first(input, |c| digit_value(c).filter(|d| *d > 0))
}

/// 廿三 and 卅: `tens := (廿 | 卅) digit?`
fn old_tens(input: &str) -> Option<(&str, u64)> {
    let (rest, tens) = first(input, |c| match c {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    })?;
    let (rest, ones) = nonzero(rest).unwrap_or((rest, 0));
    Some((rest, tens + ones))
}

/// `section := ( zero? ( digit? unit )+ zero? digit? ) | digit`, 1 to 9999.
///
/// A bare leading unit is worth one of itself (十二 is 12), and units must fall (百 may not follow 十).
fn section(input: &str) -> Option<(&str, u64)> {
    let mut rest = skip_zero(input);
    let (mut sum, mut ceiling, mut any) = (0, u64::MAX, false);
    loop {
        let (after, digit) = nonzero(rest).map_or((rest, None), |(after, digit)| (after, Some(digit)));
        let term = first(after, small_unit).filter(|(_, unit)| *unit < ceiling && (digit.is_some() || !any || *unit == 10));
        let Some((past, unit)) = term else {
            return match digit {
                Some(digit) => Some((after, sum + digit)),
                None => any.then_some((rest, sum)),
            };
        };
        (sum, ceiling, any) = (sum + digit.unwrap_or(1) * unit, unit, true);
        rest = skip_zero(past);
    }
}

/// Digit by digit, as years are written: 二〇二四 is 2024. Needs two digits, so that 二 alone stays a cardinal. Inside
/// it the letter O and the figure 0 stand for 〇, which keyboards hide.
pub(crate) fn positional(input: &str) -> Res<'_, u64> {
    let (mut rest, mut value, mut count) = (input, 0, 0);
    let digit = |c: char, count: u32| digit_value(c).or((count > 0 && matches!(c, 'O' | 'o' | '0')).then_some(0));
    while let Some((after, digit)) = first(rest, |c| digit(c, count)).filter(|_| count < 12) {
        (rest, value, count) = (after, value * 10 + digit, count + 1);
    }
    if count >= 2 && !rest.starts_with(|c| small_unit(c).is_some()) { Ok((rest, value)) } else { Err(MISS) }
}

/// `cardinal := [section 亿] [section 万] [section]`, at least one of them.
pub(crate) fn cardinal(input: &str) -> Res<'_, u64> {
    if !begins(input) {
        return Err(MISS);
    }
    // Most are one digit.
    if let Some((after, digit)) = nonzero(input)
        && first(after, power).is_none()
    {
        return Ok((after, digit));
    }
    let (mut rest, mut sum, mut any) = (input, 0, false);
    // A section is read once; what follows it says what it counts.
    let mut read = section(rest);
    for unit in [8, 4] {
        let Some((after, n)) = read else { break };
        if let Some((after, unit)) = first(after, |c| power(c).filter(|p| *p == unit)) {
            (rest, sum, any) = (after, sum + n * 10u64.pow(unit), true);
            read = section(rest);
        }
    }
    match old_tens(rest).or(read) {
        Some((after, ones)) => Ok((after, sum + ones)),
        None if any => Ok((rest, sum)),
        None => Err(MISS),
    }
}

/// Whether a cardinal may begin here.
fn begins(input: &str) -> bool {
    let mut chars = input.chars();
    let Some(c) = chars.next() else { return false };
    class(c) == Class::Numeral || is_word_too(c) && c != '拾' && chars.next().is_some_and(|c| power(c).is_some())
}

/// A Chinese numeral in either reading.
pub(crate) fn numeral(input: &str) -> Res<'_, u64> {
    alt((positional, cardinal)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (text, value, rest) in [
            ("一", 1, ""),
            ("十", 10, ""),
            ("十二、", 12, "、"),
            ("二十五)", 25, ")"),
            ("一百零三", 103, ""),
            ("一百一十", 110, ""),
            ("一千二百", 1200, ""),
            ("三万五千", 35000, ""),
            ("廿三", 23, ""),
            ("二〇二四年", 2024, "年"),
            ("两家", 2, "家"),
            ("三亿零五十万", 300_500_000, ""),
            ("伍仟元", 5000, "元"),
            ("叁拾贰萬", 320_000, ""),
            ("二O二四年", 2024, "年"),
            ("二0二五年", 2025, "年"),
        ] {
            assert_eq!(numeral(text), Ok((rest, value)), "{text}");
        }
        for text in ["余家", "伍人", "陆续", "拾万"] {
            assert!(numeral(text).is_err(), "{text}");
        }
    }
}
