//! Which nouns stand behind a number?

use super::super::Finder;
use super::super::around::{is_edge, next, own_bracket};
use super::noun_end::{head_after_de, list_goes_on, noun_at, stops};
use super::tidy::{tidy, whole_word};
use super::{Parts, Side};
use crate::grammar::quantity::{self, Script};
use crate::scan::{Class, class};

/// The noun after a number.
pub(super) fn after(finder: &Finder<'_, '_>, end: usize, wanted: bool, event: bool, counted: bool) -> Side {
    let mut side = Side::default();
    if !wanted {
        return side;
    }
    let (text, lexicon) = (finder.text, finder.lexicon);
    let mut from = end;
    if text[from..].starts_with('的') && lexicon.inner.start(&text[from..]) == 0 {
        from += "的".len();
        if lexicon.yardstick.start(&text[from..]) > 0 {
            // 3万元的标准,给予… measures what stands elsewhere.
            return side;
        }
    }
    // An attribute before the noun: 涉及中介服务的行政职权事项. Or no noun at all.
    // 二千元以上|二万元以下罚款: the noun stands behind the second number.
    // 2000万元和800万元项目资助, 二千元以上|二万元以下罚款: the noun stands behind the second number.
    if from == end {
        for _ in 0..3 {
            let Some(past) = second(finder, from) else { break };
            from = past;
        }
        if from > end && text[from..].starts_with('的') {
            from += "的".len();
        }
    }
    for word in ["人民币", "(人民币)", "（人民币）"] {
        from += if text[from..].starts_with(word) { word.len() } else { 0 };
    }
    // (含八层)
    if (text[from..].starts_with("(含") || text[from..].starts_with("（含"))
        && let Some((i, c)) = text[from..].char_indices().take(12).find(|(_, c)| class(*c) == Class::Close)
    {
        from += i + c.len_utf8();
    }
    let attend = lexicon.attend.start(&text[from..]);
    let noun = lexicon.noun.start(&text[from..]) > 0;
    let turn = lexicon.turn.start(&text[from..]);
    let opens = if attend > 0 {
        attend
    } else if noun || counted && text[from..].starts_with("关口") {
        // 守住两个关口, but 突破5万元关口
        0
    } else if turn > 0 && text[from + turn..].starts_with(['至', '到', '为', '成']) {
        turn
    } else {
        lexicon.predicate.start(&text[from..])
    };
    if opens == 0 && (!counted || from > end) && lexicon.yardstick.start(&text[from..]) > 0 && from == end && finder.lexicon.rate.end(&text[..end]) == 0 {
        // 每人10元标准
        if !text[from..].starts_with("任务") && !text[from..].starts_with("政策") && !text[from..].starts_with("目标") {
            return side;
        }
    }
    if opens > 0 {
        let relative = lexicon.relative.start(&text[from..]) > 0;
        match (relative || from > end).then(|| head_after_de(text, from)).flatten() {
            Some(head) => from = head,
            None if attend > 0 => from += attend,
            None => return side,
        }
    }
    let mut to = from;
    let mut quoted = false;
    let (mut part, mut skip) = (from, 0);
    for (i, c) in text[from..].char_indices().take(80) {
        let at = from + i;
        if at < part.max(skip) {
            continue;
        }
        match class(c) {
            Class::QuoteOpen => quoted = true,
            Class::QuoteClose => {
                if !quoted {
                    break;
                }
                quoted = false;
            }
            Class::Pause if !quoted && at == from => return side,
            Class::Open if !quoted && at > part && own_bracket(text, at).is_some() => {
                skip = own_bracket(text, at).unwrap_or(at);
                to = skip;
                continue;
            }
            Class::Open if !quoted && at > part => {
                // 印花税(不含证券交易印花税)、…: past a bracket when the list goes on behind it.
                let close = text[at..].char_indices().take(24).find(|(_, c)| class(*c) == Class::Close);
                let Some((close, c)) = close else { break };
                if !text[at + close + c.len_utf8()..].starts_with(['、', '和', '及']) {
                    break;
                }
                side.parts.push(part, at);
                part = at + close + c.len_utf8() + "、".len();
                to = part;
                continue;
            }
            Class::Pause if !quoted => {
                // A list of nouns without numbers of their own goes on.
                if !list_goes_on(finder, at + c.len_utf8()) {
                    break;
                }
                side.parts.push(part, at);
                part = at + c.len_utf8();
            }
            // 10条500千伏线路
            Class::Digit if !quoted && grade(&text[at..]) > 0 => {
                skip = at + grade(&text[at..]);
                to = skip;
                continue;
            }
            Class::Digit if !quoted => {
                // 5G stays, the next number does not.
                let run = text[at..].trim_start_matches(|c: char| c.is_ascii_digit());
                if !run.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    break;
                }
            }
            _ if is_edge(c) && !quoted => break,
            // Nothing that could end the noun.
            _ if !matches!(c, '的' | '和' | '及' | '与') && !lexicon.stop.begins(c) => {}
            _ if !quoted && at > part && text[part..at].chars().nth(1).is_some() => {
                if c == '的' {
                    // 30个全要素、低成本的智慧岛; of an event the head stands behind (1次政府与法院的座谈会), of things the first noun
                    // is counted (11个部门的公告).
                    if (event || !side.parts.is_empty())
                        && let Some(head) = head_after_de(text, at)
                    {
                        let (a, b) = noun_at(finder, head);
                        if a < b {
                            side.parts = Parts::default();
                            side.parts.push(a, b);
                            side.noun = true;
                            return side;
                        }
                    }
                    break;
                }
                if matches!(c, '和' | '及' | '与')
                    && !whole_word(finder, at)
                    && finder.lexicon.inner.end(&text[from..at + c.len_utf8()]) == 0
                    && !list_goes_on(finder, at + c.len_utf8())
                {
                    break;
                }
                // 一次性吸纳就业补贴
                if stops(finder, at) && &text[part..at] != "一次性" {
                    break;
                }
            }
            // 7个镇|建成便民服务中心
            _ if !quoted && at > part && "镇村县区市省乡国校".contains(&text[part..at]) && stops(finder, at) && finder.lexicon.stop.start(&text[at..]) > 3 =>
            {
                break;
            }
            _ => {}
        }
        to = at + c.len_utf8();
        if to - part > 72 {
            break;
        }
    }
    // 11件案件中有|6件: what leads to the next number is no part of the noun.
    if next(text, to).is_some_and(|c| matches!(class(c), Class::Digit | Class::Numeral)) {
        for _ in 0..3 {
            let noun = &text[part..to];
            let len = lexicon.between.end(noun);
            if len == 0 || len >= noun.len() || lexicon.inner.end(noun) > 0 {
                break;
            }
            to -= len;
        }
    }
    if to > part {
        // What runs on and on is no noun: 指标任务台账和“双档案”制度 ends at 和.
        let long = text[part..to].chars().count() > 14;
        if long && let Some(and) = text[part..to].find(['和', '及', '与']).filter(|i| *i >= 6) {
            to = part + and;
        }
        let (a, b) = tidy(finder, part, to);
        side.parts.push(a, b);
    }
    side.noun = !side.parts.is_empty();
    side
}

/// The length of a grade that opens a noun: 500千伏|线路, 10万吨级|泊位.
fn grade(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.strip_prefix('万').unwrap_or(rest);
    let grade = ["千伏", "kV", "KV", "吨级", "千瓦", "兆瓦", "吉瓦", "米级"].iter().find_map(|w| rest.strip_prefix(w));
    match grade {
        Some(noun) if next(noun, 0).is_some_and(|c| class(c) == Class::Plain) => text.len() - noun.len(),
        _ => 0,
    }
}

/// The end of a number of the same unit that follows right here, or behind 和 or 、.
fn second(finder: &Finder<'_, '_>, from: usize) -> Option<usize> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let rest = text[from..].strip_prefix(['和', '、', '或', '及', '与']).unwrap_or(&text[from..]);
    let joined = rest.len() < text.len() - from;
    let own = &text[..from];
    let own = &own[..own.len() - lexicon.after.end(own).map_or(0, |(len, _)| len)];
    let rest = match lexicon.before.start(rest) {
        Some((len, _)) if joined => &rest[len..],
        _ => rest,
    };
    next(rest, 0).filter(|c| matches!(class(*c), Class::Digit | Class::Numeral))?;
    let (rest, amount) = quantity::amount(rest).ok()?;
    let unit = lexicon.units.start(rest)?;
    let past = text.len() - rest.len() + unit.word.len();
    let hedge = lexicon.after.start(&text[past..]).map_or(0, |(len, _)| len);
    // 4个千亿县, 3个万亿元大关: the noun itself.
    let named = amount.script == Script::Bare && hedge == 0;
    let same = own.ends_with(unit.word);
    (same || !joined && !named).then_some(past + hedge)
}
