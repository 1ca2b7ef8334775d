//! Days, months, quarters and spans of time: 2025年12月31日, 6月底, 第三季度, 15个工作日.

use super::{MISS, Res, numeral};
use crate::Date;
use crate::scan::{Class, class};

/// What a date is written with.
pub(crate) const YEAR: char = '年';
pub(crate) const MONTH: char = '月';
pub(crate) const DAY: char = '日';
pub(crate) const QUARTER: &str = "季度";

/// What follows a time that something has to stay inside, to come before, or to come after.
pub(crate) const WITHIN: char = '内';
pub(crate) const BEFORE: char = '前';
pub(crate) const BEHIND: char = '后';

/// Which part of its year or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// 初, 上旬
    Early,
    /// 中旬
    Middle,
    /// 下旬
    Late,
    /// 底, 末
    End,
    /// 第一季度: 1 to 4.
    Quarter(u8),
    /// 上半年: 1 or 2.
    Half(u8),
}

/// A place in the calendar, as far as the text says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) year: Option<u16>,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    pub(crate) part: Part,
}

impl Moment {
    /// The last day that belongs to it; `year` where it has none of its own.
    pub(crate) fn last_day(&self, year: Option<u16>) -> Option<Date> {
        let year = self.year.or(year)?;
        let month = match (self.month, self.part) {
            (Some(month), _) => month,
            (None, Part::Quarter(n)) => n * 3,
            (None, Part::Half(n)) => n * 6,
            // 年初 is no day.
            (None, Part::Early | Part::Middle | Part::Late) => return None,
            (None, _) => 12,
        };
        let day = match (self.day, self.part) {
            (Some(day), _) => day,
            (None, Part::Early) => 10,
            (None, Part::Middle) => 20,
            (None, _) => Date::days_in(year, month),
        };
        Date::new(year, month, day)
    }

    /// The first day of the month that it names, or its day.
    pub(crate) fn first_day(&self, year: u16) -> Option<Date> {
        Date::new(year, self.month?, self.day.unwrap_or(1))
    }

    /// Whether it names no more than a year.
    pub(crate) fn only_year(&self) -> bool {
        self.month.is_none() && self.part == Part::Whole
    }
}

/// Parses what `read` reads.
fn res<T>(read: Option<(&str, T)>) -> Res<'_, T> {
    read.ok_or(MISS)
}

/// The number of digits at the start of a text.
fn digits(input: &str) -> usize {
    input.bytes().take_while(u8::is_ascii_digit).count()
}

/// A number of a time has at most so many characters that are no Arabic digits: 二千零二十四.
const NUMERAL: usize = 16;

/// Whether the number at the start of `input` may be one of a time, and of a date: what stands right behind it decides.
pub(crate) fn may_be_time(input: &str) -> Option<bool> {
    let numeral = |c: &char| class(*c) == Class::Numeral || numeral::digit_value(*c).is_some() || matches!(c, 'O' | 'o' | '0');
    match input[digits(input)..].chars().take(NUMERAL).find(|c| !numeral(c))? {
        '年' | '月' | '季' | '.' | '-' | '/' => Some(true),
        '日' | '天' | '周' | '个' | '工' | '自' | '交' | '学' | '星' | '小' | '分' | '整' => Some(false),
        '至' | '到' | '—' | '~' | '、' | '多' | '余' => Some(false),
        _ => None,
    }
}

/// A small whole number, Arabic or Chinese.
fn small(input: &str, most: u64) -> Option<(&str, u64)> {
    let (rest, n) = match digits(input) {
        0 => numeral::cardinal(input).ok()?,
        len @ 1..=2 => (&input[len..], input[..len].parse().ok()?),
        _ => return None,
    };
    (1..=most).contains(&n).then_some((rest, n))
}

fn year_digits(input: &str) -> Option<(&str, u16)> {
    let (rest, year) = match digits(input) {
        0 => numeral::positional(input).ok()?,
        4.. => (&input[4..], input[..4].parse().ok()?),
        _ => return None,
    };
    (1900..=2100).contains(&year).then_some((rest, year as u16))
}

/// 24 of 24年6月 and 25年底: two figures are a year where a time within it follows. 24年 alone is as long as 24 years.
fn short_year(input: &str) -> Option<(&str, u16)> {
    let year = input.get(..2).filter(|_| digits(input) == 2)?.parse::<u16>().ok().filter(|y| (10..50).contains(y))?;
    let rest = &input[2..];
    let within = rest.strip_prefix('年')?;
    (within.starts_with(['底', '末']) || within_year(within).is_some_and(|(_, m)| m.month.is_some())).then_some((rest, 2000 + year))
}

/// 上旬, 底 after a month; 底, 末, 初 after a year.
fn part(input: &str) -> Option<(&str, Part)> {
    let mut chars = input.chars();
    let part = match chars.next()? {
        '上' => Part::Early,
        '中' => Part::Middle,
        '下' => Part::Late,
        '初' => return Some((chars.as_str(), Part::Early)),
        '底' | '末' => return Some((chars.as_str(), Part::End)),
        _ => return None,
    };
    Some((chars.as_str().strip_prefix('旬')?, part))
}

/// 31日, 5号
pub(crate) fn day(input: &str) -> Option<(&str, u8)> {
    small(input, 31).and_then(|(rest, day)| Some((rest.strip_prefix(['日', '号'])?, day as u8)))
}

/// `day | part` after a month: 31日, 上旬.
fn in_month(input: &str, month: u64) -> (&str, Moment) {
    let moment = |day, part| Moment { year: None, month: Some(month as u8), day, part };
    if let Some((rest, day)) = day(input) {
        return (rest, moment(Some(day), Part::Whole));
    }
    // 12月月底 says the month twice.
    let (rest, part) = part(input.strip_prefix('月').unwrap_or(input)).unwrap_or((input, Part::Whole));
    (rest, moment(None, part))
}

/// `within_year := 第? n 季度 | (上 | 下) 半年 | n 月 份? (day | part)?`
fn within_year(input: &str) -> Option<(&str, Moment)> {
    let of_year = |part| Moment { year: None, month: None, day: None, part };
    for (word, half) in [("上半年", 1), ("下半年", 2)] {
        if let Some(rest) = input.strip_prefix(word) {
            return Some((rest, of_year(Part::Half(half))));
        }
    }
    let ordinal = input.strip_prefix('第');
    let (rest, n) = small(ordinal.unwrap_or(input), 12)?;
    if let Some(rest) = rest.strip_prefix("季度").filter(|_| n <= 4) {
        return Some((rest, of_year(Part::Quarter(n as u8))));
    }
    let rest = rest.strip_prefix('月').filter(|_| ordinal.is_none())?;
    Some(in_month(rest.strip_prefix('份').unwrap_or(rest), n))
}

/// 2024.6.30, 2024-06-30, 2024/6: in tables.
pub(crate) fn numeric(input: &str) -> Res<'_, Moment> {
    let next = |input: &'_ str, most| small(input.strip_prefix(['.', '-', '/'])?, most).map(|(rest, n)| (input.len() - rest.len(), n as u8));
    let read = || {
        let (rest, year) = year_digits(input)?;
        let (len, month) = next(rest, 12)?;
        let rest = &rest[len..];
        let (len, day) = next(rest, 31).map_or((0, None), |(len, day)| (len, Some(day)));
        Some((&rest[len..], Moment { year: Some(year), month: Some(month), day, part: Part::Whole }))
    };
    res(read())
}

/// `moment := (year | 24) 年 (within_year | 底)? | within_year`
pub(crate) fn moment(input: &str) -> Res<'_, Moment> {
    let year = year_digits(input).or_else(|| short_year(input));
    let Some((rest, year)) = year.and_then(|(rest, year)| Some((rest.strip_prefix('年')?, year))) else {
        return res(within_year(input));
    };
    // 2024年年底 says the year twice.
    if let Some((rest, part)) = part(rest.strip_prefix('年').unwrap_or(rest)) {
        return Ok((rest, Moment { year: Some(year), month: None, day: None, part }));
    }
    let whole = Moment { year: None, month: None, day: None, part: Part::Whole };
    let (rest, inner) = within_year(rest.strip_prefix('的').unwrap_or(rest)).unwrap_or((rest, whole));
    Ok((rest, Moment { year: Some(year), ..inner }))
}

/// The month that a text begins with: 5月1日.
pub(crate) fn month(input: &str) -> Option<u8> {
    let (rest, month) = small(input, 12)?;
    rest.starts_with(MONTH).then_some(month as u8)
}

/// What may stand between a day and 前: `weekday? clock?` of 6月21日（星期五）上午11时前. The rest behind it.
pub(crate) fn time_of_day(input: &str) -> &str {
    let rest = weekday(input).map_or(input, |(rest, _)| rest);
    clock(rest).unwrap_or(rest)
}

/// （星期五）, (周一): the rest behind it, and which day it is, 0 being Monday.
pub(crate) fn weekday(input: &str) -> Option<(&str, u8)> {
    let inner = input.strip_prefix(['(', '（'])?;
    let named = inner.strip_prefix("星期").or_else(|| inner.strip_prefix('周'))?;
    let (day, rest) = (0..)
        .zip(['一', '二', '三', '四', '五', '六', '日'])
        .find_map(|(day, c)| Some((day, named.strip_prefix(c)?)))
        .or_else(|| Some((6, named.strip_prefix('天')?)))?;
    Some((rest.strip_prefix([')', '）'])?, day))
}

/// `clock := part of the day? n (时 | 点 | : n) (n 分)? | part of the day`: 上午11时, 18:00, 下午5点30分, 下午, 下班.
fn clock(input: &str) -> Option<&str> {
    let parts = ["上午", "下午", "中午", "晚上", "晚间", "早上", "凌晨", "晚", "早", "下班"];
    let part = parts.iter().find_map(|w| input.strip_prefix(w));
    let hour = small(part.unwrap_or(input), 24).and_then(|(rest, _)| {
        if let Some(minute) = rest.strip_prefix([':', '：']) {
            return minute.get(2..).filter(|_| digits(minute) >= 2);
        }
        let rest = rest.strip_prefix(['时', '点'])?;
        let rest = rest.strip_prefix('整').or_else(|| rest.strip_prefix('半')).unwrap_or(rest);
        Some(small(rest, 59).and_then(|(rest, _)| rest.strip_prefix('分')).unwrap_or(rest))
    });
    hour.or(part)
}

/// One to four digits, or a Chinese numeral: its length.
fn count(input: &str) -> Option<usize> {
    match digits(input).min(4) {
        0 => numeral::cardinal(input).ok().map(|(rest, _)| input.len() - rest.len()),
        len => Some(len),
    }
}

/// `span := n (- n)? 个? 半? unit 半?`, 半年, 半个月, 半小时: how long something may take. The value is nothing but that it is one.
pub(crate) fn length_of_time(input: &str) -> Res<'_, ()> {
    let read = || {
        if let Some(rest) = input.strip_prefix('半') {
            let rest = rest.strip_prefix('个').unwrap_or(rest);
            return rest.strip_prefix(['年', '月', '天', '日']).or_else(|| rest.strip_prefix("小时"));
        }
        let rest = match input.strip_prefix(['几', '数']) {
            Some(rest) => rest,
            None => fractional(&input[count(input)?..], digits(input) > 0),
        };
        let rest = rest.strip_prefix(['至', '到', '-', '—', '~', '、']).and_then(|upper| upper.get(count(upper)?..)).unwrap_or(rest);
        let rest = rest.strip_prefix(['多', '余']).unwrap_or(rest);
        let rest = rest.strip_prefix('个').unwrap_or(rest);
        let rest = unit(rest.strip_prefix(['半', '多']).unwrap_or(rest))?;
        Some(rest.strip_prefix(['半', '多']).unwrap_or(rest))
    };
    res(read().map(|rest| (rest, ())))
}

/// Past the .5 of 1.5.
fn fractional(input: &str, arabic: bool) -> &str {
    match input.as_bytes() {
        [b'.', b'0'..=b'9', ..] if arabic => &input[2..],
        _ => input,
    }
}

fn unit(input: &str) -> Option<&str> {
    let mut chars = input.chars();
    let rest = match chars.next()? {
        '年' | '月' | '周' | '天' | '日' => return Some(chars.as_str()),
        '工' => "作日",
        '自' => "然日",
        '交' => "易日",
        '季' => "度",
        '学' => "期",
        '星' => "期",
        '小' => "时",
        '分' => "钟",
        '整' => "月",
        _ => return None,
    };
    chars.as_str().strip_prefix(rest)
}

/// 内, 之内, 以内
pub(crate) fn inside(input: &str) -> Res<'_, ()> {
    res(input.strip_prefix(['之', '以']).unwrap_or(input).strip_prefix('内').map(|rest| (rest, ())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_and_no_more() {
        for (text, only) in [("2025年", true), ("2025年6月", false), ("2025年底", false), ("2025年上半年", false), ("6月", false), ("6月底", false)]
        {
            assert_eq!(moment(text).unwrap().1.only_year(), only, "{text}");
        }
    }

    #[test]
    fn moments() {
        for (text, last, rest) in [
            ("2025年12月31日前", "2025-12-31", "前"),
            ("6月底前", "2024-06-30", "前"),
            ("2月份", "2024-02-29", ""),
            ("2026年年底", "2026-12-31", ""),
            ("第三季度末", "2024-09-30", "末"),
            ("一季度", "2024-03-31", ""),
            ("2023年上半年", "2023-06-30", ""),
            ("下半年", "2024-12-31", ""),
            ("十二月中旬", "2024-12-20", ""),
            ("二〇二五年六月三十日", "2025-06-30", ""),
            ("2025年的", "2025-12-31", "的"),
            ("25年6月底前", "2025-06-30", "前"),
            ("25年底前", "2025-12-31", "前"),
            ("二O二四年六月底前", "2024-06-30", "前"),
            ("12月月底前", "2024-12-31", "前"),
        ] {
            let (left, moment) = moment(text).unwrap();
            assert_eq!((moment.last_day(Some(2024)).unwrap().to_string().as_str(), left), (last, rest), "{text}");
        }
        for text in ["13月", "25号", "12345年", "三项", "月底", "25年", "25年各部门"] {
            assert!(moment(text).is_err(), "{text}");
        }
        assert_eq!(moment("2月30日").unwrap().1.last_day(Some(2024)), None);
    }

    #[test]
    fn times_of_day() {
        for (text, rest) in [
            ("18:00前", "前"),
            ("上午11时前", "前"),
            ("下午5点30分前", "前"),
            ("（星期五）前", "前"),
            ("(周一)下午6时整前", "前"),
            ("下午前", "前"),
            ("24时", ""),
            ("前", "前"),
            ("（含）前", "（含）前"),
            ("3家", "3家"),
        ] {
            assert_eq!(time_of_day(text), rest, "{text}");
        }
    }

    #[test]
    fn lengths() {
        for text in [
            "15个工作日内",
            "一个月之内",
            "3至5日内",
            "半年内",
            "半个月内",
            "两年以内",
            "24小时内",
            "十五日内",
            "3年半以内",
            "一年半内",
            "半小时内",
            "两个半月内",
        ] {
            let (rest, ()) = length_of_time(text).unwrap();
            assert!(inside(rest).is_ok(), "{text}");
        }
        assert!(length_of_time("三项").is_err());
    }
}
