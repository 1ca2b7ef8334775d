//! One name for one organ: 市住建局 and 市住房城乡建设局 are 市住房和城乡建设局.

use crate::lexicon::file;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A form that is written, and the official one.
type Form = (&'static str, &'static str);

/// The forms, longest first, so that the whole of a name decides.
struct Forms {
    functions: Vec<Form>,
    whole: Vec<Form>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms { functions: Vec::new(), whole: Vec::new() };
    let mut list = &mut forms.functions;
    for line in file!("lexicon/canonical.txt").lines() {
        match line {
            "[functions]" => list = &mut forms.functions,
            "[whole]" => list = &mut forms.whole,
            _ => {
                let mut words = line.split_whitespace();
                let Some(official) = words.next() else { continue };
                list.push((official, official));
                list.extend(words.map(|word| (word, official)));
            }
        }
    }
    for list in [&mut forms.functions, &mut forms.whole] {
        list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    forms
});

/// The official name of a unit: short forms of its function written out, the place before it left as it is.
///
/// A name that is official, or whose function is not known, comes back as it was given. The words are in
/// `core/src/lexicon/canonical.txt`.
///
/// ```
/// use gongwen::canonical_unit;
/// assert_eq!(canonical_unit("市住建局"), "市住房和城乡建设局");
/// assert_eq!(canonical_unit("临江市住房城乡建设局"), "临江市住房和城乡建设局");
/// assert_eq!(canonical_unit("县发改委"), "县发展和改革委员会");
/// assert_eq!(canonical_unit("县府办"), "县人民政府办公室");
/// assert_eq!(canonical_unit("市住房和城乡建设局"), "市住房和城乡建设局");
/// assert_eq!(canonical_unit("各乡镇"), "各乡镇");
/// ```
#[must_use]
pub fn canonical_unit(unit: &str) -> Cow<'_, str> {
    let organs = [("委员会", "委员会"), ("委", "委员会"), ("局", "局"), ("厅", "厅"), ("部", "部")];
    for (written, official) in organs {
        let Some(stem) = unit.strip_suffix(written) else { continue };
        if let Some((place, function)) = replaced(stem, &FORMS.functions) {
            return joined(unit, place, function, official);
        }
    }
    match replaced(unit, &FORMS.whole) {
        Some((place, name)) => joined(unit, place, name, ""),
        None => Cow::Borrowed(unit),
    }
}

/// What stands before the form that the name ends in, and the official form.
fn replaced<'u>(name: &'u str, forms: &[Form]) -> Option<(&'u str, &'static str)> {
    forms.iter().find_map(|(word, official)| {
        let place = name.strip_suffix(word)?;
        // A function stands at a name's beginning or behind a place; 非农业 is none, and 省农业 is.
        let bounded = place.is_empty() || place.ends_with(['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡', '会', '团', '国', '央']);
        bounded.then_some((place, *official))
    })
}

fn joined<'u>(unit: &'u str, place: &str, name: &str, ending: &str) -> Cow<'u, str> {
    let whole = unit.len() == place.len() + name.len() + ending.len() && unit[place.len()..].starts_with(name) && unit.ends_with(ending);
    if whole { Cow::Borrowed(unit) } else { Cow::Owned(format!("{place}{name}{ending}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_official_stays_and_is_not_written_anew() {
        for unit in ["市住房和城乡建设局", "县人民政府办公室", "各乡镇（街道）", "", "局", "市属国有企业", "市委宣传部"] {
            assert!(matches!(canonical_unit(unit), Cow::Borrowed(same) if same == unit), "{unit}");
        }
    }

    #[test]
    fn a_second_time_changes_nothing() {
        for (word, _) in FORMS.functions.iter().chain(&FORMS.whole) {
            for unit in [format!("市{word}局"), format!("县{word}委"), format!("县{word}")] {
                let once = canonical_unit(&unit).into_owned();
                assert_eq!(canonical_unit(&once), once, "{unit}");
            }
        }
    }

    #[test]
    fn a_word_means_one_function() {
        let mut words: Vec<_> = FORMS.functions.iter().chain(&FORMS.whole).map(|(word, _)| word).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
