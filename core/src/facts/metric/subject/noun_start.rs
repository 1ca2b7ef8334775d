//! Where does a noun begin whose end is known?

use super::super::Finder;
use super::super::around::{each, last, next};
use crate::scan::{Class, class};

/// Where the noun that ends at `right` begins: after the last verb or particle. The second value says whether
/// a noun is left.
pub(super) fn cut(finder: &Finder<'_, '_>, left: usize, right: usize) -> (usize, bool) {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let (mut depth, mut quoted) = (0, false);
    let whole = &text[left..right];
    if whole.is_empty() || lexicon.cut.has(whole) || lexicon.verb.has(whole) {
        return (left, false);
    }
    // A verb at the end (我区共组织, 社康中心投入使用) hands on to what follows; what stands before it is less sure.
    let hand = lexicon.cut.end(whole).max(lexicon.verb.end(whole));
    if hand > 3 && hand < whole.len() && !hand_on_noun(finder, whole, hand) {
        return (cut(finder, left, right - hand).0, false);
    }
    for (i, c) in whole.char_indices().rev() {
        let at = left + i + c.len_utf8();
        match class(c) {
            Class::Close => depth += 1,
            Class::Open => depth -= 1,
            Class::QuoteClose => quoted = true,
            Class::QuoteOpen => quoted = false,
            _ => {}
        }
        if !lexicon.cut.finishes(c) && !matches!(c, '年' | '月' | '日' | '中') {
            continue;
        }
        let rest = &text[at..right];
        // 编制2023年决策事项
        if matches!(c, '年' | '月' | '日') && rest.chars().nth(1).is_some() && last(text, at - c.len_utf8()).is_some_and(|d| d.is_ascii_digit()) {
            return (at, true);
        }
        if depth <= 0 && !quoted && !rest.is_empty() {
            let mut len = lexicon.cut.end(&text[left..at]);
            if len == c.len_utf8() && (lexicon.inner.end(&text[left..at]) > 0 || lexicon.inner.start(&text[at - len..right]) > 0) {
                len = 0;
            }
            // 新招聘人员中应届毕业生占比
            if c == '中'
                && whole.len() >= 36
                && rest.len() >= 9
                && lexicon.inner.end(&text[left..at]) == 0
                && lexicon.inner.start(&text[at - c.len_utf8()..right]) == 0
            {
                return (at, true);
            }
            // 城市建成区面积, 城镇新增就业
            if len > 3 && at - len > left && lexicon.noun.start(&text[at - len..right]) > len {
                len = 0;
            }
            if len == 0 {
                continue;
            }
            let hollow = c == '的' && lexicon.hollow.has(rest);
            // 黑臭水体消除比例; but 项目完成|投资
            let object = matches!(rest, "投资" | "收入" | "支出" | "产值" | "补助" | "补贴" | "资金" | "奖励" | "罚款");
            let compound = len > 3 && at - len > left && lexicon.hollow.has(rest) && !object;
            let result = compound || len > 3 && lexicon.result.has(rest);
            if !hollow && !result && rest.chars().nth(1).is_some() && !ending(rest) {
                // 每万人|发明专利拥有量; 系统|每分钟可呼叫: a noun stands behind what it is per, or before it.
                if c == '每' && len == c.len_utf8() {
                    let past = at + each(lexicon, rest).unwrap_or(0);
                    // 每人每年, 每年度
                    let past = past + if text[past..right].starts_with('度') { "度".len() } else { 0 };
                    let again = text[past..right].strip_prefix('每').and_then(|r| each(lexicon, r));
                    let past = again.map_or(past, |len| past + "每".len() + len);
                    let noun = &text[past..right];
                    if noun.chars().nth(2).is_some() && !noun.starts_with(['可', '能', '计', '限']) {
                        return (past, true);
                    }
                    if at - len > left + 3 {
                        return (cut(finder, left, at - len).0, false);
                    }
                }
                return (at, true);
            }
        }
    }
    // A verb that opens the part.
    // 考试合格率 is a rate of exams: only the strict verbs go from a rate.
    let strict = lexicon.cut.start(whole);
    let first = next(whole, 0).map_or(0, char::len_utf8);
    let strict = if strict == first && lexicon.inner.start(whole) > 0 { 0 } else { strict };
    let rate = whole.ends_with(['率', '比', '度', '例']);
    // 建设用地
    let noun = lexicon.noun.start(whole) > 3;
    let verb = if noun {
        0
    } else if rate {
        strict
    } else {
        lexicon.verb.start(whole).max(strict)
    };
    let rest = &whole[verb..];
    if verb > 0 && rest.chars().nth(1).is_some() && !lexicon.result.has(rest) && !ending(rest) {
        // 开工改造老旧小区
        let more = lexicon.verb.start(rest).max(lexicon.cut.start(rest));
        let object = rest.get(more..).unwrap_or_default();
        if more > 3 && !rate && lexicon.noun.start(rest) == 0 && object.chars().nth(1).is_some() && !lexicon.result.has(object) && !ending(object) {
            return (left + verb + more, true);
        }
        return (left + verb, true);
    }
    (left, verb == 0 || rest.is_empty())
}

/// Whether what follows a verb makes a noun of it: 覆盖|率, 参与|度, 设立|人.
fn ending(rest: &str) -> bool {
    let short = rest.chars().nth(2).is_none();
    rest.starts_with(['率', '度', '量', '额', '数', '类', '性', '化', '者']) || (short && rest.starts_with(['人', '时']))
}

/// Whether a verb at the end of a noun phrase is its head: 案卷评查, 集体学法.
fn hand_on_noun(finder: &Finder<'_, '_>, whole: &str, hand: usize) -> bool {
    // The strict verbs are never heads.
    finder.lexicon.cut.end(whole) < hand
}
