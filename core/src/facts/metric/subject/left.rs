//! The noun phrase before a number.

use super::{Parts, add_part, breaks, last_join, names};
use crate::facts::words::Word;
use crate::lexicon::LEXICON;
use crate::lexicon::words::{Is, VOCABULARY};
use crate::scan::{Class, class};
use std::cell::OnceCell;

/// What stands before a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left {
    pub(super) parts: Parts,
    /// Whether it names a thing; a verb alone (清理9件) does not.
    pub(super) noun: bool,
    /// Whether it is what the number is compared with: 为年度计划的108.6%.
    pub(super) compared: bool,
    /// Whether it is that of which a share bounds something: 不超过平均工资的五倍.
    pub(super) bounded: bool,
    /// Whether a word right before the number hands its object on: 建成, 给予, 的.
    pub(super) open: bool,
    /// The verb that hands on, with its negation: 新增5个, 不受理12宗.
    pub(super) verb: Option<(usize, usize)>,
    /// A verb that says nothing of what: 新增69个.
    pub(super) hollow: Option<(usize, usize)>,
}

/// What is known of a number before its noun is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// The words begin right behind a number.
    pub(super) listed: bool,
    /// A word of change before the number says by how much.
    pub(super) raised: bool,
    /// It counts what happens.
    pub(super) event: bool,
    /// It says how long something lasts.
    pub(super) lasts: bool,
    /// It stands in a bracket behind its noun.
    pub(super) bracket: bool,
    /// The bracket says of all of a list: 甲、乙（共2家）.
    pub(super) whole: bool,
    /// It is an age.
    pub(super) aged: bool,
}

/// What may stand between a noun and its number.
pub(super) const BETWEEN: Is = Is::LINK
    .or(Is::ADVERB)
    .or(Is::MODAL)
    .or(Is::TIME)
    .or(Is::PREP)
    .or(Is::PER)
    .or(Is::VERB)
    .or(Is::OF)
    .or(Is::BOUND)
    .or(Is::CHANGE)
    .or(Is::SCOPE)
    .or(Is::BRACKET)
    .or(Is::WHO);

/// The nouns before a number, of the words between the clause's edge and it.
pub(super) fn left(text: &str, words: &mut [Word], look: Look) -> Left {
    let Look { listed, raised, event, lasts, bracket, whole, aged } = look;
    let mut left = Left::default();
    let mut end = words.len();
    let (mut owned, mut told, mut to, mut cut, mut adverbial) = (false, false, false, false, false);
    loop {
        while let Some(len) = between(text, &mut words[..end], raised) {
            let word = &words[end - 1];
            if len == 0 {
                left.open |= word.is.any(Is::VERB.or(Is::OF).or(Is::PREP)) && !word.is.any(Is::LINK.or(Is::CHANGE));
                if word.is.any(Is::VERB) && !word.is.any(Is::LINK.or(Is::CHANGE).or(Is::HOLLOW)) && left.verb.is_none() {
                    left.verb = Some((word.start as usize, word.end as usize));
                }
                adverbial |= left.verb.is_some() && word.is.any(Is::TIME.or(Is::SCOPE));
                if word.is.any(Is::HOLLOW) {
                    left.hollow = Some((word.start as usize, word.end as usize));
                }
                if matches!(word.text(text), "不" | "不予" | "未" | "正式") && left.verb.is_some_and(|(at, _)| at == word.end as usize) {
                    left.verb = left.verb.map(|(_, to)| (word.start as usize, to));
                }
                // 提取公积金的再上浮10%: of what was spoken of before.
                if word.is.any(Is::OF) && told && end > 1 {
                    return Left::default();
                }
                told |= !word.is.any(Is::TIME.or(Is::PER).or(Is::OF).or(Is::BRACKET));
                // 缴存基数上限乘以24%
                owned |= word.is.any(Is::OF) || matches!(word.text(text), "乘以" | "除以");
                // 由主体工程施工至封顶|调整为50%
                to |= word.len() > '至'.len_utf8() && word.text(text).ends_with(['至', '到', '为']);
                end -= 1;
            }
        }
        // 总产值计划|增长20%, 大豆要求|达到5万吨: how it is told, not what.
        if words.get(end).is_some_and(|w| w.is.any(Is::LINK.or(Is::ADVERB).or(Is::PREP)) && (!w.is.any(Is::BOUND) || w.is.any(Is::PREP)))
            && end > 1
            && words[end - 1].is.any(Is::ASK)
            && !words[end - 1].is.any(Is::WORK)
            && names(&words[end - 2..end - 1])
        {
            end -= 1;
            continue;
        }
        // 建设单位|可申请, 首付款比例|均执行: who may do it, not what.
        if !event
            && end >= 3
            && words[end - 1].is.any(Is::WORK)
            && !words[end - 1].is.any(Is::NOUN.or(Is::HEAD))
            && words[end - 2].is.any(Is::ALONE)
            && names(&words[end - 3..end - 2])
        {
            end -= 2;
            left.open = true;
            continue;
        }
        // 家庭医生累计签约, 企业已累计复工
        if !lasts && words[..end].last().is_some_and(|w| w.is.any(Is::STATE)) {
            let noun = words[..end - 1].iter().rposition(|w| !breaks(w)).map_or(0, |at| at + 1);
            if noun > 0 && noun < end - 1 && names(&words[noun - 1..noun]) {
                end -= 1;
                continue;
            }
        }
        // 学习时间超过有效期限(180天)
        match adjunct(text, &words[..end], (owned, to), lasts).filter(|_| !bracket) {
            Some(at) => {
                (end, cut) = (at, true);
                (left.open, left.verb) = (false, None);
            }
            None => break,
        }
    }
    // 自申领之日前|缴纳满5年: what lasts is what is done, not what its time is told by.
    if lasts
        && adverbial
        && let Some((start, end)) = left.verb
        && !VOCABULARY.of(&text[start..end]).any(Is::LIGHT)
    {
        return Left { parts: Parts::one(start, end), noun: true, ..left };
    }
    let words = &words[..end];
    // 人才在本地|工作满2年, 在本市|缴存公积金满3个月: what lasts is what is done there.
    if lasts
        && let Some(at) = words.iter().rposition(|w| w.is.any(Is::PREP) && w.is.any(Is::BOUND))
        && let Some(act) = words[at..].iter().position(|w| w.is.any(Is::ACT)).map(|act| at + act)
        && words[act..].iter().all(|w| !breaks(w) && w.is != Is::PAUSE)
        && !term(text, words)
    {
        left.parts = Parts::one(words[act].start as usize, words[end - 1].end as usize);
        left.noun = true;
        return left;
    }
    let mut begin = begin(text, words);
    // 对外省预拨|35亿元: to whom is not what.
    if begin > 0
        && begin < end
        && left.verb.is_some()
        && !event
        && LEXICON.around.for_whom.has(words[begin - 1].text(text))
        && !names(&words[..begin - 1])
        && !words[begin..].iter().any(|w| w.is == Is::PAUSE)
    {
        return left;
    }
    // 缴纳|社会保险满三年: what is done to the thing lasts, but 办理|时限
    let lasts = lasts && !term(text, words);
    let act = |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::LINK.or(Is::CHANGE).or(Is::HOLLOW).or(Is::PREP).or(Is::NOUN).or(Is::LIGHT));
    // 获得|我市|户籍不满三年
    let done = words[..begin].iter().rposition(|w| !w.is.any(Is::SCOPE) || w.is.any(Is::PREP)).filter(|_| lasts && begin < end);
    if let Some(verb) = done.filter(|at| act(&words[*at])) {
        begin = verb;
    }
    // 为年度计划的108.6%: of what was spoken of before.
    let against = begin > 0 && words[begin - 1].is.any(Is::THAN);
    left.bounded = owned && words[..begin].iter().any(|w| w.is.any(Is::BOUND));
    left.compared = against || owned && begin > 0 && words[begin - 1].is.any(Is::EQUAL) && !names(&words[..begin - 1]);
    // 副职的薪酬为正职的80%, 券面额为合同约定的总价的10%: what is compared stands before, or in the clause before.
    let equates = |w: &Word| w.is.any(Is::EQUAL) || w.is.any(Is::BOUND) && !w.is.any(Is::PREP);
    let equated = if owned && raised && !cut { words[..begin].iter().rposition(equates) } else { None };
    left.compared |= equated.is_some_and(|at| !names(&words[..at]));
    let (words, begin) = match equated.map(|at| &words[..at]).filter(|own| names(own)) {
        Some(own) => (own, self::begin(text, own)),
        None => (words, begin),
    };
    // 新开工|建设: work alone is that of the verb before it.
    let verb = |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::CHANGE);
    let alone = begin < words.len() && words[begin..].iter().all(|w| w.is.any(Is::TAIL)) && words[..begin].last().is_some_and(verb);
    let begin = begin - usize::from(alone);
    let governed = begin > 0 && words[begin - 1].is.any(Is::VERB);
    let mut list = &words[begin..];
    // 燃气、供水等|管网
    if list.iter().any(|w| w.is == Is::PAUSE)
        && let Some(etc) = list.iter().rposition(|w| w.is.any(Is::ETC)).filter(|at| names(&list[at + 1..]) && !list[at + 1..].iter().any(|w| w.is == Is::PAUSE))
    {
        list = &list[etc + 1..];
    }
    // 名单、材料|（3000字以内）, 妇女、儿童（6岁以下）
    if bracket
        && !whole
        && (!raised || aged)
        && let Some(last) = list.iter().rposition(|w| w.is == Is::PAUSE).filter(|at| names(&list[at + 1..]))
    {
        list = &list[last + 1..];
    }
    // 硕士、技师一次性|补贴: who gets it stands before.
    if let Some(once) = list.iter().rposition(|w| w.text(text) == "一次性")
        && list[once + 1..].iter().any(|w| w.is.any(Is::UNKNOWN.or(Is::NOUN).or(Is::HEAD).or(Is::WORK)))
        && !list[once + 1..].iter().any(|w| w.is == Is::PAUSE || w.text(text).ends_with('率'))
    {
        list = &list[once + 1..];
    }
    // 没有违法所得或者|违法所得: a thing named twice is one.
    if let Some(or) = list.iter().rposition(|w| w.is.any(Is::JOIN) && w.text(text).starts_with('或'))
        && let ([.., first], [again, .., last] | [again @ last]) = (&list[..or], &list[or + 1..])
        && text[..first.end as usize].ends_with(&text[again.start as usize..last.end as usize])
    {
        list = &list[or + 1..];
    }
    // 工地100%|落实、围挡: what stands before the first 、 belongs to the number before.
    if listed
        && !words[..begin].iter().any(|w| w.is == Is::PAUSE)
        && let Some(first) = list.iter().position(|w| w.is == Is::PAUSE)
    {
        list = &list[first + 1..];
    }
    let and = last_join(text, list).map(|at| list[at].start);
    // 市、|区科技投入, 一、|二、|三产业: they share the name behind them.
    const ONE: usize = '市'.len_utf8();
    let shares = |part: &[Word]| {
        let Some((w, before)) = part.split_last().filter(|(w, _)| w.len() <= ONE && list.last().is_some_and(|last| last.len() > ONE)) else { return false };
        let alone = before.last().is_none_or(|w| w.is == Is::PAUSE);
        alone && LEXICON.nouns.kin.has(w.text(text)) || w.text(text).starts_with(|c| class(c) == Class::Numeral)
    };
    let ends = |at: &usize| list.get(*at).is_none_or(|w| w.is == Is::PAUSE || and == Some(w.start));
    let mut from = 0;
    for at in (0..=list.len()).filter(ends) {
        let part = &list[from..at];
        // 茶企二、|三级子公司
        let numeral = |c| class(c) == Class::Numeral;
        let ranks = || list.get(at + 1).is_some_and(|next| next.text(text).starts_with(numeral)) && list[at - 1].text(text).ends_with(numeral);
        if at < list.len() && !part.is_empty() && (shares(part) || ranks()) {
            continue;
        }
        from = at + 1;
        // 连续、|正常、|足额缴会费满8个月: how it is done.
        if !part.is_empty() && part.iter().all(|w| w.is.any(Is::LINK) || lasts && w.is.any(Is::ADVERB)) {
            continue;
        }
        let part = if lasts { lasting(part) } else { trimmed(text, part, governed) };
        add_part(text, part, &mut left.parts);
        left.noun = names(part);
    }
    left.noun &= !left.parts.is_empty();
    left
}

/// Whether the last word stands between noun and number; of an unknown word its last character may (钢|增, 排放|要), which
/// is taken from it. The length is that of what was taken.
fn between(text: &str, words: &mut [Word], raised: bool) -> Option<usize> {
    let count = words.len();
    let word = words.last_mut()?;
    // 农房风貌提升26万户: work is counted, it raises nothing.
    let work = word.is.any(Is::WORK) && !(raised && word.is.any(Is::CHANGE));
    if word.is.any(BETWEEN) && !work {
        // 消费 and the like are nouns that may also lead on.
        return Some(0);
    }
    if word.is != Is::UNKNOWN {
        return None;
    }
    let part = word.text(text);
    let last = part.chars().next_back()?;
    let len = last.len_utf8();
    let is = VOCABULARY.of(&part[part.len() - len..]);
    // 退休|后延长
    if is.any(Is::LOCUS) && len == part.len() {
        return Some(0);
    }
    if !is.any(Is::ALONE) {
        return None;
    }
    if len == part.len() {
        // 公安机关|处: it hands on as a word of its own does.
        word.is = is;
        return (count == 1 || !matches!(last, '新')).then_some(0);
    }
    word.end -= len as u32;
    Some(len)
}

/// Where what follows the noun begins, that runs on to the number: 比上年, 占总装机, 由80天, 在现行标准基础上, 不超过总房款.
fn adjunct(text: &str, words: &[Word], (owned, to): (bool, bool), lasts: bool) -> Option<usize> {
    let start = words.iter().position(|w| names(std::slice::from_ref(w)))?;
    let base = || words.last().is_some_and(|w| text[w.end as usize..].trim_start_matches('的').starts_with("基础上"));
    let whole = OnceCell::new();
    (start + 1..words.len()).find(|at| {
        let word = &words[*at];
        if word.is.any(Is::NOUN) || !word.is.any(Is::BOUND.or(Is::LINK).or(Is::PREP)) {
            return false;
        }
        let behind = &words[at + 1..];
        // 额度在|现行额度的基础上提高20%
        if word.text(text) == "在" && base() {
            return true;
        }
        // 股东以专利权出资占注册资本的|比例
        if whole.get_or_init(|| share(text, words)).is_some_and(|whole| whole >= *at) {
            return false;
        }
        let relative = || behind.iter().position(|w| w.is.any(Is::OF)).is_some_and(|of| of + 1 < behind.len());
        if matches!(word.text(text), "由" | "从") {
            // 公共区域由每日|消毒2次
            return owned || to || !names(behind);
        }
        // 有效期|自开具之日起
        if word.text(text) == "自" {
            return true;
        }
        if word.is.any(Is::BOUND) {
            // 人员按照指标体系计算|总积分, 职工按规定缴存|公积金
            let does = |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::NOUN) || lasts && w.is.any(Is::ACT) && w.is.any(Is::WORK);
            let done = behind.iter().rposition(does).is_some_and(|verb| names(&behind[verb + 1..]));
            // 人才在本地|工作满2年
            let done = done || lasts && behind.last().is_some_and(|w| w.is.any(Is::ACT));
            return !word.is.any(Is::PREP) || !relative() && !done;
        }
        // 比例可下调至挂牌价的20%
        let leads = word.is.any(Is::LINK) && !word.is.any(Is::EQUAL) && word.text(text).ends_with(['至', '到', '为', '在']) && word.len() > 3;
        leads || owned && word.text(text) == "是" && !behind.is_empty()
    })
}

/// Whether a noun is a measure that says too little without the verb before it: 办理时间.
fn measures(text: &str, noun: &[Word]) -> bool {
    matches!(noun, [head] if LEXICON.nouns.gauge.end(head.text(text)) > 0)
}

/// Where the noun phrase that ends with the words begins.
fn begin(text: &str, words: &[Word]) -> usize {
    // 制造业增加值占生产总值的|比重: of what it is a share.
    if let Some(whole) = share(text, words).filter(|at| names(&words[..*at])) {
        return begin(text, &words[..whole]);
    }
    let mut begin = words.len();
    while let Some(word) = begin.checked_sub(1).map(|i| &words[i]) {
        let noun = &words[begin..];
        if word.is.any(Is::OF) {
            // 用于“三农”的|投入, but 粮食的产量
            let owner = words[..begin - 1].iter().rposition(breaks).map_or(0, |at| at + 1);
            let relative = owner > 0 && words[owner - 1].is.any(Is::VERB);
            // 三孩家庭的|最高贷款额度 says enough.
            let enough = noun.first().is_some_and(|w| w.len() >= "最高额度".len());
            let one = |owner: &[Word]| !owner.iter().any(|w| w.is == Is::PAUSE || w.is.any(Is::OF) || place(text, w));
            // 补交团费的|时间: a measure is that of what is done.
            if relative && !enough && measures(text, noun) && names(&words[owner..begin - 1]) && one(&words[owner..begin - 1]) {
                return owner - 1;
            }
            if !hollow(noun) || enough || relative || !names(&words[owner..begin - 1]) {
                break;
            }
        } else if begin < words.len() && place(text, word) && names(&words[..begin - 1]) && names(noun) {
            // 行政区域内|贷款最高额度
            break;
        } else if word.is.any(Is::ASK)
            && word.is.any(Is::WORK)
            && names(&words[..begin - 1])
            && noun.iter().any(|w| w.len() > '日'.len_utf8() && w.is.any(Is::UNKNOWN.or(Is::NOUN)) && !w.is.any(Is::HEAD))
        {
            // 职工家庭申请|住房公积金贷款额度
            break;
        } else if breaks(word) {
            let light = word.is.any(Is::LIGHT);
            let measure = measures(text, noun);
            let rate = matches!(noun, [rate] if rate.text(text).ends_with('率'));
            // 黑臭水体消除比例, 项目实施时间, but 以旧换新带动|消费
            let told = word.is.any(Is::VERB.or(Is::CHANGE).or(Is::ADVERB)) && hollow(noun) && (!light || measure) || word.is.any(Is::ADVERB) && rate;
            // 办理|时间, 按时|答复率
            let own = measure && word.is.any(Is::VERB) && !word.is.any(Is::HOLLOW) && !light
                || word.text(text) == "累计" && hollow(noun)
                || rate && word.is.any(Is::VERB) && !word.is.any(Is::CHANGE.or(Is::HOLLOW).or(Is::EQUAL)) && !light
                || rate && word.is.any(Is::ADVERB) && word.text(text).ends_with(['时', '期']);
            // 为茶农降低|费率, but 对茶业增长贡献率
            let served = begin >= 3 && matches!(words[begin - 3].text(text), "为" | "给" | "向");
            let compound = own || told && !served && !LEXICON.around.sum.has(noun[0].text(text)) && begin >= 2 && names(&words[begin - 2..begin - 1]);
            if !compound {
                break;
            }
        }
        begin -= 1;
    }
    // 向湖北|捐赠: what is done, not to whom; but 安排为质量监测
    let to_whom = |at: usize| LEXICON.around.for_whom.has(words[at].text(text)) && !(at > 0 && words[at - 1].is.any(Is::VERB.or(Is::WORK)));
    if begin > 0 && to_whom(begin - 1) {
        let work = words[begin..].iter().rposition(|w| w.is.any(Is::WORK.or(Is::GIVE)) && !w.is.any(Is::NOUN));
        if let Some(work) = work.filter(|work| *work > 0) {
            begin += work;
        }
    }
    begin
}

/// Whether the word is a character that says where or when what stands before it is: 行政区域|内, 调整|后.
fn place(text: &str, word: &Word) -> bool {
    word.is == Is::UNKNOWN && word.len() == '内'.len_utf8() && VOCABULARY.of(word.text(text)).any(Is::LOCUS)
}

/// Where 占 stands in words that name a share: 制造业占生产总值的比重.
fn share(text: &str, words: &[Word]) -> Option<usize> {
    let shares = |w: &Word| w.text(text).ends_with(['比', '重', '例', '率']);
    let (last, own) = words.split_last()?;
    // 用地占总面积的比例|上限
    if !(shares(last) || last.text(text).ends_with('限') && own.last().is_some_and(shares)) {
        return None;
    }
    // 占全省|比重
    words.iter().rposition(|w| w.is.any(Is::BOUND) && w.text(text).starts_with('占') && !w.text(text).ends_with(['到', '方'])).filter(|at| *at > 0)
}

/// Whether a noun says too little alone: 总额, 比例.
fn hollow(noun: &[Word]) -> bool {
    matches!(noun, [word] if word.is.any(Is::HEAD))
}

/// Whether the words end with the name of a time itself: 办理时限, 有效期.
fn term(text: &str, words: &[Word]) -> bool {
    words.last().is_some_and(|w| w.is.any(Is::HEAD) && !w.is.any(Is::ACT) || LEXICON.nouns.term.end(w.text(text)) > 0)
}

/// What is done for so long, without what joins it to what stands around it.
fn lasting(mut part: &[Word]) -> &[Word] {
    const ENDS: Is = Is::JOIN.or(Is::OF).or(Is::ETC).or(Is::BRACKET).or(Is::PAUSE).or(Is::PER);
    while let [first, rest @ ..] = part
        && first.is.any(ENDS)
    {
        part = rest;
    }
    while let [rest @ .., last] = part
        && last.is.any(ENDS)
    {
        part = rest;
    }
    // 缴存人|连续缴存6个月
    if let Some(at) =
        part.iter().rposition(|w| w.is.any(Is::LINK) && w.is.any(Is::NOUN)).filter(|at| names(&part[..*at]) && part[*at..].iter().any(|w| w.is.any(Is::ACT)))
    {
        part = &part[at..];
    }
    // 具有教授职称或者|从事律师工作10年
    let or = part.iter().rposition(|w| w.is.any(Is::JOIN)).filter(|at| part.get(at + 1).is_some_and(|w| w.is.any(Is::VERB.or(Is::ACT))));
    or.map_or(part, |at| &part[at + 1..])
}

/// A noun phrase without what does not belong to it at its ends: the verb it is the object of, 等, a predicate.
fn trimmed<'w>(text: &str, mut part: &'w [Word], governed: bool) -> &'w [Word] {
    const ENDS: Is = Is::JOIN.or(Is::OF).or(Is::ETC).or(Is::BRACKET).or(Is::PAUSE);
    while let [rest @ .., last] = part
        && !rest.is_empty()
        && last.len() == '内'.len_utf8()
        && VOCABULARY.of(last.text(text)).any(Is::LOCUS)
    {
        part = rest;
    }
    // 陕西电力公司|售电量
    let owns = |w: &Word| ["公司", "新区", "集团"].iter().any(|end| w.text(text).ends_with(end));
    if part.len() > 3
        && part[part.len() - 1].is.any(Is::HEAD)
        && let Some(owner) = part.iter().rposition(owns).filter(|at| *at > 0 && part.len() > at + 2 && !part[at + 1].is.any(ENDS))
    {
        part = &part[owner + 1..];
    }
    // “千名律师进企业”等|法治护航活动
    if let Some(etc) = part.iter().rposition(|w| w.is.any(Is::ETC)).filter(|at| *at > 0 && part[at - 1].is.any(Is::QUOTE) && names(&part[at + 1..])) {
        part = &part[etc + 1..];
    }
    let rate = part.last().is_some_and(|w| LEXICON.nouns.rate.end(w.text(text)) > 0);
    // 出具|审查意见书
    let document = governed && part.last().is_some_and(|w| LEXICON.nouns.document.end(w.text(text)) > 0);
    while let [first, rest @ ..] = part {
        // 改造|农村危房, but 改造项目, 考试合格率
        // 公示簿: of one character it is the end of a word.
        let one = matches!(rest, [noun] if noun.is == Is::UNKNOWN && noun.len() == '簿'.len_utf8());
        let object = !one && rest.iter().any(|w| !w.is.any(Is::HEAD.or(Is::WORK).or(Is::STATE).or(Is::TAIL).or(ENDS)));
        // 公开|招聘|人员, 建设|集中式处理设施, 人均|学习
        // 受益|群众: what has no object says whom.
        let state = first.is.any(Is::STATE) && !first.is.any(Is::ATTEND);
        let work = state || first.is.any(Is::WORK.or(Is::TAIL)) || first.is.any(Is::ADVERB) && rest.first().is_some_and(|w| w.is.any(Is::WORK));
        let mean = first.text(text) == "平均" && names(rest) || first.is.any(Is::PER) && !rest.is_empty() && !rest.iter().any(|w| w.is.any(Is::HEAD));
        // 要求|贷款申请间隔, 合计|财政支出
        let asks = first.is.any(Is::ASK)
            && !first.is.any(Is::WORK)
            && (names(rest) || rest.iter().any(|w| w.is.any(Is::WORK)))
            && (first.is.any(Is::HEAD) || rest.iter().any(|w| !w.is.any(Is::HEAD)));
        // 70平方米以下|奖励3000元
        let limit = first.is.any(Is::LIMIT);
        if !(first.is.any(ENDS)
            || limit
            || mean
            || asks
            || work && !rate && !document && object && !rest.iter().any(|w| w.is.any(Is::OF))
            || first.is.any(Is::CHANGE) && names(rest) && !hollow(rest) && !rate)
        {
            break;
        }
        part = rest;
    }
    while let [rest @ .., last] = part {
        // 企业|落户, but 调解成功
        let told =
            last.is.any(Is::STATE) && !last.is.any(Is::NOUN) && names(rest) && rest.iter().any(|w| !w.is.any(Is::WORK.or(Is::STATE).or(Is::HEAD).or(ENDS)));
        if !(last.is.any(ENDS) || told) {
            break;
        }
        part = rest;
    }
    part
}
