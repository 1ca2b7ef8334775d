//! The noun phrase behind a number.

use super::{Parts, add_part, add_part_to, breaks, last_join, names};
use crate::facts::words::Word;
use crate::lexicon::words::{Is, VOCABULARY};
use crate::lexicon::{LEXICON, Words};

/// What a noun ends before.
const PREDICATE: Is = Is::STATE.or(Is::ATTEND);

/// The nouns behind a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kind<'u> {
    /// It counts what happens (次, 场): of 的 the head is the noun.
    pub(super) event: bool,
    /// It counts how often.
    pub(super) times: bool,
    /// It counts kinds (种, 项), which may be called a standard or a limit.
    pub(super) sorted: bool,
    /// It says how long something lasts.
    pub(super) lasts: bool,
    /// It counts things that work is done on: 35公里碧道|建设.
    pub(super) thing: bool,
    /// Words before the number make it the yardstick's own: 减按1%的税率.
    pub(super) rate: bool,
    /// What its unit counts, of which one ends the noun.
    pub(super) counted: Option<&'u Words>,
}

/// The nouns of the words behind a number. `more`: a number ends them, not the clause.
pub(super) fn right(text: &str, words: &[Word], more: bool, kind: Kind<'_>) -> Parts {
    let mut parts = Parts::default();
    let mut from = 0;
    let mut of = false;
    while let Some(word) = words.get(from) {
        let skip = match word.is {
            is if is.any(Is::OF) => {
                of = true;
                from == 0 || words[from - 1].is.any(Is::BRACKET)
            }
            is if is.any(Is::BRACKET) => word.text(text).contains('含'),
            _ => word.text(text) == "人民币",
        };
        if !skip {
            break;
        }
        from += 1;
    }
    let words = unattributed(text, &words[from..]);
    // 17个已|开工|城市更新项目
    let words = match words {
        [adverb, state, noun @ ..]
            if kind.thing
                && state.is.any(Is::STATE)
                && matches!(adverb.text(text), "已" | "未")
                && noun.first().is_some_and(|w| names(std::slice::from_ref(w)) && !breaks(w)) =>
        {
            noun
        }
        words => words,
    };
    let own = agreeing(text, words, kind.counted);
    let (words, more) = own.map_or((words, more), |len| (&words[..len], false));
    let agreed = own.is_some() && kind.counted.is_some();
    let kind = Kind { counted: kind.counted.filter(|_| own.is_some()), ..kind };
    let Some(first) = words.first() else { return parts };
    // 收入2000元以上|者, 参加品评的52人|中
    if words.len() == 1 && (first.text(text) == "者" || first.is == Is::UNKNOWN && VOCABULARY.of(first.text(text)).any(Is::LOCUS)) {
        return parts;
    }
    // 报告（5万字）、总结: the bracket is of the noun before it. 从3件|统一提高至5件
    let closes = first.is.any(Is::BRACKET) && first.text(text).starts_with([')', '）']);
    let leads = |w: &Word| breaks(w) && w.is.any(Is::CHANGE.or(Is::LINK).or(Is::BOUND));
    // 安排3亿元|支持种业企业: what for, but 支持资金
    let purpose = kind.event && !of && first.is.any(Is::AID) && words.get(1).is_some_and(|w| !w.is.any(Is::HEAD) && names(std::slice::from_ref(w)));
    if closes || purpose || first.is.any(Is::LINK) && words.get(1).is_some_and(leads) {
        return parts;
    }
    if first.is.any(Is::YARD) && !first.is.any(Is::NOUN) && !kind.rate && (of || !kind.sorted) && !matches!(first.text(text), "任务" | "政策" | "目标") {
        // 3万元的标准 measures what stands elsewhere.
        return parts;
    }
    // 按50%的标准|提取
    if first.is.any(Is::YARD)
        && !first.text(text).ends_with('例')
        && of
        && kind.rate
        && words.get(1).is_some_and(|w| w.is.any(Is::VERB.or(Is::WORK)) && !w.is.any(Is::GIVE.or(Is::NOUN)))
    {
        return parts;
    }
    // 48个全省重点项目
    // 20个地级|以上市, 二级|及以上医院
    let graded = |at: usize| {
        words[at].is.any(Is::LIMIT) && at > 0 && words[at - 1].text(text).ends_with('级') && words.get(at + 1).is_some_and(|w| names(std::slice::from_ref(w)))
    };
    let predicate = |w: &Word| breaks(w) && (!w.is.any(Is::SCOPE) || w.is.any(Is::PREP)) || w.is.any(PREDICATE) && !w.is.any(Is::NOUN);
    // 三个参赛|栏目
    let named = first.is.any(PREDICATE) && !breaks(first) && words.get(1).is_some_and(|w| w.is.any(Is::NOUN.or(Is::HEAD)));
    // 5个夜间|消费集聚区
    let timed = kind.thing && first.is.any(Is::TIME) && first.is.any(Is::ATTRIBUTE) && names(words.get(1..2).unwrap_or_default()) && !breaks(&words[1]);
    let named = named || timed;
    // 1位主要|负责同志, 3名拟|推荐人选: an attribute names nothing yet.
    let of_kind = first.is.any(Is::ATTRIBUTE) && words.get(2).is_some_and(|w| names(std::slice::from_ref(w)) && !breaks(w));
    // 财政资金|支持农业, 举措|支持市场发展, but 资金支持, 技术支持人员
    let supports = |at: usize, w: &Word| {
        at > 0
            && w.is.any(Is::AID)
            && words.get(at + 1).is_some_and(|next| names(std::slice::from_ref(next)))
            && (words[at - 1].text(text).ends_with(['金', '款', '元', '度'])
                || words[at + 1..].iter().take_while(|w| !breaks(w)).count() > 1 && !words[at + 1..].iter().any(|w| w.is.any(Is::OF.or(Is::HEAD))))
    };
    if own.is_none() && predicate(first) && !named && !of_kind || first.is.any(Is::PAUSE.or(Is::JOIN).or(Is::ETC)) {
        let attends = first.is.any(Is::ATTEND);
        // 涉及中介服务的|行政职权事项, 参加|培训, but 4宗维持了我委的决定
        let told = first.text(text).ends_with('了');
        let head = words.iter().rposition(|w| w.is.any(Is::OF)).filter(|_| !told && (of || !first.is.any(Is::PAUSE.or(Is::JOIN)))).map(|at| at + 1);
        let head = head.or((attends && first.is.any(Is::VERB)).then_some(1));
        if let Some(noun) = head.and_then(|at| words.get(at..)) {
            let len = noun.iter().position(|w| predicate(w) || w.is.any(Is::PAUSE)).unwrap_or(noun.len());
            if names(&noun[..len]) && (kind.sorted || !noun[0].is.any(Is::YARD)) {
                add_part(text, tail_off(text, &noun[..len], kind), &mut parts);
            } else if let Some(of) =
                words.iter().position(|w| w.is.any(Is::OF)).filter(|of| kind.lasts && words[of + 1..].len() == 1 && words[of + 1].is.any(Is::YARD))
            {
                // 三个月以上停止执业|的处罚
                add_part(text, &words[..of], &mut parts);
            }
        }
        return parts;
    }
    // 印花税(不含证券交易印花税)、…
    // 劳动(聘用)合同
    let goes_on = |at: usize| {
        let own = words[at].len() > "）".len() && words[at].len() <= "（聘用）".len();
        words.get(at + 1).is_some_and(|w| w.is.any(Is::PAUSE.or(Is::JOIN)) || own && names(std::slice::from_ref(w)))
    };
    // 一次性|吸纳就业补贴
    let once = own.unwrap_or(usize::from(first.text(text) == "一次性" || named || of_kind));
    let len = words
        .iter()
        .enumerate()
        .position(|(at, w)| at > once && predicate(w) && !graded(at) || supports(at, w) || w.is.any(Is::BRACKET) && !goes_on(at))
        .unwrap_or(words.len());
    let mut noun = &words[..len];
    let told = len < words.len() && !words[len].is.any(Is::BRACKET) || more;
    // 两人以上共同|参与计算
    if told && noun.iter().all(|w| w.is.any(Is::ADVERB)) {
        return parts;
    }
    // 8个典型镇、|智慧岛2个: what stands before the next number belongs to it.
    if more && len == words.len() {
        let last = noun.iter().rposition(|w| w.is.any(Is::PAUSE) || w.is.any(Is::JOIN));
        noun = last.map_or(&[][..], |at| &noun[..at]);
        if last.is_none() {
            noun = &words[..len];
        }
    }
    // 15处隐患、|夜间走访|发现20处隐患: what stands before the verb of the next number is its own.
    let hands = |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::LINK.or(Is::CHANGE).or(Is::NOUN).or(Is::WORK));
    if more
        && len < words.len()
        && words[len..].iter().all(hands)
        && let Some(last) = noun.iter().rposition(|w| w.is == Is::PAUSE)
    {
        noun = &noun[..last];
    }
    if let Some(at) = noun.iter().position(|w| w.is.any(Is::OF)) {
        let listed = noun[..at].iter().any(|w| w.is == Is::PAUSE);
        let head = noun.iter().rposition(|w| w.is.any(Is::OF)).map_or(noun.len(), |at| at + 1);
        // 1次政府与法院的座谈会, but 两次贷款记录的家庭
        let happens = |w: &Word| w.is.any(Is::WORK) || LEXICON.nouns.event.end(w.text(text)) > 0;
        // 20%以上投票权数|的业主, 三倍酬金|的起始日期
        let measure = noun[..at].last().is_some_and(|w| LEXICON.nouns.measure.end(w.text(text)) > 0);
        let event = kind.event && (of || !measure) && (!kind.times || noun.last().is_some_and(happens));
        // 感染来源不清楚的|病例, 全国领先的|数据库
        let own = &noun[at + 1..];
        let own = &own[..own.iter().position(|w| w.is.any(Is::OF)).unwrap_or(own.len())];
        noun = if quality(text, &noun[..at]) && names(own) {
            own
        } else if agreed {
            noun
        } else if (event || listed) && names(&noun[head..]) {
            &noun[head..]
        } else {
            &noun[..at]
        };
    }
    // 三年以下有期徒刑|、拘役或者管制: the others last otherwise.
    if kind.lasts
        && LEXICON.nouns.penalty.end(noun.first().map_or("", |w| w.text(text))) > 0
        && let Some(first) = noun.iter().position(|w| w.is.any(Is::PAUSE.or(Is::JOIN)))
    {
        noun = &noun[..first];
    }
    let end = noun.last().map_or(0, |w| w.end);
    // 纳税证明或|缴纳证明: two of a kind.
    let alike = |at: usize| at > 0 && at + 2 < noun.len() && noun.last().is_some_and(|w| w.text(text).ends_with(noun[at - 1].text(text)));
    let joint = noun.iter().position(|w| w.is.any(Is::JOIN)).filter(|at| alike(*at)).or_else(|| last_join(text, noun)).map_or(0, |at| noun[at].start);
    for part in noun.split(|w| w.is == Is::PAUSE || joint > 0 && w.start == joint) {
        let part = tail_off(text, part, kind);
        let Some(last) = part.last() else { continue };
        // 申请人|可独立申请, 项目形象进度|达: the predicate may begin with one character.
        let (mut part, mut cut) = (part, last.end);
        if told && last.end == end {
            while let Some(word) = part.last().filter(|w| w.is == Is::UNKNOWN) {
                let known = &text[word.start as usize..cut as usize];
                let at = known.char_indices().next_back().map_or(0, |(i, _)| i);
                if !VOCABULARY.of(&known[at..]).any(Is::ALONE.or(Is::OPEN).or(Is::LOCUS)) {
                    break;
                }
                if at == 0 {
                    part = &part[..part.len() - 1];
                    cut = part.last().map_or(0, |w| w.end);
                } else {
                    cut = word.start + at as u32;
                }
            }
        }
        add_part_to(text, part, cut, &mut parts);
    }
    parts
}

/// Behind the noun that the unit counts, where the words begin with it: 12家企业|技术改造, 3家拍卖公司|的网站.
fn agreeing(text: &str, words: &[Word], counted: Option<&Words>) -> Option<usize> {
    // 3个县|复产率, 两个区|工作
    if let [kin, next, rest @ ..] = words
        && kin.is == Is::UNKNOWN
        && kin.len() == '市'.len_utf8()
        && LEXICON.nouns.kin.has(kin.text(text))
        && (next.is.any(Is::ACT) && !rest.first().is_some_and(|w| names(std::slice::from_ref(w))) || next.text(text).ends_with('率'))
    {
        return Some(1);
    }
    let counted = counted?;
    let counts = |w: &Word| counted.end(w.text(text)) > 0;
    // 拍卖|公司
    let [first, rest @ ..] = words else { return None };
    if breaks(first) && !(first.is.any(Is::VERB) && rest.first().is_some_and(counts)) {
        return None;
    }
    let mut end = None;
    for (at, word) in words.iter().enumerate().skip(usize::from(breaks(first))) {
        let next = words.get(at + 1);
        // 3名急诊专业|的护士: the head is counted.
        if word.is.any(Is::OF) && end.is_none() && at > 0 && words[at + 1..].iter().take_while(|w| !breaks(w)).any(counts) {
            continue;
        }
        // 企业和|个人 are counted together.
        if word.is.any(Is::JOIN.or(Is::PAUSE)) && end == Some(at) {
            end = None;
        } else if word.is.any(Is::OF.or(Is::BRACKET).or(Is::ETC))
            || breaks(word) && !word.is.any(Is::JOIN)
            || end.is_some() && word.is.any(Is::WORK.or(Is::STATE).or(Is::PAUSE)) && !next.is_some_and(counts)
        {
            break;
        // 代表|性人物
        } else if counts(word) && !next.is_some_and(|w| w.is == Is::UNKNOWN && w.text(text).starts_with('性')) {
            end = Some(at + 1);
        }
    }
    end
}

/// Whether the words before 的 say how a thing is, and name none: 全国领先, 不清楚, 比较重.
fn quality(text: &str, words: &[Word]) -> bool {
    let Some(last) = words.last() else { return false };
    let degree = |w: &Word, room: usize| {
        let part = w.text(text);
        w.is == Is::UNKNOWN && part.rfind(|c| LEXICON.around.degree.begins(c)).is_some_and(|at| part[at..].chars().count() <= 1 + room)
    };
    last.is.any(Is::ATTRIBUTE) || degree(last, 2) || words.len() > 1 && degree(&words[words.len() - 2], 0)
}

/// What follows an attribute that alone names nothing: 重要的|新产品, 市级以上|科技项目.
fn unattributed<'w>(text: &str, words: &'w [Word]) -> &'w [Word] {
    let attributes = words.iter().take_while(|w| w.is.any(Is::ATTRIBUTE)).count();
    let Some(next) = words.get(attributes).filter(|_| attributes > 0) else { return words };
    let noun = &words[attributes + 1..];
    let joins = next.is.any(Is::OF) || matches!(next.text(text), "以上" | "及以上");
    if joins && noun.first().is_some_and(|w| names(std::slice::from_ref(w)) && !breaks(w)) { noun } else { words }
}

/// A noun without what does not belong to it at its ends.
fn tail_off<'w>(text: &str, mut noun: &'w [Word], kind: Kind<'_>) -> &'w [Word] {
    while let [rest @ .., last] = noun {
        // 3个机构|执业: what they do.
        let acts = last.is.any(Is::ACT) && !last.is.any(Is::HEAD.or(Is::WORK));
        let work = kind.thing && (last.is.any(Is::TAIL) || acts) && names(rest);
        // 8个方面|的, 省份|等
        let adverb = last.is.any(Is::ADVERB.or(Is::LINK)) && !last.is.any(Is::CHANGE.or(Is::WORK));
        if !(last.is.any(Is::JOIN.or(Is::OF).or(Is::ETC).or(Is::BRACKET)) || adverb || work) || rest.is_empty() {
            break;
        }
        noun = rest;
    }
    // 耕地保护空间|评估调整工作
    if kind.thing && noun.last().is_some_and(|w| w.text(text) == "工作") {
        let work = noun[..noun.len() - 1].iter().rposition(|w| !w.is.any(Is::WORK)).map_or(0, |at| at + 1);
        if work > 0 && work < noun.len() - 1 && names(&noun[..work]) {
            noun = &noun[..work];
        }
    }
    while let [first, rest @ ..] = noun {
        // 当地|平均工资 names whose it is.
        let scope = first.is.any(Is::SCOPE) && !first.is.any(Is::NOUN);
        if !(scope || first.is.any(Is::JOIN.or(Is::OF).or(Is::ETC))) || rest.is_empty() {
            break;
        }
        noun = rest;
    }
    // 防疫物资和|生活用品|生产企业: one ends both.
    let counted = |w: &Word| kind.counted.is_some_and(|counted| counted.end(w.text(text)) > 0);
    let joins = |at: usize| !noun.last().is_some_and(counted) || counted(&noun[at - 1]);
    // 指标任务台账和“双档案”制度 ends at 和, 政策|以及地方出台的政策.
    let long = noun.first().zip(noun.last()).is_some_and(|(a, b)| text[a.start as usize..b.end as usize].chars().nth(14).is_some());
    // 16个部门|及各区单位
    let others = |at: usize| noun.get(at + 1).is_some_and(|w| w.is.any(Is::SCOPE));
    if let Some(and) = (1..noun.len()).find(|at| noun[*at].is.any(Is::JOIN) && (long || others(*at) || noun[*at].text(text) == "以及")).filter(|at| joins(*at))
    {
        noun = &noun[..and];
    }
    noun
}
