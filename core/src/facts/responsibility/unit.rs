//! Names of bodies: where one ends, what is none, where 和 joins two.

use crate::lexicon::duties::{DUTIES, OTHERS};
use crate::scan::{Class, WIDE, class, is_ideograph};
use crate::view::is_wordy;

/// The name without the brackets it ends with: 管理局(综合执法局).
fn without_own_brackets(mut name: &str) -> &str {
    while name.ends_with(|c| class(c) == Class::Close) {
        let (mut depth, mut open) = (0i32, None);
        for (at, c) in name.char_indices().rev().take(super::list::LONGEST_NAME) {
            match class(c) {
                Class::Close => depth += 1,
                Class::Open => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                open = Some(at);
                break;
            }
        }
        match open {
            Some(at) if at > 0 => name = &name[..at],
            _ => break,
        }
    }
    name
}

/// Whether a name ends in a word that the names before it may share: 消防救援、应急管理部门.
pub(crate) fn shares_ending(name: &str) -> bool {
    DUTIES.roles.shared.strip_suffix(name).is_some_and(|own| !own.is_empty())
}

/// Whether a part of a list may be a name that has left its last word to the names behind it.
pub(crate) fn may_share(name: &str) -> bool {
    (2..=8).contains(&name.chars().count()) && name.chars().all(is_ideograph) && !is_phrase(name) && !names_nobody(name)
}

/// Whether a name ends as bodies do.
pub(crate) fn is_body(name: &str) -> bool {
    if counts(name) {
        return false;
    }
    let name = without_own_brackets(name);
    let name = name.strip_suffix(OTHERS).unwrap_or(name);
    let end = DUTIES.organs.body.end(name);
    end > 0 && (end < name.len() || DUTIES.organs.body.has(name) && name.chars().count() > 1)
}

/// Whether a name is a person's, by its title.
pub(crate) fn is_person(name: &str) -> bool {
    let end = DUTIES.organs.person.end(name);
    let own = name[..name.len() - end].chars().count();
    // 推荐一名同志 is no name.
    end > 0 && (1..=5).contains(&own)
}

/// 各区 and 县: no name by itself, the beginning of the next.
pub(crate) fn is_level(part: &str) -> bool {
    DUTIES.organs.level.has(part) || DUTIES.organs.level.has(without_own_brackets(part))
}

/// The length of the words at the start of `text` that name no body: 等有关部门和单位.
pub(crate) fn generic(text: &str) -> usize {
    text.len() - DUTIES.roles.generic.trim_start(text).len()
}

/// Whether `text` begins with a word that names no body: 有关部门, but 市级有关部门 and 各有关部门 are some.
pub(crate) fn starts_empty(text: &str) -> bool {
    DUTIES.roles.empty.start(text) > 0
}

/// Whether a name names no body at all.
pub(crate) fn names_nobody(name: &str) -> bool {
    let blank = DUTIES.roles.nobody.has(name) || !name.contains(is_wordy);
    blank || starts_empty(name) && generic(name) == name.len()
}

/// The length of the words that lead in to a name: 由, 以下均需.
pub(crate) fn lead_in(text: &str) -> usize {
    DUTIES.roles.lead_in.start(text)
}

/// Where 等 and what follows it begins behind a name: 市住建局等相关单位. Not 高等院校.
pub(crate) fn others_from(name: &str) -> Option<usize> {
    let at = name.rfind(OTHERS)?;
    let left = &name[..at];
    let word = DUTIES.roles.no_others_before.end(left) > 0;
    let rest = &name[at + OTHERS.len_utf8()..];
    (!word && (rest.is_empty() || is_body(left) && is_body(rest))).then_some(at)
}

/// Whether a text that ends like a name is a piece of a sentence.
pub(crate) fn is_phrase(name: &str) -> bool {
    DUTIES.roles.phrase_start.start(name) > 0 || DUTIES.roles.phrase.any(name)
}

/// Whether a name counts bodies and names none: 多个部门, 一个单位.
pub(crate) fn counts(name: &str) -> bool {
    let rest = name.trim_start_matches(|c| class(c) == Class::Numeral || DUTIES.roles.some.begins(c));
    rest.len() < name.len() && DUTIES.roles.of_bodies.start(rest) > 0
}

/// Calls `each` with the ranges of the names in `text`: one, or several where 和 stands between bodies.
pub(crate) fn split(text: &str, mut each: impl FnMut(usize, usize)) {
    let mut from = 0;
    let mut depth = 0i32;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        match class(c) {
            Class::Open => depth += 1,
            Class::Close => depth -= 1,
            _ => {}
        }
        if at < skip || depth > 0 || !DUTIES.roles.conjunction.begins(c) {
            continue;
        }
        let len = DUTIES.roles.conjunction.start(&text[at..]);
        if len == 0 {
            continue;
        }
        let (left, right) = (&text[from..at], &text[at + len..]);
        let left = without_own_brackets(left);
        // 等和各省级政府: what ends in 等 ends a name.
        let ends = DUTIES.organs.body_before_and.end(left);
        let whole = ends > 0 && left.len() > ends.max(WIDE);
        // The right side has to be a name too, not 和单位 or 及管委会.
        let right_end = || DUTIES.organs.body.end(without_own_brackets(right));
        let named = || {
            let empty = !crate::view::longer(right, super::list::LONGEST_NAME) && generic(right) == right.len();
            right.chars().nth(2).is_some() && !empty && !DUTIES.organs.body.has(right)
        };
        if whole && right_end() > 0 && (named() || DUTIES.roles.each.start(right) > 0 && is_level(right)) {
            each(from, at);
            from = at + len;
            skip = from;
        }
    }
    each(from, text.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        split(text, |a, b| out.push(&text[a..b]));
        out
    }

    #[test]
    fn one_name_or_two() {
        for text in [
            "市文化和旅游局",
            "工业和信息化部",
            "市人力资源和社会保障局",
            "市自然资源和规划局",
            "市住房和城乡建设局",
            "中央和国家机关工委",
            "各县（市、区）政府和管委会",
        ] {
            assert_eq!(names(text), [text]);
        }
        assert_eq!(names("市财政局和各区政府"), ["市财政局", "各区政府"]);
        assert_eq!(names("市司法局以及市文化和旅游局"), ["市司法局", "市文化和旅游局"]);
        assert_eq!(names("某某工会等和各省级人民政府"), ["某某工会等", "各省级人民政府"]);
    }

    #[test]
    fn bodies() {
        for text in ["市司法局", "各县（市、区）政府", "各县（市、区）人民政府（管委会）", "高新区", "某某银行某市分行", "各街道办", "税务总局"]
        {
            assert!(is_body(text), "{text}");
        }
        for text in ["专人", "谁主管谁", "局", "按时完成"] {
            assert!(!is_body(text), "{text}");
        }
        assert_eq!(generic("等有关部门和单位按职责"), "等有关部门和单位".len());
        assert!(is_level("各区") && is_level("市") && !is_level("甲区"));
    }
}
