//! Document numbers: 陕政办发〔2023〕25号.

use super::Res;
use nom::{
    Parser,
    bytes::complete::take_while_m_n,
    character::complete::{char, one_of},
    combinator::{map_opt, opt, recognize, verify},
    sequence::{delimited, preceded, terminated},
};

/// What stands after the agency's code: the year and the serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct YearAndSerial {
    pub(crate) year: u16,
    pub(crate) serial: u32,
}

fn digits(least: usize, most: usize) -> impl Fn(&str) -> Res<'_, u32> {
    move |input| map_opt(take_while_m_n(least, most, |c: char| c.is_ascii_digit()), |d: &str| d.parse().ok()).parse(input)
}

/// `〔2023〕25号`, `[2023]第25号`, `(2023)25号`.
pub(crate) fn year_and_serial(input: &str) -> Res<'_, YearAndSerial> {
    let year = verify(digits(4, 4), |y| (1949..=2100).contains(y));
    let (rest, year) = delimited(one_of("〔[【(（［﹝"), year, one_of("〕]】)）］﹞")).parse(input)?;
    let (rest, serial) = terminated(preceded(opt(char('第')), digits(1, 6)), char('号')).parse(rest)?;
    Ok((rest, YearAndSerial { year: year as u16, serial }))
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
        for text in ["GB50180—2018", "某发〔23〕5号", "某发〔2023〕号", "〔2023〕5号", "(2021年版)"] {
            assert!(document_number(text).is_err(), "{text}");
        }
    }
}
