//! What follows a list of units: 负责, 牵头, 按职责分工分别负责.

use super::unit;
use crate::ResponsibilityRole as Role;
use crate::facts::metric::around::ago;
use crate::lexicon::duties::{DUTIES, LEAD, OTHERS};
use crate::scan::{Class, class};

/// How far from the end of a list its verb may begin, in characters.
const LONGEST: usize = 36;

/// The end of a part of a list, behind the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tail {
    /// Where the unit ends.
    pub(crate) unit_end: usize,
    /// Whether there is a verb.
    pub(crate) verb: bool,
    /// The part that the verb gives; none for 负责 and its like.
    pub(crate) role: Option<Role>,
    /// Where the manner begins; it ends with the text.
    pub(crate) manner: Option<usize>,
}

/// Whether `text` ends in a verb that gives a part, which every predicate does.
pub(crate) fn may_end_with_verb(text: &str) -> bool {
    let Some(last) = text.chars().next_back() else { return false };
    DUTIES.verb.iter().any(|(_, verbs)| verbs.finishes(last) && verbs.end(text) > 0)
}

/// Splits 市司法局按职责分工分别负责 into the unit and the rest.
pub(crate) fn split(text: &str) -> Tail {
    let from = ago(text, LONGEST);
    let verb = may_end_with_verb(text);
    let mut depth = 0i32;
    for (at, c) in text[from..].char_indices().map(|(at, c)| (from + at, c)) {
        match class(c) {
            Class::Open => depth += 1,
            Class::Close => depth = (depth - 1).max(0),
            _ if depth == 0 && (at == 0 || c == OTHERS || verb && DUTIES.predicate.begins(c)) => {
                if let Some(tail) = tail_at(text, at, verb) {
                    return tail;
                }
            }
            _ => {}
        }
    }
    Tail { unit_end: text.len(), verb: false, role: None, manner: None }
}

fn tail_at(text: &str, at: usize, verb: bool) -> Option<Tail> {
    let rest = &text[at..];
    let predicate = |rest: &str| if verb { predicate(rest) } else { None };
    if let Some((role, manner)) = predicate(rest) {
        return Some(Tail { unit_end: at, verb: true, role, manner: manner.then_some(at) });
    }
    // 等有关部门负责; at the very start 有关部门负责 as well, but 各有关部门 is a unit.
    if rest.starts_with(OTHERS) || (at == 0 && unit::starts_empty(rest)) {
        let skip = unit::generic(rest);
        if skip > 0 {
            if skip == rest.len() {
                return Some(Tail { unit_end: at, verb: false, role: None, manner: None });
            }
            if let Some((role, manner)) = predicate(&rest[skip..]) {
                return Some(Tail { unit_end: at, verb: true, role, manner: manner.then_some(at + skip) });
            }
        }
    }
    None
}

/// Whether `text` is nothing but a verb, with a manner or without: its role and whether it is a manner.
pub(crate) fn predicate(text: &str) -> Option<(Option<Role>, bool)> {
    let words = &*DUTIES;
    for (role, verbs) in &words.verb {
        if verbs.has(text) {
            return Some((Some(*role).filter(|r| *r != Role::Responsible), false));
        }
    }
    let role = |text: &str| {
        let found = words.verb.iter().filter(|(_, v)| v.end(text) > 0).max_by_key(|(_, v)| v.end(text))?;
        Some(Some(found.0).filter(|r| *r != Role::Responsible))
    };
    if words.roles.manner_start.start(text) > 0 && made_of(text, &words.roles.manner) {
        return role(text).map(|r| (r.or_else(|| text.contains(LEAD).then_some(Role::Lead)), true));
    }
    if words.roles.plain.start(text) > 0 && made_of(text, &words.roles.plain) {
        return role(text).map(|r| (r.or_else(|| text.contains(LEAD).then_some(Role::Lead)), false));
    }
    None
}

fn made_of(text: &str, words: &crate::lexicon::Words) -> bool {
    words.trim_start(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails() {
        let lead = Some(Role::Lead);
        for (text, unit, role, manner) in [
            ("各县（市、区）政府按职责分工分别负责", "各县（市、区）政府", None, "按职责分工分别负责"),
            ("市财政局根据各自职责分别组织实施", "市财政局", None, "根据各自职责分别组织实施"),
            ("各区政府组织各相关部门实施", "各区政府", None, "组织各相关部门实施"),
            ("海关总署负责", "海关总署", None, ""),
            ("商务部等有关部门负责", "商务部", None, ""),
            ("市司法局牵头", "市司法局", lead, ""),
            ("市司法局牵头负责", "市司法局", lead, ""),
            ("市政府有关部门按职责分工负责", "市政府有关部门", None, "按职责分工负责"),
            ("有关部门按职责分工负责", "", None, "按职责分工负责"),
            ("市委组织部按职责负责", "市委组织部", None, "按职责负责"),
            ("市文旅局等按照职责分工负责", "市文旅局", None, "按照职责分工负责"),
            ("市农业局负责牵头协调", "市农业局", lead, ""),
            ("各区政府配合", "各区政府", Some(Role::Support), ""),
        ] {
            let tail = split(text);
            assert!(tail.verb, "{text}");
            assert_eq!((&text[..tail.unit_end], tail.role), (unit, role), "{text}");
            assert_eq!(tail.manner.map_or("", |m| &text[m..]), manner, "{text}");
        }
        for text in ["市委组织部", "市项目推进办公室", "市应急管理局", "某区综合行政执法局"] {
            assert_eq!(split(text).unit_end, text.len(), "{text}");
        }
        assert_eq!(split("市科技局等有关部门和单位").unit_end, "市科技局".len());
    }
}
