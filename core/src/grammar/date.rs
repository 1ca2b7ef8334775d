//! Days, months, quarters and spans of time: 2025年12月31日, 6月底, 第三季度, 15个工作日.

use super::{Res, numeral};
use crate::Date;
use nom::{
    Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n},
    character::complete::{char, one_of},
    combinator::{map_opt, not, opt, value, verify},
    sequence::{preceded, terminated},
};

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

    /// Whether it names no more than a year.
    pub(crate) fn only_year(&self) -> bool {
        self.month.is_none() && self.part == Part::Whole
    }
}

/// A small whole number, Arabic or Chinese.
fn small(most: u64) -> impl Fn(&str) -> Res<'_, u64> {
    move |input| {
        let arabic = terminated(map_opt(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |d: &str| d.parse().ok()), not(one_of("0123456789")));
        verify(alt((arabic, numeral::cardinal)), |n| (1..=most).contains(n)).parse(input)
    }
}

fn year_digits(input: &str) -> Res<'_, u16> {
    let arabic = map_opt(take_while_m_n(4, 4, |c: char| c.is_ascii_digit()), |d: &str| d.parse::<u64>().ok());
    let year = verify(alt((arabic, numeral::positional)), |y| (1900..=2100).contains(y));
    year.map(|y| y as u16).parse(input)
}

/// 上旬, 底 after a month; 底, 末, 初 after a year.
fn part(input: &str) -> Res<'_, Part> {
    alt((
        value(Part::Early, alt((tag("上旬"), tag("初")))),
        value(Part::Middle, tag("中旬")),
        value(Part::Late, tag("下旬")),
        value(Part::End, alt((tag("底"), tag("末")))),
    ))
    .parse(input)
}

fn quarter(input: &str) -> Res<'_, Part> {
    let number = verify(small(4), |n| *n >= 1);
    terminated(preceded(opt(char('第')), number), tag("季度")).map(|n| Part::Quarter(n as u8)).parse(input)
}

fn half(input: &str) -> Res<'_, Part> {
    terminated(alt((value(Part::Half(1), char('上')), value(Part::Half(2), char('下')))), tag("半年")).parse(input)
}

/// `month := n 月 份? (day | part)?`
fn month(input: &str) -> Res<'_, Moment> {
    let (rest, month) = terminated(small(12), (char('月'), opt(char('份')))).parse(input)?;
    let (rest, day) = opt(terminated(small(31), one_of("日号"))).parse(rest)?;
    let (rest, end) = if day.is_some() { (rest, None) } else { opt(part).parse(rest)? };
    let day = day.map(|d| d as u8);
    Ok((rest, Moment { year: None, month: Some(month as u8), day, part: end.unwrap_or(Part::Whole) }))
}

/// `within_year := quarter | half | month`
pub(crate) fn within_year(input: &str) -> Res<'_, Moment> {
    let of_year = |part| Moment { year: None, month: None, day: None, part };
    alt((quarter.map(of_year), half.map(of_year), month)).parse(input)
}

/// 2024.6.30, 2024-06-30, 2024/6: in tables.
pub(crate) fn numeric(input: &str) -> Res<'_, Moment> {
    let (rest, year) = year_digits(input)?;
    let (rest, month) = preceded(one_of(".-/"), small(12)).parse(rest)?;
    let (rest, day) = opt(preceded(one_of(".-/"), small(31))).parse(rest)?;
    let (month, day) = (Some(month as u8), day.map(|d| d as u8));
    Ok((rest, Moment { year: Some(year), month, day, part: Part::Whole }))
}

/// `moment := year 年 (within_year | 底)? | within_year`
pub(crate) fn moment(input: &str) -> Res<'_, Moment> {
    let Ok((rest, year)) = terminated(year_digits, char('年')).parse(input) else {
        return within_year(input);
    };
    // 2024年年底 says the year twice.
    if let Ok((rest, part)) = preceded(opt(char('年')), part).parse(rest) {
        return Ok((rest, Moment { year: Some(year), month: None, day: None, part }));
    }
    let (rest, inner) = opt(preceded(opt(char('的')), within_year)).parse(rest)?;
    let whole = Moment { year: None, month: None, day: None, part: Part::Whole };
    Ok((rest, Moment { year: Some(year), ..inner.unwrap_or(whole) }))
}

/// `span := n (- n)? 个? unit`, 半年, 半个月: how long something may take. The value is nothing but that it is one.
pub(crate) fn length_of_time(input: &str) -> Res<'_, ()> {
    let arabic = value((), (take_while_m_n(1, 4, |c: char| c.is_ascii_digit()), opt((char('.'), one_of("0123456789")))));
    let chinese = value((), alt((tag("几"), tag("数")))).or(value((), numeral::cardinal));
    let number = alt((arabic, chinese));
    let to = alt((tag("至"), tag("到"), tag("-"), tag("—"), tag("~"), tag("、")));
    let upper = alt((value((), take_while_m_n(1, 4, |c: char| c.is_ascii_digit())), value((), numeral::cardinal)));
    let counted = (number, opt((to, upper)), opt(alt((tag("多"), tag("余")))), opt(char('个')), unit);
    alt((value((), (char('半'), opt(char('个')), one_of("年月天日"))), value((), counted))).parse(input)
}

fn unit(input: &str) -> Res<'_, ()> {
    let long = alt((tag("工作日"), tag("自然日"), tag("交易日"), tag("季度"), tag("学期"), tag("星期"), tag("小时"), tag("分钟"), tag("整月")));
    value((), alt((long, tag("年"), tag("月"), tag("周"), tag("天"), tag("日")))).parse(input)
}

/// 内, 之内, 以内
pub(crate) fn inside(input: &str) -> Res<'_, ()> {
    value((), (opt(one_of("之以")), char('内'))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            let (left, moment) = moment(text).unwrap();
            assert_eq!((moment.last_day(Some(2024)).unwrap().to_string().as_str(), left), (last, rest), "{text}");
        }
        for text in ["13月", "25号", "12345年", "三项", "月底"] {
            assert!(moment(text).is_err(), "{text}");
        }
        assert_eq!(moment("2月30日").unwrap().1.last_day(Some(2024)), None);
    }

    #[test]
    fn lengths() {
        for text in ["15个工作日内", "一个月之内", "3至5日内", "半年内", "半个月内", "两年以内", "24小时内", "十五日内"] {
            let (rest, ()) = length_of_time(text).unwrap();
            assert!(inside(rest).is_ok(), "{text}");
        }
        assert!(length_of_time("三项").is_err());
    }
}
