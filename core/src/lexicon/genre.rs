//! The last word of a title, and the kind of document it names.

use super::{Words, entries, file, split, under};
use crate::Kind;
use std::sync::LazyLock;

/// The words of `genres.txt`.
struct Genres {
    words: Words,
    kinds: Vec<(&'static str, Kind)>,
    weak: Vec<(&'static str, Kind)>,
    /// What makes an annual report of one.
    yearly: Words,
    /// What makes another of it.
    inquiry: Words,
}

static GENRES: LazyLock<Genres> = LazyLock::new(|| {
    let (mut kinds, mut weak) = (Vec::new(), Vec::new());
    let words = entries(file!("genres.txt"));
    for (heading, text) in words.iter().filter(|(heading, _)| !matches!(*heading, "yearly" | "inquiry")) {
        let (name, list) = match heading.strip_prefix("weak ") {
            Some(name) => (name, &mut weak),
            None => (*heading, &mut kinds),
        };
        list.extend(split(text, b' ').map(|word| (word, kind_named(name))));
    }
    Genres { words: Words::new(kinds.iter().map(|(word, _)| *word)), kinds, weak, yearly: under(&words, "yearly"), inquiry: under(&words, "inquiry") }
});

fn kind_named(name: &str) -> Kind {
    match name {
        "work_report" => Kind::WorkReport,
        "annual_report" => Kind::AnnualReport,
        "work_plan" => Kind::WorkPlan,
        "regulation" => Kind::Regulation,
        "notice" => Kind::Notice,
        _ => Kind::Other,
    }
}

/// Whether a text that ends in this character can end in a genre; a cheap look before [`ends`].
pub(crate) fn may_end(c: char) -> bool {
    GENRES.words.finishes(c) || c.is_whitespace() || matches!(c, '》' | '”' | '"' | ')' | '）' | '〉')
}

/// Whether a text ends in a document's genre: …的通知, …报告. Looks at its last characters only.
pub(crate) fn ends(text: &str) -> bool {
    let tail: usize = text.char_indices().rev().take(12).last().map_or(0, |(i, _)| i);
    kind(&text[tail..]).is_some()
}

/// The title without what stands in brackets at its end: （试行）, （征求意见稿）.
pub(crate) fn bare(title: &str) -> &str {
    let mut bare = title.trim_end_matches(['》', '”', '"', ' ']);
    while let Some(open) = bare.ends_with([')', '）', '〉']).then(|| bare.rfind(['(', '（', '〈'])).flatten() {
        bare = bare[..open].trim_end();
    }
    bare
}

/// The longest word of a list that a title ends in, with something before it.
fn longest(list: &[(&'static str, Kind)], bare: &str) -> Option<Kind> {
    let last = bare.as_bytes().last()?;
    let list = list.iter().filter(|(word, _)| word.as_bytes().last() == Some(last));
    list.filter(|(word, _)| bare.ends_with(word) && bare.len() > word.len()).max_by_key(|(word, _)| word.len()).map(|(_, kind)| *kind)
}

/// The kind that the last word of a title names, brackets like （试行） apart.
pub(crate) fn kind(title: &str) -> Option<Kind> {
    if !title.chars().next_back().is_some_and(may_end) {
        return None;
    }
    let bare = bare(title);
    if GENRES.words.end(bare) == 0 {
        return None;
    }
    longest(&GENRES.kinds, bare).map(|kind| {
        let has = |words: &Words| words.find(bare).is_some();
        match kind {
            Kind::Other if bare.ends_with("报告") && has(&GENRES.yearly) && !has(&GENRES.inquiry) => Kind::AnnualReport,
            kind => kind,
        }
    })
}

/// The kind that the last word of a title names by a word that sentences and headings end in as well.
pub(crate) fn weak(title: &str) -> Option<Kind> {
    longest(&GENRES.weak, bare(title).trim_end_matches(['？', '?', '！', '!']))
}

/// Whether a title is a genre and nothing else: 通告, 决议.
pub(crate) fn alone(title: &str) -> bool {
    GENRES.words.end(title) == title.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_titles() {
        assert_eq!(kind("松石县2024年工作要点"), Some(Kind::WorkPlan));
        assert_eq!(kind("松石县停车管理办法（试行）"), Some(Kind::Regulation));
        assert_eq!(kind("《松石县停车管理办法》政策解读"), Some(Kind::Other));
        assert_eq!(kind("松石县2024年第四季度重点工作部署"), None);
        assert_eq!(weak("松石县2024年第四季度重点工作部署"), Some(Kind::WorkPlan));
        assert!(alone("通告") && !alone("关于停水的通告"));
    }
}
