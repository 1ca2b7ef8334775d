//! What does the verb behind a number say of it?

use super::super::around::is_edge;
use super::super::{Finder, Reading};
use super::Parts;
use super::after::after;
use crate::Dimension;
use crate::scan::{Class, class};

/// The object that a verb behind the number gives by it: 按实际购房款的2%给予购房补贴, 减按25%计入应纳税所得额; or
/// the yardstick itself: 减按1%的税率.
pub(super) fn given(finder: &Finder<'_, '_>, clause: usize, start: usize, reading: &Reading<'_>) -> Option<Parts> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    if !matches!(reading.dimension, Dimension::Percent | Dimension::Money | Dimension::Ratio) {
        return None;
    }
    let before = &text[clause..start];
    let rate = lexicon.rate.end(before);
    let mut parts = Parts::default();
    let mut from = reading.end;
    let rest = text[from..].strip_prefix('的').unwrap_or(&text[from..]);
    // 处5万元以下的罚款
    if reading.dimension == Dimension::Money && before.ends_with('处') && rest.starts_with("罚款") {
        let fine = text.len() - rest.len();
        parts.push(fine, fine + "罚款".len());
        return Some(parts);
    }
    // 给予购房价(不含税)1%的购房补贴
    if reading.dimension == Dimension::Percent && rest.len() < text.len() - from && ["给予", "予以", "享受", "发放"].iter().any(|w| before.contains(w))
    {
        let side = after(finder, text.len() - rest.len(), true, false);
        if side.parts.iter().last().is_some_and(|(a, b)| lexicon.gift.end(&text[a..b]) > 0) {
            return Some(side.parts);
        }
    }
    let yardstick = lexicon.yardstick.start(rest);
    if yardstick > 0 {
        from = text.len() - rest.len();
        if lexicon.give.start(&text[from + yardstick..]) == 0 || text[from..].starts_with("税率") {
            if rate > 0 && !before.ends_with('的') && before.chars().count() <= 4 {
                parts.push(from, from + yardstick);
                return Some(parts);
            }
            return None;
        }
        from += yardstick;
    } else if rate == 0 && !before.contains('按') {
        return None;
    }
    let give = lexicon.give.start(&text[from..]);
    if give == 0 {
        return None;
    }
    let side = after(finder, from + give, true, false);
    if side.noun && !side.parts.is_empty() {
        return Some(side.parts);
    }
    // 按20%补助
    let noun = text[from..].starts_with(['补', '奖']);
    parts.push(from, from + give);
    noun.then_some(parts)
}

/// What becomes of a number that opens its clause: 3件未审结, 1宗正在审理中.
pub(super) fn state(finder: &Finder<'_, '_>, end: usize) -> Option<Parts> {
    let text = finder.text;
    if finder.lexicon.attend.start(&text[end..]) > 0 || text[end..].starts_with(['的', '和', '或', '及', '与', '至', '、']) || text[end..].starts_with("大关")
    {
        return None;
    }
    let mut to = end;
    for (i, c) in text[end..].char_indices().take(10) {
        // 两次排名末位的乡镇
        if is_edge(c) || class(c) == Class::Pause || c == '了' || c == '的' {
            break;
        }
        to = end + i + c.len_utf8();
    }
    let mut parts = Parts::default();
    parts.push(end, to);
    (to > end + 3).then_some(parts)
}
