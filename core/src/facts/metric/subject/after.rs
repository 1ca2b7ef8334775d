//! Which nouns stand behind a number?

use super::super::Finder;
use super::super::around::{is_edge, next, own_bracket};
use super::noun_end::{head_after_de, list_goes_on, noun_at, stops};
use super::tidy::{tidy, whole_word};
use super::{Parts, Side};
use crate::grammar::quantity::{self, Script};
use crate::scan::{Class, class};

/// The nouns after a number. Of what happens (`event`) the head of 的 is the noun; what is counted in kinds (`counted`)
/// may be called a standard or a limit.
pub(super) fn after(finder: &Finder<'_, '_>, end: usize, event: bool, counted: bool) -> Side {
    let from = past_attributes(finder, end).and_then(|from| past_predicate(finder, end, from, counted));
    from.map_or_else(Side::default, |from| nouns(finder, from, event))
}

/// Behind what may stand between a number and its noun: 的, a second number, a bracket.
fn past_attributes(finder: &Finder<'_, '_>, end: usize) -> Option<usize> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let mut from = end;
    if text[from..].starts_with('的') && lexicon.inner.start(&text[from..]) == 0 {
        from += "的".len();
        if lexicon.yardstick.start(&text[from..]) > 0 {
            // 3万元的标准,给予… measures what stands elsewhere.
            return None;
        }
    }
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
    Some(from)
}

/// Behind a predicate that stands where the noun would, if a noun follows: 涉及中介服务的行政职权事项.
fn past_predicate(finder: &Finder<'_, '_>, end: usize, from: usize, counted: bool) -> Option<usize> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let rest = &text[from..];
    let attend = lexicon.attend.start(rest);
    let turn = lexicon.turn.start(rest);
    let opens = if attend > 0 {
        true
    } else if lexicon.noun.start(rest) > 0 || counted && rest.starts_with("关口") {
        // 守住两个关口, but 突破5万元关口
        false
    } else {
        turn > 0 && rest[turn..].starts_with(['至', '到', '为', '成']) || lexicon.predicate.start(rest) > 0
    };
    if opens {
        let attribute = from > end || lexicon.relative.start(rest) > 0;
        let head = if attribute { head_after_de(text, from) } else { None };
        return head.or((attend > 0).then_some(from + attend));
    }
    // 每人10元标准
    let yardstick = !counted && from == end && lexicon.yardstick.start(rest) > 0 && lexicon.rate.end(&text[..end]) == 0;
    (!yardstick || ["任务", "政策", "目标"].iter().any(|w| rest.starts_with(w))).then_some(from)
}

/// The nouns from here to where the last of them ends.
fn nouns(finder: &Finder<'_, '_>, from: usize, event: bool) -> Side {
    let text = finder.text;
    let mut side = Side::default();
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
            Class::QuoteClose if !quoted => break,
            Class::QuoteClose => quoted = false,
            // Between quotes everything belongs to the noun.
            _ if quoted => {}
            Class::Pause if at == from => return side,
            Class::Open if at > part => {
                if let Some(past) = own_bracket(text, at) {
                    (skip, to) = (past, past);
                    continue;
                }
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
            Class::Pause => {
                // A list of nouns without numbers of their own goes on.
                if !list_goes_on(finder, at + c.len_utf8()) {
                    break;
                }
                side.parts.push(part, at);
                part = at + c.len_utf8();
            }
            Class::Digit => {
                // 10条500千伏线路
                let grade = grade(&text[at..]);
                if grade > 0 {
                    (skip, to) = (at + grade, at + grade);
                    continue;
                }
                // 5G stays, the next number does not.
                let run = text[at..].trim_start_matches(|c: char| c.is_ascii_digit());
                if !run.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    break;
                }
            }
            _ if is_edge(c) => break,
            _ if c == '的' && text[part..at].chars().nth(1).is_some() => {
                // 30个全要素、低成本的智慧岛; of an event the head stands behind (1次政府与法院的座谈会), of things the first noun
                // is counted (11个部门的公告).
                let headed = event || !side.parts.is_empty();
                let head = if headed { head_after_de(text, at) } else { None };
                if let Some((a, b)) = head.map(|head| noun_at(finder, head)).filter(|(a, b)| a < b) {
                    side.parts = Parts::default();
                    side.parts.push(a, b);
                    side.noun = true;
                    return side;
                }
                break;
            }
            _ if ends_before(finder, from, part, at, c) => break,
            _ => {}
        }
        to = at + c.len_utf8();
        if to - part > 72 {
            break;
        }
    }
    if to > part {
        let (a, b) = tidy(finder, part, shortened(finder, part, to));
        side.parts.push(a, b);
    }
    side.noun = !side.parts.is_empty();
    side
}

/// Whether the noun of `part` ends before the character at `at`: before a verb, or before 和 with a number behind it.
fn ends_before(finder: &Finder<'_, '_>, from: usize, part: usize, at: usize, c: char) -> bool {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let and = matches!(c, '和' | '及' | '与');
    if at == part || !and && !lexicon.stop.begins(c) {
        return false;
    }
    let noun = &text[part..at];
    if noun.chars().nth(1).is_none() {
        // 7个镇|建成便民服务中心
        return "镇村县区市省乡国校".contains(noun) && stops(finder, at) && lexicon.stop.start(&text[at..]) > 3;
    }
    let past = at + c.len_utf8();
    if and && !whole_word(finder, at) && lexicon.inner.end(&text[from..past]) == 0 && !list_goes_on(finder, past) {
        return true;
    }
    // 一次性吸纳就业补贴
    stops(finder, at) && noun != "一次性"
}

/// The end of the last noun without what leads to the next number (11件案件中有|6件), and without what runs on and on
/// (指标任务台账和“双档案”制度 ends at 和).
fn shortened(finder: &Finder<'_, '_>, part: usize, mut to: usize) -> usize {
    let (text, lexicon) = (finder.text, finder.lexicon);
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
    let noun = &text[part..to];
    if noun.chars().nth(14).is_none() {
        return to;
    }
    noun.find(['和', '及', '与']).filter(|i| *i >= 6).map_or(to, |and| part + and)
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
