//! Where does a noun begin whose end is known?

use super::super::Finder;
use super::super::around::{each, last, next};
use crate::scan::{Class, class};

/// Where the noun that ends at `right` begins: after the last verb or particle. The second value says whether
/// a noun is left.
pub(super) fn noun_start(finder: &Finder<'_, '_>, left: usize, right: usize) -> (usize, bool) {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let whole = &text[left..right];
    if whole.is_empty() || lexicon.cut.has(whole) || lexicon.verb.has(whole) {
        return (left, false);
    }
    // A verb at the end (我区共组织, 社康中心投入使用) hands on to what follows; what stands before it is less sure. Only
    // the strict verbs do, the others may be the noun's head: 案卷评查, 集体学法.
    let strict = lexicon.cut.end(whole);
    if strict > 3 && strict < whole.len() && strict >= lexicon.verb.end(whole) {
        return (noun_start(finder, left, right - strict).0, false);
    }
    let (mut depth, mut quoted) = (0, false);
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
        if depth > 0 || quoted || rest.is_empty() {
            continue;
        }
        // 新招聘人员中应届毕业生占比
        let among = c == '中' && whole.len() >= 36 && rest.len() >= 9;
        if among && lexicon.inner.end(&text[left..at]) == 0 && lexicon.inner.start(&text[at - c.len_utf8()..right]) == 0 {
            return (at, true);
        }
        match cut_at(finder, left, at, right) {
            0 => {}
            len if c == '每' && len == c.len_utf8() => return past_per(finder, left, at, right),
            _ => return (at, true),
        }
    }
    past_verbs(finder, left, right)
}

/// The length of the word that ends at `at` if it parts the noun behind it from what stands before: 组织|培训, 的|案件.
fn cut_at(finder: &Finder<'_, '_>, left: usize, at: usize, right: usize) -> usize {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let (before, rest) = (&text[left..at], &text[at..right]);
    let len = lexicon.cut.end(before);
    if len == 0 || rest.chars().nth(1).is_none() || ending(rest) {
        return 0;
    }
    let (word, whole) = (&before[before.len() - len..], &text[at - len..right]);
    if word.chars().nth(1).is_none() && (lexicon.inner.end(before) > 0 || lexicon.inner.start(whole) > 0) {
        return 0;
    }
    let long = len > 3;
    let inside = long && len < before.len();
    // 城市建成区面积, 城镇新增就业
    if inside && lexicon.noun.start(whole) > len {
        return 0;
    }
    // 黑臭水体消除比例; but 项目完成|投资
    let hollow = lexicon.hollow.has(rest);
    let object = matches!(rest, "投资" | "收入" | "支出" | "产值" | "补助" | "补贴" | "资金" | "奖励" | "罚款");
    let compound = inside && hollow && !object;
    if compound || hollow && word.ends_with('的') || long && lexicon.result.has(rest) {
        return 0;
    }
    len
}

/// Behind what a noun is per, or before it: 每万人|发明专利拥有量; 系统|每分钟可呼叫.
fn past_per(finder: &Finder<'_, '_>, left: usize, at: usize, right: usize) -> (usize, bool) {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let past = at + each(lexicon, &text[at..right]).unwrap_or(0);
    // 每人每年, 每年度
    let past = past + if text[past..right].starts_with('度') { "度".len() } else { 0 };
    let again = text[past..right].strip_prefix('每').and_then(|rest| each(lexicon, rest));
    let past = again.map_or(past, |len| past + "每".len() + len);
    let noun = &text[past..right];
    if noun.chars().nth(2).is_some() && !noun.starts_with(['可', '能', '计', '限']) {
        return (past, true);
    }
    let per = at - "每".len();
    if per > left + 3 { (noun_start(finder, left, per).0, false) } else { (at, true) }
}

/// Past the verbs that open a part.
fn past_verbs(finder: &Finder<'_, '_>, left: usize, right: usize) -> (usize, bool) {
    let lexicon = finder.lexicon;
    let whole = &finder.text[left..right];
    let strict = lexicon.cut.start(whole);
    let first = next(whole, 0).map_or(0, char::len_utf8);
    let strict = if strict == first && lexicon.inner.start(whole) > 0 { 0 } else { strict };
    // 考试合格率 is a rate of exams: only the strict verbs go from a rate.
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
    let is_object = |rest: &str| rest.chars().nth(1).is_some() && !lexicon.result.has(rest) && !ending(rest);
    let rest = &whole[verb..];
    if verb == 0 || !is_object(rest) {
        return (left, verb == 0 || rest.is_empty());
    }
    // 开工改造老旧小区
    let more = lexicon.verb.start(rest).max(lexicon.cut.start(rest));
    let both = more > 3 && !rate && lexicon.noun.start(rest) == 0 && is_object(&rest[more..]);
    (left + verb + if both { more } else { 0 }, true)
}

/// Whether what follows a verb makes a noun of it: 覆盖|率, 参与|度, 设立|人.
fn ending(rest: &str) -> bool {
    let short = rest.chars().nth(2).is_none();
    rest.starts_with(['率', '度', '量', '额', '数', '类', '性', '化', '者']) || (short && rest.starts_with(['人', '时']))
}
