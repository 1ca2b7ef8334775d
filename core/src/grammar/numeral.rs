//! Chinese numerals: 二十五, 一百二十, 二〇二四.

use super::{Res, any_of};
use nom::{
    Parser,
    branch::alt,
    character::complete::anychar,
    combinator::{map_opt, not, opt},
    multi::fold,
    sequence::terminated,
};

/// The value of a Chinese digit.
pub(crate) fn digit_value(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn small_unit(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

fn zero(input: &str) -> Res<'_, char> {
    any_of(['零', '〇']).parse(input)
}

fn nonzero(input: &str) -> Res<'_, u64> {
    map_opt(anychar, |c| digit_value(c).filter(|d| *d > 0)).parse(input)
}

/// 廿三 and 卅: `tens := (廿 | 卅) digit?`
fn old_tens(input: &str) -> Res<'_, u64> {
    let (rest, tens) = map_opt(anychar, |c| match c {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    })
    .parse(input)?;
    let (rest, ones) = opt(nonzero).parse(rest)?;
    Ok((rest, tens + ones.unwrap_or(0)))
}

/// `section := ( zero* ( digit? unit )+ zero* digit? ) | digit`, 1 to 9999.
///
/// A bare leading unit is worth one of itself (十二 is 12), and units must fall (百 may not follow 十).
fn section(input: &str) -> Res<'_, u64> {
    let (mut rest, _) = opt(zero).parse(input)?;
    let (mut sum, mut ceiling, mut any) = (0, u64::MAX, false);
    loop {
        let mut term = (opt(nonzero), map_opt(anychar, small_unit));
        let Ok((after, (digit, unit))) = term.parse(rest) else { break };
        if unit >= ceiling || (digit.is_none() && any && unit != 10) {
            break;
        }
        (sum, ceiling, any) = (sum + digit.unwrap_or(1) * unit, unit, true);
        (rest, _) = opt(zero).parse(after)?;
    }
    match nonzero(rest) {
        Ok((after, digit)) => Ok((after, sum + digit)),
        Err(_) if any => Ok((rest, sum)),
        Err(miss) => Err(miss),
    }
}

/// Digit by digit, as years are written: 二〇二四 is 2024. Needs two digits, so that 二 alone stays a cardinal.
pub(crate) fn positional(input: &str) -> Res<'_, u64> {
    let digits = fold(2..=12, map_opt(anychar, digit_value), || 0u64, |n, d| n * 10 + d);
    terminated(digits, not(map_opt(anychar, small_unit))).parse(input)
}

/// `cardinal := [section 亿] [section 万] [section]`, at least one of them.
pub(crate) fn cardinal(input: &str) -> Res<'_, u64> {
    let (mut rest, mut sum, mut any) = (input, 0, false);
    // A section is read once; what follows it says what it counts.
    let mut read = section(rest).ok();
    for (unit, worth) in [('亿', 100_000_000), ('万', 10_000)] {
        let Some((after, n)) = read else { break };
        if let Some(after) = after.strip_prefix(unit) {
            (rest, sum, any) = (after, sum + n * worth, true);
            read = section(rest).ok();
        }
    }
    match old_tens(rest).ok().or(read) {
        Some((after, ones)) => Ok((after, sum + ones)),
        None if any => Ok((rest, sum)),
        None => Err(nom::Err::Error(())),
    }
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
        ] {
            assert_eq!(numeral(text), Ok((rest, value)), "{text}");
        }
        assert!(numeral("余家").is_err());
    }
}
