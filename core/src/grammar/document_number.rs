//! Document numbers: 陕政办发〔2023〕25号.

use super::{MISS, Res};
use nom::{
    Parser,
    bytes::complete::take_while_m_n,
    character::complete::one_of,
    combinator::{opt, recognize},
    sequence::delimited,
};

/// What stands after the agency's code: the year and the serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct YearAndSerial {
    pub(crate) year: u16,
    pub(crate) serial: u32,
}

/// A number of so many digits, nine at most, of either width: a head is read as it stands.
fn digits(input: &str, count: std::ops::RangeInclusive<usize>) -> Option<(&str, u32)> {
    let (mut number, mut len, mut end) = (0, 0, 0);
    for c in input.chars().take(*count.end()) {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '０'..='９' => u32::from(c) - u32::from('０'),
            _ => break,
        };
        (number, len, end) = (number * 10 + digit, len + 1, end + c.len_utf8());
    }
    count.contains(&len).then_some((&input[end..], number))
}

/// `〔2023〕25号`, `[2023]第25号`, `(2023)25号`.
pub(crate) fn year_and_serial(input: &str) -> Res<'_, YearAndSerial> {
    let read = || {
        let (rest, year) = digits(input.strip_prefix(['〔', '[', '【', '(', '（', '［', '﹝'])?, 4..=4)?;
        let rest = rest.strip_prefix(['〕', ']', '】', ')', '）', '］', '﹞']).filter(|_| (1949..=2100).contains(&year))?;
        let (rest, serial) = digits(rest.strip_prefix('第').unwrap_or(rest), 1..=6)?;
        Some((rest.strip_prefix('号')?, YearAndSerial { year: year as u16, serial }))
    };
    read().ok_or(MISS)
}

/// `2016141号`: year and serial number run on, as some registers write them.
pub(crate) fn bare_year_and_serial(input: &str) -> Res<'_, YearAndSerial> {
    let read = || {
        // Of most numbers the first figure tells that they begin with no such year.
        let (rest, year) = digits(input.starts_with(['1', '2', '１', '２']).then_some(input)?, 4..=4).filter(|(_, year)| (1990..=2050).contains(year))?;
        let (rest, serial) = digits(rest, 2..=4)?;
        Some((rest.strip_prefix('号')?, YearAndSerial { year: year as u16, serial }))
    };
    read().ok_or(MISS)
}

/// A character an agency's code may be made of.
pub(crate) fn is_agency_char(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The code of an agency: 陇政办发, and with a department's word in brackets 某公交（通）.
fn agency(input: &str) -> Res<'_, &str> {
    let run = |least| take_while_m_n(least, 20, is_agency_char);
    let inner = delimited(one_of("(（"), take_while_m_n(1, 4, is_agency_char), one_of(")）"));
    recognize((run(1), opt((inner, run(0))))).parse(input)
}

/// A whole number, its agency's code first; the value is the code's length in bytes and the rest of it.
pub(crate) fn document_number(input: &str) -> Res<'_, (usize, YearAndSerial)> {
    let (rest, agency) = agency(input)?;
    let (rest, number) = year_and_serial(rest)?;
    Ok((rest, (agency.len(), number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (text, agency, year, serial, rest) in [
            ("陇政办发〔2023〕25号)", "陇政办发", 2023, 25, ")"),
            ("某发[2011]3号文件", "某发", 2011, 3, "文件"),
            ("某府规【2022】第7号", "某府规", 2022, 7, ""),
            ("某办字（2020）118号", "某办字", 2020, 118, ""),
            ("某公交（通）〔2021〕5号", "某公交（通）", 2021, 5, ""),
        ] {
            let (left, (len, number)) = document_number(text).unwrap();
            assert_eq!((&text[..len], number.year, number.serial, left), (agency, year, serial, rest));
        }
        let bare = |text| bare_year_and_serial(text).map(|(rest, n)| (rest, n.year, n.serial));
        assert_eq!(bare("2016141号）"), Ok(("）", 2016, 141)));
        assert!(bare("2016号").is_err() && bare("20161号").is_err() && bare("2016141件").is_err());
        for text in ["GB50180—2018", "某发〔23〕5号", "某发〔2023〕号", "〔2023〕5号", "(2021年版)"] {
            assert!(document_number(text).is_err(), "{text}");
        }
    }
}
