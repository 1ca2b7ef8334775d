//! A number whose unit nobody knows: 发放资料300仵，.

use super::around::{last, next};
use crate::lexicon::LEXICON;
use crate::scan::{Class, class, is_ideograph};

/// The length of the one character that stands between a number and the end of its phrase, where it may be a unit.
pub(super) fn unit(text: &str, at: usize, after: usize) -> Option<usize> {
    // The 余 of 300余 is read with the number.
    let (units, words) = (&LEXICON.units, &LEXICON.amounts);
    let digits = words.more.trim_end(&text[at..after]);
    // A number that states how many stands behind a word, and is no year.
    let han = |c: &char| is_ideograph(*c) && class(*c) == Class::Plain;
    let word = last(text, at).is_some_and(|c| han(&c) && !units.none_after.begins(c));
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if !word || year || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
        return None;
    }
    let from = after + if digits.len() == after - at { words.more.start(&text[after..]) } else { 0 };
    let c = next(text, from).filter(|c| han(c) && !units.none_behind.begins(*c))?;
    let end = from + c.len_utf8();
    let ends = next(text, end).is_some_and(|c| matches!(class(c), Class::Stop | Class::Comma | Class::Semicolon | Class::Pause));
    ends.then_some(end - after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_unit() {
        let of = |text: &str| {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            let after = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap();
            unit(text, at, after).map(|len| text[after..after + len].to_owned())
        };
        assert_eq!(of("发放资料300仵，"), Some("仵".to_owned()));
        assert_eq!(of("发放资料300余仵。"), Some("余仵".to_owned()));
        // As it is read, 余 with the number.
        let text = "发放资料300余仵。";
        assert_eq!(unit(text, "发放资料".len(), "发放资料300余".len()), Some("仵".len()));
        assert_eq!([of("发放资料300号，"), of("共2023橛，"), of("第3橛，"), of("发放资料300仵逆，")], [const { None }; 4]);
    }
}
