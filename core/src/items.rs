//! Items inside a paragraph: 一是…二是…, 第一，…第二，…, 首先…其次…, (1)…；(2)…, ①…②….

use crate::MarkerStyle;
use crate::grammar::{marker, numeral};
use crate::outline::STYLES;
use crate::scan::{Anchor, Class, bits, class, seen};

/// An item as found in a paragraph's view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where its marker begins.
    pub(crate) at: u32,
    /// Where its marker ends.
    pub(crate) end: u32,
    pub(crate) style: MarkerStyle,
    pub(crate) number: u32,
    /// Lists of one family in one paragraph are told apart by this.
    pub(crate) list: u32,
}

/// Whether an item may begin after this character.
fn is_boundary(c: char) -> bool {
    matches!(
        class(c),
        Class::Stop | Class::Semicolon | Class::Comma | Class::Pause | Class::Colon | Class::Close | Class::QuoteClose | Class::BookClose | Class::Open
    ) || matches!(c, '—' | '-' | '.' | '·' | '…')
}

/// Finds the items of a paragraph, into `out`, in order.
pub(crate) fn find(text: &str, anchors: &[Anchor], out: &mut Vec<Found>) {
    out.clear();
    const ANNOUNCED_BY: u64 = bits([Class::Shi, Class::Order, Class::Among, Class::Open, Class::Enclosed]);
    if seen(anchors) & ANNOUNCED_BY == 0 {
        return;
    }
    // The last 二是, looked for once a 一是 asks whether one follows.
    let mut second: Option<Option<usize>> = None;
    for (i, anchor) in anchors.iter().enumerate() {
        if ANNOUNCED_BY >> anchor.class as u64 & 1 == 0 {
            continue;
        }
        let at = anchor.at as usize;
        let free = || text[..at].chars().next_back().is_none_or(is_boundary);
        match anchor.class {
            Class::Shi => shi(text, &anchors[..i], at, &mut second, out),
            Class::Order | Class::Among if free() => ordinal(text, at, out),
            Class::Open if free() => parenthesised(text, at, out),
            Class::Enclosed => enclosed(text, at, out),
            _ => {}
        }
    }
    sort_out(text, out);
}

/// 一是, at the start of a sentence or clause. In a heading the comma before the first may be missing.
fn shi(text: &str, before: &[Anchor], at: usize, second: &mut Option<Option<usize>>, out: &mut Vec<Found>) {
    let Some(numeral_at) = before.last().filter(|a| a.class == Class::Numeral).map(|a| a.at as usize) else { return };
    let Ok((rest, n)) = numeral::numeral(&text[numeral_at..at]) else { return };
    if !rest.is_empty() || !(1..=30).contains(&n) {
        return;
    }
    let previous = text[..numeral_at].chars().next_back();
    let free = previous.is_none_or(is_boundary);
    if !free
        && (n != 1
            || previous.is_some_and(|c| matches!(c, '统' | '第' | '之' | '同' | '专' | '单' | '唯' | '其' | '这' | '那'))
            || *second.get_or_insert_with(|| text.rfind("二是")) < Some(at))
    {
        return;
    }
    out.push(Found { at: numeral_at as u32, end: (at + '是'.len_utf8()) as u32, style: MarkerStyle::ItemShi, number: n as u32, list: 0 });
}

/// 第一，… 首先，… 其一，…
fn ordinal(text: &str, at: usize, out: &mut Vec<Found>) {
    let rest = &text[at..];
    let comma = |s: &str| s.starts_with(['，', ',', '：', ':']);
    let word = [("首先", 1), ("其次", 2), ("再次", 3), ("再者", 3), ("最后", 99)].iter().find_map(|(w, n)| rest.strip_prefix(w).map(|after| (after, *n)));
    // 第一、 too, but not of 第一、二产业 and 第一、第二组.
    let starts = text[..at].chars().next_back().is_none_or(|c| matches!(class(c), Class::Stop | Class::Semicolon | Class::Colon));
    let pause = |s: &str| starts && s.strip_prefix('、').is_some_and(|s| !s.starts_with(|c| c == '第' || matches!(class(c), Class::Numeral | Class::Digit)));
    let counted = rest.strip_prefix('第').or_else(|| rest.strip_prefix('其')).and_then(|after| {
        let (after, n) = numeral::cardinal(after).ok()?;
        (n < 20 && (comma(after) || pause(after))).then_some((after, n as u32))
    });
    let Some((after, number)) = word.filter(|(after, _)| comma(after) || rest.starts_with("首先") || rest.starts_with("其次")).or(counted) else { return };
    out.push(Found { at: at as u32, end: (text.len() - after.len()) as u32, style: MarkerStyle::Ordinal, number, list: 0 });
}

fn parenthesised(text: &str, at: usize, out: &mut Vec<Found>) {
    if let Ok((rest, m)) = marker::marker(&text[at..])
        && m.style == MarkerStyle::ArabicParen
        && let Some(number) = m.number
    {
        out.push(Found { at: at as u32, end: (text.len() - rest.len()) as u32, style: m.style, number, list: 0 });
    }
}

fn enclosed(text: &str, at: usize, out: &mut Vec<Found>) {
    if let Ok((rest, m)) = marker::marker(&text[at..])
        && matches!(m.style, MarkerStyle::Circled | MarkerStyle::ArabicParen)
        && let Some(number) = m.number
    {
        out.push(Found { at: at as u32, end: (text.len() - rest.len()) as u32, style: m.style, number, list: 0 });
    }
}

/// Keeps what forms a list, and numbers the lists.
fn sort_out(text: &str, out: &mut Vec<Found>) {
    if out.is_empty() {
        return;
    }
    let mut lists = 0;
    // Of each family: the open list, its last number, and how many it has.
    let mut open = [(0u32, 0u32, 0u32); STYLES];
    for found in out.iter_mut() {
        let (list, last, members) = &mut open[found.style as usize];
        if found.number == 99 {
            found.number = *last + 1;
        }
        let goes_on = *list > 0 && found.number == *last + 1;
        // A list may have begun in the paragraph before; then its number stands first in this one. One that
        // jumps is still a list; its author miscounted.
        let begins = found.number == 1 || found.at == 0;
        let miscounted = *list > 0 && found.style == MarkerStyle::ItemShi && found.number != 1;
        if goes_on || miscounted && !begins {
            *last = found.number;
            *members += 1;
        } else if begins || found.style == MarkerStyle::ItemShi && text[..found.at as usize].ends_with(['。', '；', ';']) {
            lists += 1;
            (*list, *last, *members) = (lists, found.number, 1);
        } else {
            found.list = 0;
            continue;
        }
        found.list = *list;
    }
    let mut counts = vec![0u32; lists as usize + 1];
    for found in out.iter() {
        counts[found.list as usize] += 1;
    }
    out.retain(|f| {
        // 首先 alone is an adverb, (1) alone a formula's number; 一是 alone is an item of a list in paragraphs.
        let alone = counts[f.list as usize] < 2;
        let paragraph_item = f.style == MarkerStyle::ItemShi || f.style == MarkerStyle::Ordinal && f.at == 0 && text[..f.end as usize].starts_with('第');
        f.list > 0 && (!alone || paragraph_item)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{Class, look};

    fn found(text: &str) -> Vec<(String, u32)> {
        let mut anchors = Vec::new();
        assert!(!look(text, &mut anchors).has(Class::Noise), "{text} is noisy");
        let mut out = Vec::new();
        find(text, &anchors, &mut out);
        out.iter().map(|f| (text[f.at as usize..f.end as usize].to_owned(), f.number)).collect()
    }

    #[test]
    fn lists() {
        for (text, want) in [
            ("一是甲。二是乙；三是丙。", vec![("一是", 1), ("二是", 2), ("三是", 3)]),
            ("还有不足,一是甲,二是乙。", vec![("一是", 1), ("二是", 2)]),
            ("使用政策一是甲。二是乙。", vec![("一是", 1), ("二是", 2)]),
            ("二是乙不够。", vec![("二是", 2)]),
            ("第一，甲。第二，乙。", vec![("第一", 1), ("第二", 2)]),
            ("问题是：第一、甲。第二、乙。", vec![("第一", 1), ("第二", 2)]),
            ("首先，甲。其次，乙。最后，丙。", vec![("首先", 1), ("其次", 2), ("最后", 3)]),
            ("包括：(1)甲；(2)乙。", vec![("(1)", 1), ("(2)", 2)]),
            ("包括①甲②乙", vec![("①", 1), ("②", 2)]),
            ("这是统一是非的标准，目标之一是甲。", vec![]),
            ("首先要提高认识。", vec![]),
            ("第一、二类人才，见图(1)。", vec![]),
        ] {
            let want: Vec<(String, u32)> = want.into_iter().map(|(m, n)| (m.to_owned(), n)).collect();
            assert_eq!(found(text), want, "{text}");
        }
    }
}
