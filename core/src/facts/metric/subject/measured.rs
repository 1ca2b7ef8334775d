//! Where does the noun end in a clause that says more between it and the number?

use super::super::Finder;
use super::super::around::Clause;
use crate::lexicon::Cue;

/// Where the noun of a clause ends that says more before its number: 总和|不得超过房款的80%, 倍数|由余额的20倍,
/// 车位|按照面积每百平方米.
pub(super) fn measured_end(finder: &Finder<'_, '_>, clause: Clause, region: usize, end: usize, start: usize) -> usize {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let Some(part) = text.get(region..end) else {
        return end;
    };
    // 融资平台数量2025年底前减少三分之一: the noun stands before the time.
    let timed = finder.taken_in(region, end).filter(|(from, to)| {
        let rest = &text[*to..end];
        *from >= region + 6
            && (rest.chars().count() <= 1 || lexicon.verb.has(rest) || lexicon.cut.has(rest) || lexicon.increase.has(rest) || lexicon.decrease.has(rest))
    });
    if let Some((from, _)) = timed {
        let noun = text[region..from].trim_end_matches(['到', '至', '在', '于', '力', '争', '截']);
        return region + noun.len();
    }
    let full = &text[region..start];
    // What the clause has no character of is not looked for.
    let may = |cue| if clause.has(cue) { Some(part) } else { None };
    let hedge = may(Cue::Apart).and_then(|_| finder.apart_at(full)).filter(|(i, _)| !full[*i..].starts_with("至少")).map(|(i, _)| i);
    let from = may(Cue::From).and_then(|part| part.rfind(['由', '从'])).filter(|i| {
        let turns = |t: &str| t.char_indices().take(10).any(|(i, _)| lexicon.turn.start(&t[i..]) > 0);
        let dated = part[*i + "从".len()..].strip_suffix("年的").is_some_and(|year| year.len() == 4);
        dated || turns(&part[*i..]) || turns(text[start..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
    });
    let by = may(Cue::By)
        .and_then(|part| part.find("按照").or_else(|| part.find('按').filter(|i| !part[*i..].starts_with("按期") && !part[*i..].starts_with("按时"))));
    // 新能源装机|占总装机57.6%; but 增加值占总值比重 is one noun.
    let share = may(Cue::Share).and_then(|part| part.find('占')).filter(|i| says_share(&part[*i..]) && !part.ends_with(['重', '例', '比', '率']));
    // 死亡人数|较“十三五”同期分别下降, 住房保障|分别投入
    let compares = |(i, c): &(usize, char)| {
        let rest = &part[i + c.len_utf8()..];
        matches!(c, '较' | '比')
            && (rest.starts_with(['上', '去', '同', '“', '计', '前'])
                || rest.starts_with(|c: char| c.is_ascii_digit())
                || rest.starts_with("全国")
                || rest.starts_with("全省"))
            && !rest.starts_with("上升")
    };
    let compared = may(Cue::Compared).and_then(|part| part.char_indices().find(compares)).map(|(i, _)| i);
    // 贷款额度|放宽至当期限额的2倍
    let raises = |i: &usize| {
        let len = lexicon.turn.start(&part[*i..]);
        len > 3 && part[*i + len..].strip_prefix(['至', '到']).is_some_and(|base| base.chars().nth(2).is_some())
    };
    let raised = may(Cue::Until).and_then(|part| part.char_indices().map(|(i, _)| i).find(raises));
    let raised = raised.filter(|i| {
        let noun = part[..*i].trim_end_matches(['可', '应', '将', '最', '高', '低']);
        lexicon.hollow.end(noun) > 0 || noun.ends_with(['率', '额', '度', '数', '价', '费', '期', '限', '例', '量']) || noun.ends_with("之和")
    });
    // 缴纳时间|自批准之日起最长不超过6个月
    let since = part.ends_with('起').then(|| part.find('自')).flatten().filter(|i| lexicon.inner.end(&part[..*i + "自".len()]) == 0);
    let dealt = may(Cue::Dealt).and_then(|part| part.find("分别")).filter(|i| part[*i..].chars().nth(7).is_none());
    // A hedge may stand behind the part.
    let long = |i: &usize| part.get(..*i).is_some_and(|noun| noun.chars().nth(1).is_some());
    let Some(i) = [hedge, from, by, share, compared, raised, since, dealt].into_iter().flatten().filter(long).min() else {
        return end;
    };
    let mut to = region + i;
    for _ in 0..4 {
        let len = lexicon.between.end(&text[region..to]).max(if text[region..to].ends_with('可') { 3 } else { 0 });
        if len == 0 {
            break;
        }
        to -= len;
    }
    if text[region..to].chars().nth(1).is_some() { to } else { end }
}

/// Whether a part begins with 占, what of: 占总装机; but 占地 and 占比 are words of their own.
pub(super) fn says_share(part: &str) -> bool {
    part.starts_with('占') && !["占用", "占地", "占比", "占有", "占道", "占补"].iter().any(|w| part.starts_with(w))
}
