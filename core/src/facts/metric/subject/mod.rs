//! What a number counts or measures: on which side of it stands the noun?
//!
//! A count's noun stands after the number when one stands there (7个督察组), else before it (案件4件); a
//! percentage's stands before it (败诉率14.7%) unless a verb does (给予50%契税补贴). Where neither side has
//! one, the number counts what the number before it counted.
//!
//! [`RULES`] says in which order that is asked.

mod left;
mod parts;
mod right;

use super::around::{self, Clause, REACH, ahead, last, next};
use super::{Finder, Found, Reading};
use crate::Dimension;
use crate::facts::words::{From, Word, cut};
use crate::grammar::quantity::{self, Form, Script};
use crate::lexicon::words::{self, Is, VOCABULARY};
use crate::lexicon::{EACH, LEXICON};
use crate::scan::{Class, class, is_ideograph};
use left::{Left, Look, left};
pub(super) use parts::Parts;
use right::{Kind, right};
use std::cell::{Cell, OnceCell};

/// Room for the words around a number.
#[derive(Debug, Default)]
pub(super) struct Room {
    left: Vec<Word>,
    noun: Vec<Word>,
    right: Vec<Word>,
}

/// A number, and what stands around it.
struct Around<'a, 'p, 'v> {
    finder: &'a Finder<'p, 'v>,
    reading: &'a Reading<'v>,
    /// Where the number starts with its hedge, and where the bracket does that holds nothing else.
    start: usize,
    from: usize,
    clause: usize,
    /// Whether the number is the second of a change.
    turned: bool,
    /// The length of what says behind it which side of a thing it measures.
    side: usize,
    /// The words of the clause before the number, as they stand there.
    before: &'a [Word],
    left: Left,
    /// The words behind the number, and whether a number ends them: cut when the first rule asks for them.
    behind: OnceCell<(Vec<Word>, bool)>,
    room: Cell<Vec<Word>>,
    /// Whether the noun behind the number is asked first, once a rule has asked.
    prefers_behind: OnceCell<bool>,
}

/// A way to tell what a number counts.
struct Rule {
    /// What the rule is called in the specification and by `read --explain`.
    name: &'static str,
    /// A text, what its number counts by this rule, and a text whose numbers other rules read.
    #[cfg(test)]
    example: (&'static str, &'static str, &'static str),
    /// The subjects, where the rule applies.
    read: fn(&Around<'_, '_, '_>) -> Option<Parts>,
}

/// Each rule, what its example counts, and a text that another rule reads.
macro_rules! rules {
    ($($name:literal $text:literal $subject:literal not $other:literal: $read:expr;)*) => {
        &[$(Rule { name: $name, #[cfg(test)] example: ($text, $subject, $other), read: $read }),*]
    };
}

/// In this order; the first that answers is right.
const RULES: &[Rule] = rules! {
    "fine" "处5万元以下的罚款。" "罚款" not "罚款5万元。": fined;
    "given by a share" "按购房款的2%给予购房补贴。" "购房补贴" not "购房补贴增长2%。": given;
    "share of a whole" "共有60人，其中百分之三十是教师。" "教师" not "教师占百分之三十。": shared;
    "share behind" "城区50%以上社区食堂实行刷卡就餐。" "社区食堂" not "社区食堂覆盖率达到50%以上。": share_behind;
    "taken as" "景区可以聘请二至三人作为讲解员。" "讲解员" not "景区可以聘请讲解员二至三人。": taken_as;
    "list of numbers" "合格率分别达到20%和30%。" "合格率" not "合格率达到20%。": listed;
    "times" "三次召开会议。" "召开会议" not "召开三次会议。": times;
    "noun behind" "派出7个督察组。" "督察组" not "督察组7个。": noun_behind;
    "span of time" "公示时间：3月1日至3月5日，共5天。" "公示时间" not "公示时间为5天。": spanned;
    "turned into" "办理时限由80天缩短至30天。" "办理时限" not "办理时限为30天。": turned;
    "caused" "塌方造成3人死亡。" "死亡" not "塌方3起。": caused;
    "bounded by another" "收入，不超过平均工资的五倍。" "收入" not "收入不超过平均工资的五倍。": bounded;
    "measure of a class" "补贴限额单职工为7万元。" "补贴限额" not "单职工补贴限额为7万元。": of_class;
    "noun before" "败诉率为14.7%。" "败诉率" not "派出7个督察组。": noun_before;
    "noun behind after all" "共60%企业复工。" "企业" not "60%的企业复工。": behind_after_all;
    "what befell" "5个项目建成，2个开工。" "开工" not "2个项目开工。": befell;
    "work before" "清理9件。" "清理" not "清理积案9件。": work_before;
    "label before" "项目负责人：最多2人。" "项目负责人" not "项目负责人最多2人。": labelled;
    "title before" "取得《营业执照》满2年。" "取得《营业执照》" not "取得营业执照满2年。": titled;
    "verb before" "不受理12宗。" "不受理" not "不受理案件12宗。": verb_before;
    "number before" "受理案件20件，共计30件。" "案件" not "受理案件20件，信件30件。": number_before;
    "longer" "需要勘验的，可以延长12个工作日。" "延长" not "需要勘验的，审核时间可以延长12个工作日。": longer;
    "clause before" "举办培训班，约600人参加。" "培训班" not "600人参加培训班。": clause_before;
    "verb before after all" "发放800万元。" "发放" not "发放资金800万元。": |around| around.left.verb.map(|(start, end)| Parts::one(start, end));
};

/// Stand for no rule, and for the row of a table.
const NONE: u8 = u8::MAX - 1;
pub(crate) const CELL: u8 = u8::MAX;

/// The name of a rule that [`find`] gave.
pub(crate) fn rule_name(rule: u8) -> &'static str {
    match rule {
        NONE => "none",
        CELL => "table cell",
        _ => RULES[usize::from(rule)].name,
    }
}

/// The subjects of the number at `start`, and the number of the rule that read them.
pub(super) fn find(finder: &Finder<'_, '_>, room: &mut Room, start: usize, floor: usize, clause: Clause, reading: &Reading<'_>, turned: bool) -> (Parts, u8) {
    let text = finder.text;
    // A cell on a line of its own: nothing stands around the number but its brackets.
    let bracket = |part: &str| part.is_empty() || part.len() <= 3 && part.chars().all(|c| matches!(class(c), Class::Open | Class::Close));
    if bracket(&text[..start]) && bracket(&text[reading.end..]) {
        return (Parts::default(), NONE);
    }
    let from = before_bracket(text, clause.start, start, reading.end);
    // 合格（60分以上）120人: what a bracket holds is said aside.
    let (mut prior, mut floor) = (finder.found.last(), floor);
    let aside = bracket_before(text, from, floor);
    if let Some(open) = aside {
        prior = finder.found[..finder.found.partition_point(|f| f.end <= open)].last();
        floor = prior.map_or(finder.sentence, |f| f.end);
    }
    let clause = if from < start || aside.is_some() { around::clause(finder.lexicon, text, from, floor).start } else { clause.start };
    let unit = &text[reading.unit.0..reading.unit.1];
    room.left.clear();
    // What the number before counts is its own: 10个项目|总体进度达60%.
    // 3岁以下儿童入园率达60%: but a person of an age is part of what is told of him.
    let own = prior.and_then(|f| Some((f, finder.last_subject(f)?)));
    let own = own.filter(|(f, (at, to))| *at >= f.end && (clause..=from).contains(to) && !LEXICON.units.is_age(&text[f.unit.0 as usize..f.unit.1 as usize]));
    let clause = own.map_or(clause, |(_, (_, to))| clause.max(to));
    cut(text, clause, from, From::Edge, finder.taken, &mut room.left);
    // 农房风貌提升26.4万户
    let raised = reading.dimension != Dimension::Count || matches!(unit, "位" | "名" | "分");
    room.noun.clear();
    room.noun.extend_from_slice(&room.left);
    let look = Look {
        listed: clause == floor && floor > 0,
        raised,
        event: unit == "次",
        // 承包到期后再延长|30年: by how much.
        lasts: reading.dimension == Dimension::Duration
            && !room.left.last().is_some_and(|w| w.is.any(Is::CHANGE))
            && unit.ends_with(['年', '月', '日', '天', '周']),
        bracket: from < start,
        whole: from < start && text[from..start].contains(['共', '计', '各']),
        aged: from < start && LEXICON.units.is_age(unit),
    };
    let mut left = left(text, &mut room.noun, look);
    // 八层以下房屋进度要求|由主体施工至封顶调整为50%: it tells of what the number before counts.
    let tells = |w: &Word| w.is.any(Is::BOUND.or(Is::CHANGE)) && !w.is.any(Is::PREP) || matches!(w.text(text), "由" | "从");
    if own.is_some()
        && let Some(prior) = prior
        && room.left.iter().find(|w| !w.is.any(Is::ADVERB.or(Is::MODAL))).is_some_and(tells)
    {
        left = Left { parts: finder.subject(prior), noun: true, ..Left::default() };
    }
    let room_behind = Cell::new(std::mem::take(&mut room.right));
    let around = Around {
        finder,
        reading,
        start,
        from,
        clause,
        turned,
        side: side(finder, reading),
        before: &room.left,
        left,
        behind: OnceCell::new(),
        room: room_behind,
        prefers_behind: OnceCell::new(),
    };
    let read = (0..).zip(RULES).filter(|(_, rule)| words::on(rule.name)).find_map(|(i, rule)| Some(((rule.read)(&around)?, i)));
    room.right = around.behind.into_inner().map_or_else(|| around.room.take(), |(words, _)| words);
    read.map_or((Parts::default(), NONE), |(parts, rule)| (graded(text, parts), rule))
}

/// How far the words behind a number are read, in characters.
const RIGHT: usize = 80;
/// A kind or grade has at most so many characters.
const GRADE: usize = 5;

/// Whether a noun phrase ends at this word.
fn breaks(word: &Word) -> bool {
    const BREAKS: Is =
        Is::VERB.or(Is::ADVERB).or(Is::MODAL).or(Is::LINK).or(Is::TIME).or(Is::SCOPE).or(Is::PREP).or(Is::BOUND).or(Is::WHO).or(Is::PER).or(Is::CHANGE);
    word.is.any(BREAKS) && !word.is.any(Is::NOUN.or(Is::HEAD).or(Is::WORK))
}

/// Whether the words name a thing.
fn names(words: &[Word]) -> bool {
    words.iter().any(|w| w.is.any(Is::UNKNOWN.or(Is::NOUN).or(Is::HEAD)) && !w.is.any(Is::PER.or(Is::LINK)))
}

/// Where the last of a list is joined to the others: 出勤率、合格率|和|满意率. Not where one of the others is itself two.
fn last_join(text: &str, list: &[Word]) -> Option<usize> {
    let last = list.iter().rposition(|w| w.is == Is::PAUSE)? + 1;
    let join = |w: &Word| w.is.any(Is::JOIN);
    let and = last + list[last..].iter().position(join)?;
    let (one, other) = (&list[last..and], &list[and + 1..]);
    let apart = LEXICON.around.and.has(list[and].text(text)) && names(one) && names(other) && !other[0].text(text).starts_with('其');
    // 来信和来访登记率、回复率|和|满意率: two rates are two.
    let rate = |noun: &[Word]| noun.last().is_some_and(|w| w.text(text).ends_with('率'));
    let alone = !list[..last].iter().any(join) || rate(one) && rate(other);
    (apart && alone && !other.iter().any(|w| join(w) || w.is.any(Is::OF)) && !one.iter().any(|w| w.is.any(Is::OF))).then_some(and)
}

/// Adds the place of a noun phrase that says something: at least one character that is no digit.
fn add_part(text: &str, words: &[Word], parts: &mut Parts) {
    add_part_to(text, words, words.last().map_or(0, |w| w.end), parts);
}

/// As [`add_part`], of words the last of which is cut off at `end`.
fn add_part_to(text: &str, words: &[Word], end: u32, parts: &mut Parts) {
    let Some((first, last)) = words.first().zip(words.last()) else { return };
    let (mut start, mut end) = (first.start as usize, end as usize);
    let (from, to) = (start, end);
    let noise = |c: char| matches!(c, ' ' | '—' | '―' | '-' | '－' | '”' | '’' | ')' | '）' | '.' | '·' | '…' | '~');
    // ≤入住率, “贷款最长期限为: a sign before it, a quote that closes elsewhere.
    let mut noun = &text[start..end];
    if !noun.starts_with(is_ideograph) {
        noun = noun.trim_start_matches(|c| noise(c) || matches!(c, '≤' | '≥' | '<' | '>' | '＜' | '＞' | '='));
        noun = noun.strip_prefix('“').filter(|inner| !inner.contains(['”', '"'])).unwrap_or(noun);
    }
    // 该|套住房, 该|项支出
    noun = without_measure_word(&text[..end - noun.len()], noun);
    start = end - noun.len();
    if !noun.ends_with(|c| is_ideograph(c) && !matches!(c, '了' | '不')) {
        noun = noun.trim_end_matches([' ', '—', '―', '-', '“', '‘', '(', '（', '·', '…', '~']);
        // 4宗|维持了, 异议|不成立
        noun = noun.strip_suffix(['了', '不']).unwrap_or(noun);
        noun = noun.strip_suffix('”').filter(|inner| !inner.contains(['“', '"'])).unwrap_or(noun);
    }
    end = start + noun.len();
    // 应届毕业生中|一本上线人数
    if noun.len() >= 24
        && text[from..to].contains('中')
        && words.iter().any(|w| w.is == Is::UNKNOWN && text[w.start as usize..to.min(w.end as usize)].contains('中'))
        && let Some(among) = noun.rfind('中').filter(|at| *at >= 12 && noun.len() - at >= 12)
    {
        start += among + "中".len();
    }
    // 省级政府网站中, 磨合试验后, 环节|上
    let own = words.len() > 1 && last.len() == "中".len() && noun.chars().nth(2).is_some();
    if last.is == Is::UNKNOWN
        && let Some(c) = noun.chars().next_back()
        && VOCABULARY.may_stand_alone(c)
        && VOCABULARY.of(&noun[noun.len() - c.len_utf8()..]).any(Is::LOCUS)
        && (own && c != '时' || noun.chars().nth(3).is_some() && !matches!(c, '上' | '外'))
    {
        end -= c.len_utf8();
    }
    if !matches!(&text[start..end], "新" | "日") {
        parts.add(text, start, end);
    }
}

/// A noun without the measure word that 该 or 每 before it has brought.
fn without_measure_word<'t>(before: &str, noun: &'t str) -> &'t str {
    if LEXICON.around.this.end(before) == 0 {
        return noun;
    }
    let Some(unit) = LEXICON.units.start(noun).map(|unit| unit.word.len()) else { return noun };
    let longer = VOCABULARY.start(noun).is_some_and(|(len, _)| len > unit);
    let named = VOCABULARY.start(&noun[unit..]).is_some_and(|(len, is)| is.any(Is::NOUN.or(Is::HEAD)) && len > '房'.len_utf8());
    if named && !longer { &noun[unit..] } else { noun }
}

impl Around<'_, '_, '_> {
    fn text(&self) -> &str {
        self.finder.text
    }

    /// What follows the number, up to the paragraph's end.
    fn rest(&self) -> &str {
        &self.finder.text[self.reading.end..]
    }

    fn unit(&self) -> &str {
        &self.text()[self.reading.unit.0..self.reading.unit.1]
    }

    /// The words behind the number, and whether a number ends them.
    fn cut_behind(&self) -> &(Vec<Word>, bool) {
        self.behind.get_or_init(|| {
            let (text, mut words) = (self.text(), self.room.take());
            words.clear();
            // Most stand at the end of their clause.
            if next(text, self.reading.end).is_none_or(|c| matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon | Class::Colon)) {
                return (words, false);
            }
            let from = behind_numbers(self.finder, self.reading.end);
            let from = if from == self.reading.end { from + self.side } else { from };
            let to = ahead(text, from, RIGHT);
            let more = cut(text, from, to, From::Number, self.finder.taken, &mut words);
            (words, more)
        })
    }

    fn behind(&self) -> &[Word] {
        &self.cut_behind().0
    }

    /// The nouns among the last of the words behind the number.
    fn nouns_in(&self, words: &[Word]) -> Parts {
        if words.is_empty() {
            return Parts::default();
        }
        right(self.text(), words, self.cut_behind().1, self.kind())
    }

    /// What kind of number it is.
    fn kind(&self) -> Kind<'_> {
        let (text, reading, unit) = (self.text(), self.reading, self.unit());
        // Nothing else belongs to it, as in 家(次).
        let plain = reading.entry.filter(|u| u.word.len() == unit.len());
        let occasion = plain.is_some_and(|u| u.occasion);
        let gives = |w: &Word| w.is.any(Is::GIVE) && !w.is.any(Is::HOLLOW.or(Is::MODAL).or(Is::ATTEND)) || LEXICON.around.by.has(w.text(text));
        Kind {
            event: occasion
                || !matches!(
                    reading.dimension,
                    Dimension::Count | Dimension::Duration | Dimension::Area | Dimension::Length | Dimension::Mass | Dimension::Volume | Dimension::Energy
                ),
            times: unit == "次",
            lasts: reading.dimension == Dimension::Duration,
            sorted: plain.is_some_and(|u| u.kind),
            thing: !occasion && unit != "项",
            counted: self.finder.lexicon.units.counted(unit),
            rate: self.before.last().is_some_and(gives),
        }
    }

    fn nouns_behind(&self) -> Parts {
        self.nouns_in(self.behind())
    }

    /// Whether 的 follows the number, or the bracket right behind it: 五万元(含五万元)的工程.
    fn owns(&self) -> bool {
        let rest = self.rest();
        rest.starts_with('的') || rest.starts_with(['(', '（']) && self.behind().iter().find(|w| !w.is.any(Is::BRACKET)).is_some_and(|w| w.is.any(Is::OF))
    }

    fn prefers_behind(&self) -> bool {
        *self.prefers_behind.get_or_init(|| self.weigh_sides())
    }

    /// Whether the noun behind the number is asked first.
    fn weigh_sides(&self) -> bool {
        let (left, hedged) = (&self.left, self.start < self.reading.from || self.reading.suffix.is_some());
        let of = self.owns();
        let before = &self.text()[self.clause..self.from];
        let rest = before.ends_with("剩余") || before.ends_with("其余");
        // 最高贷款额度50万元的政策
        let measured = !left.open && self.before.last().is_some_and(|w| w.is.any(Is::HEAD) && !w.is.any(Is::ACT));
        // 床位在50张以上的旅馆: the measure that lies in a range is counted.
        let ranges = hedged && of && left.noun && before.ends_with('在');
        let by_dimension = match self.reading.dimension {
            _ if ranges => false,
            // 支付|不低于房价15%的首付款, 计提|不低于8%的维护费
            Dimension::Percent => {
                let hands = |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::LINK.or(Is::CHANGE).or(Is::NOUN));
                let works = |w: &Word| w.is.any(Is::VERB.or(Is::WORK)) && !w.is.any(Is::LINK.or(Is::CHANGE).or(Is::NOUN).or(Is::HEAD));
                // 对茶农可提高|30%的助茶贷款
                let to_whom = || {
                    self.before.first().is_some_and(|w| w.is.any(Is::PREP) && !w.is.any(Is::BOUND)) && self.before.last().is_some_and(|w| w.is.any(Is::CHANGE))
                };
                // 实现|95%的茶饼外销
                let by = |w: &Word| w.is.any(Is::PREP);
                let light = || self.before.last().is_some_and(|w| w.is.any(Is::LIGHT)) && self.before.iter().any(by);
                of && (light()
                    || to_whom()
                    || self.before.windows(2).any(|w| hands(&w[0]) && w[1].is.any(Is::BOUND))
                    || hedged && self.before.last().is_some_and(works))
            }
            Dimension::PercentagePoint => false,
            // 服务人口超过8万人的主干管线: the people are counted.
            // 裁军50万人的工作进展
            // 应当有一处以上的街区: what there is.
            Dimension::Count | Dimension::Frequency => {
                before.ends_with('有') || !((hedged || self.behind().last().is_some_and(|w| w.is.any(Is::HEAD))) && of && left.noun && !left.open)
            }
            // 500万元以上的项目 is a class of projects; the amount is that of what stands before.
            // 应有6万元以上本金
            Dimension::Money => {
                // 年产值超9亿元茶企: the measure is what lies above.
                let bounded = || {
                    let noun = left.parts.iter().last().map_or("", |(at, to)| &self.text()[at..to]);
                    hedged && left.noun && !left.open && LEXICON.nouns.measure.end(noun) > 0
                };
                hedged && !of && before.ends_with('有')
                    || (self.reading.suffix.is_none() && !bounded() || !left.noun)
                        && !(of && left.noun && (hedged && !left.open || before.ends_with('为') || measured))
            }
            // 年龄在70周岁以上的驾驶人: the age is measured.
            // 取消合同约定2年的|限售期限
            _ if of
                && self.reading.dimension == Dimension::Duration
                && self.nouns_behind().iter().any(|(at, to)| to - at <= '期'.len_utf8() * 5 && self.text()[at..to].ends_with(['期', '限'])) =>
            {
                true
            }
            _ if self.sorts() => true,
            // 在前期已向山区投放|2600吨储备饲料: a verb right before the number hands on.
            _ if self.hands_on() => true,
            // 东化|120万吨乙烯项目: the size of what is built.
            Dimension::Mass | Dimension::Volume | Dimension::Energy if !hedged && !of && self.sizes() => true,
            _ => !left.noun || left.open && !before.ends_with('在'),
        };
        // 百分之八十的案件
        // 小微快贷和|最长3年的续贷服务, 午休和每天|不少于两小时的阅读
        let each = self.before.iter().rev().take_while(|w| of && w.is.any(Is::PER.or(Is::TIME))).count();
        let joined = self.before[..self.before.len() - each].split_last().is_some_and(|(and, noun)| and.is.any(Is::JOIN) && names(noun));
        // 建筑面积在|三千平方米以上的建筑, 面值为|一百元的消费券: it is measured.
        let told = self.before.last().is_some_and(|w| matches!(w.text(self.text()), "在" | "为"));
        by_dimension || rest || joined || self.side > 0 || of && (!left.noun || left.open && !told)
    }

    /// Whether it says of which class the noun behind it is, right behind a place or whoever it belongs to: 市区|20年以上小区.
    fn sorts(&self) -> bool {
        let text = self.text();
        let Some((_, end)) = self.left.parts.iter().last().filter(|(_, end)| self.reading.suffix.is_some() && *end == self.from) else { return false };
        let noun = &text[..end];
        let measured = LEXICON.nouns.measure.end(noun) > 0 || measures(noun);
        let head = self.before.last().is_some_and(|w| w.is.any(Is::HEAD));
        let noun = |w: &Word| w.is.any(Is::UNKNOWN.or(Is::NOUN)) && !breaks(w) && !w.is.any(Is::YARD.or(Is::HEAD));
        !measured && !head && self.behind().first().is_some_and(noun) && !self.nouns_behind().is_empty()
    }

    /// Whether a verb stands right before the number of an amount, and no bound with it.
    fn hands_on(&self) -> bool {
        let verb = |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::LINK.or(Is::CHANGE).or(Is::HOLLOW).or(Is::NOUN).or(Is::LIGHT).or(Is::BOUND));
        // 补缴|6个月|社保
        let noun = || self.reading.suffix.is_none() && next(self.rest(), 0).is_some_and(is_ideograph) && !self.nouns_behind().is_empty();
        self.before.last().is_some_and(verb) && (self.reading.dimension != Dimension::Duration || noun())
    }

    /// Whether it says how large a project or a plant is that stands behind it, and no measure stands before it.
    fn sizes(&self) -> bool {
        let measured = |w: &Word| w.is.any(Is::HEAD.or(Is::LINK).or(Is::CHANGE).or(Is::BOUND)) || LEXICON.nouns.measure.end(w.text(self.text())) > 0;
        !self.before.last().is_some_and(measured)
            && self.behind().iter().take_while(|w| !breaks(w) && w.is != Is::PAUSE).any(|w| LEXICON.nouns.works.end(w.text(self.text())) > 0)
    }

    /// Whether it goes on a list of numbers of one thing: 20%和30%, 1200元、1350元.
    fn joined(&self) -> bool {
        self.finder.found.last().is_some_and(|f| f.sentence as usize == self.finder.sentence && self.start - f.end <= REACH)
    }
}

/// 处5万元以下的罚款
fn fined(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    // 经营者处|货款百分之三以上罚款
    let share = match around.reading.dimension {
        Dimension::Ratio => true,
        Dimension::Percent => around.reading.suffix.is_some(),
        _ => false,
    };
    let before = &text[around.clause..around.from];
    // 按照每人次300元|处以罚款
    let fines = |w: &Word| w.is.any(Is::FINE);
    let demands = before.ends_with('处') || share && before.contains('处') || around.before.iter().any(fines) || around.behind().first().is_some_and(fines);
    if !demands {
        return None;
    }
    let fine = around.behind().iter().take(3).find(|w| w.text(text) == "罚款")?;
    let mut parts = Parts::default();
    parts.push(fine.start as usize, fine.end as usize);
    Some(parts)
}

/// The object that a verb behind the number gives by it: 按实际购房款的2%给予购房补贴, 减按25%计入应纳税所得额; or the
/// yardstick itself: 减按1%的税率.
fn given(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    if !matches!(around.reading.dimension, Dimension::Percent | Dimension::PercentagePoint | Dimension::Money | Dimension::Ratio) {
        return None;
    }
    let by = around.before.iter().any(|w| LEXICON.around.by.has(w.text(text)));
    let gives = around.before.iter().any(|w| w.is.any(Is::GIVE) || VOCABULARY.ends_giving(w.text(text)));
    if !by && !gives {
        return None;
    }
    // 3%(含3%)给予补贴
    let bracket = around.behind().iter().take_while(|w| w.is.any(Is::BRACKET)).count();
    let mut behind = &around.behind()[bracket..];
    let of = behind.first().is_some_and(|w| w.is.any(Is::OF));
    behind = if of { &behind[1..] } else { behind };
    // 给予购房价(不含税)1%的购房补贴, 加收万分之五的滞纳金, 按建筑面积给予60元/平方米的补贴
    if gives && (around.reading.dimension != Dimension::Money || by && of) {
        let nouns = around.nouns_in(behind);
        // 财政补贴: its last word.
        let gives = |w: &str| w.char_indices().any(|(at, _)| VOCABULARY.of(&w[at..]).any(Is::GIFT.or(Is::GIVE)));
        let gift = behind.iter().take_while(|w| !breaks(w) && !w.is.any(Is::BRACKET)).last().is_some_and(|w| gives(w.text(text)));
        if gift && !nouns.is_empty() {
            return Some(nouns);
        }
    }
    // 按照贷款余额不超过2%|贴息率予以支持
    let nouns = around.nouns_in(behind);
    if by && !of && nouns.iter().last().is_some_and(|(at, to)| text[at..to].ends_with('率')) {
        return Some(nouns);
    }
    if let [yard, rest @ ..] = behind
        && yard.is.any(Is::YARD.or(Is::HEAD))
        // 消费|券
        && !rest.first().is_some_and(|w| w.is.any(Is::UNKNOWN))
    {
        // 100元标准（以备案价为准）给予补贴
        let bracket = rest.iter().take_while(|w| w.is.any(Is::BRACKET)).count();
        let rest = &rest[bracket..];
        // 2%的标准对购房人给予补贴
        let gives = |w: &Word| w.is.any(Is::GIVE) && !w.is.any(Is::MODAL);
        // …的标准|实施补助
        let rest = if let [light, give, ..] = rest
            && light.is.any(Is::LIGHT)
            && gives(give)
        {
            &rest[1..]
        } else {
            rest
        };
        let goes_on = rest.first().is_some_and(|w| gives(w) || matches!(w.text(text), "对" | "向" | "给") && rest.iter().any(gives));
        if !goes_on || yard.is.any(Is::HEAD) && !yard.is.any(Is::YARD) {
            // 减按1%的税率
            let rate = around.kind().rate && (around.before.len() <= 2 || !yard.is.any(Is::YARD));
            let mut parts = Parts::default();
            parts.push(yard.start as usize, yard.end as usize);
            return rate.then_some(parts);
        }
        behind = rest;
    }
    // 按起始价的20%|确定竞买保证金, 缴纳起始价的20%|作为竞买保证金: what it is a share for.
    let shared = by && around.reading.dimension != Dimension::Money && !around.before.iter().any(|w| w.text(text) == "以");
    let does =
        |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::LINK.or(Is::CHANGE).or(Is::NOUN)) || w.is.any(Is::ASK) && w.is.any(Is::WORK) || w.text(text) == "作为";
    let hands = |w: &Word| w.is.any(Is::GIVE) || matches!(w.text(text), "给予" | "予以") || shared && does(w);
    // 按购房款的2%一次性给予补助, 对购房人予以补助, 实行补助
    if by && !gives {
        let to_whom = behind.first().is_some_and(|w| w.is.any(Is::PREP) && w.text(text) != "作为");
        let once = behind.iter().position(|w| hands(w) || !to_whom && !w.is.any(Is::ADVERB.or(Is::LIGHT)) && w.text(text) != "一次性")?;
        behind = &behind[once..];
    }
    // 品评得分按60%|计入总分: it is a share of what stands before.
    let give = behind.first().filter(|w| hands(w) && !(around.left.noun && LEXICON.around.counts_in.has(w.text(text))))?;
    let nouns = around.nouns_in(&behind[1..]);
    if !nouns.is_empty() {
        return Some(nouns);
    }
    // 按20%补助
    let mut parts = Parts::default();
    parts.push(give.start as usize, give.end as usize);
    give.is.any(Is::WORK).then_some(parts)
}

/// 其中百分之三十是教师
fn shared(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    if around.reading.dimension != Dimension::Percent || !around.left.parts.is_empty() {
        return None;
    }
    let [is, noun @ ..] = around.behind() else { return None };
    if !matches!(is.text(text), "是" | "为") {
        return None;
    }
    let len = noun.iter().position(|w| breaks(w) || w.is.any(Is::BRACKET)).unwrap_or(noun.len());
    let mut parts = Parts::default();
    add_part(text, &noun[..len], &mut parts);
    (!parts.is_empty()).then_some(parts)
}

/// 50%以上社区食堂实行刷卡就餐: what stands right behind a share has it.
fn share_behind(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    // 业主委员会三分之一以上|委员
    let share = around.reading.dimension == Dimension::Percent || around.reading.amount.form == Form::Fraction;
    if !share || !next(text, around.reading.end).is_some_and(|c| class(c) == Class::Plain) || around.owns() {
        return None;
    }
    // 覆盖率达到|90%, 税额的|90%
    const LEADS: Is = Is::LINK.or(Is::CHANGE).or(Is::BOUND).or(Is::HEAD).or(Is::OF);
    let leads = |w: &Word| w.is.any(LEADS) && !w.is.any(Is::LIGHT) || w.text(text).ends_with(['率', '比']);
    // 100%登记造册、|100%上门走访
    let hedged = around.start < around.reading.from || around.reading.suffix.is_some();
    let listed = || !hedged && last(text, around.from).is_some_and(|c| class(c) == Class::Pause);
    // 高于90%|时, 按20%|留存
    const TELLS: Is = Is::WORK.or(Is::STATE).or(Is::TAIL).or(Is::YARD).or(Is::JOIN).or(Is::PAUSE).or(Is::ETC).or(Is::BRACKET);
    let noun = |w: &Word| !breaks(w) && (!w.is.any(TELLS) || w.is.any(Is::NOUN)) && !VOCABULARY.of(w.text(text)).any(Is::LOCUS);
    if around.before.last().is_some_and(leads) || listed() || around.cut_behind().1 || !around.behind().first().is_some_and(noun) {
        return None;
    }
    // 房屋产权50%|份额 measures the noun before it, but 完成50%工程量.
    let measures = |noun: &str| VOCABULARY.of(noun).any(Is::HEAD) && around.before.last().is_some_and(|w| !breaks(w));
    let nouns = around.nouns_behind();
    nouns.iter().any(|(at, to)| to - at > '来'.len_utf8() && !measures(&text[at..to])).then_some(nouns)
}

/// 聘请二至三人作为讲解员
fn taken_as(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let rest = around.rest();
    if !(rest.starts_with("作为") || rest.starts_with("担任")) || !around.finder.lexicon.units.persons.contains(&around.unit()) {
        return None;
    }
    let noun = &around.behind()[1..];
    let len = noun.iter().position(breaks).unwrap_or(noun.len());
    let mut parts = Parts::default();
    add_part(around.text(), &noun[..len], &mut parts);
    (!parts.is_empty()).then_some(parts)
}

/// 20%和30%
fn listed(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let compared = around.left.compared && around.finder.found.last().is_some_and(|f| f.sentence as usize == around.finder.sentence);
    (compared || around.left.parts.is_empty() && !around.prefers_behind() && around.joined()).then(|| number_before(around)).flatten()
}

/// 三次召开会议: what was done so often.
fn times(around: &Around<'_, '_, '_>) -> Option<Parts> {
    if around.unit() != "次" || around.left.open || around.left.verb.is_some() {
        return None;
    }
    let skip = around.behind().iter().position(|w| !w.is.any(Is::ADVERB))?;
    let done = &around.behind()[skip..];
    let verb = done.first()?;
    if !verb.is.any(Is::VERB.or(Is::CHANGE)) || verb.is.any(Is::ATTEND) || verb.is.any(Is::LINK) && !verb.is.any(Is::CHANGE) {
        return None;
    }
    // 两次|主持召开会议
    let verbs = done.iter().take_while(|w| w.is.any(Is::VERB)).count().max(1);
    let len = verbs + done[verbs..].iter().position(|w| breaks(w) || w.is == Is::PAUSE || w.is.any(Is::OF)).unwrap_or(done.len() - verbs);
    // 竞价分两次|进行
    if len == verbs && around.left.noun {
        return None;
    }
    if done.get(len).is_some_and(|w| w.is.any(Is::OF)) {
        return None;
    }
    let mut parts = Parts::default();
    parts.push(verb.start as usize, done[len - 1].end as usize);
    Some(parts)
}

/// 7个督察组
fn noun_behind(around: &Around<'_, '_, '_>) -> Option<Parts> {
    if around.behind().is_empty() || !around.prefers_behind() {
        return None;
    }
    Some(around.nouns_behind()).filter(|parts| !parts.is_empty())
}

/// 17个子项调整为5个: what turned into it.
fn turned(around: &Around<'_, '_, '_>) -> Option<Parts> {
    around.finder.found.last().filter(|_| around.turned).map(|from| around.finder.subject(from))
}

/// 事故造成3人死亡: what an event does to people is counted, not the event.
fn caused(around: &Around<'_, '_, '_>) -> Option<Parts> {
    if around.unit() != "人" {
        return None;
    }
    let text = around.text();
    let cause = around.before.iter().rev().find(|w| !w.is.any(Is::LINK.or(Is::ADVERB)))?;
    if !LEXICON.around.causes.has(cause.text(text)) {
        return None;
    }
    let state = around.behind().first().filter(|w| w.is.any(Is::STATE) && !w.is.any(Is::NOUN))?;
    Some(Parts::one(state.start as usize, state.end as usize))
}

/// 败诉率14.7%
fn noun_before(around: &Around<'_, '_, '_>) -> Option<Parts> {
    around.left.noun.then(|| sharing(around).unwrap_or(around.left.parts)).map(|parts| unlisted(around, parts))
}

/// 收入，不超过平均工资的五倍: what a share of another bounds stands before.
fn bounded(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let (text, finder) = (around.text(), around.finder);
    if !around.left.bounded || !matches!(around.reading.dimension, Dimension::Percent | Dimension::Ratio) || !text[..around.from].ends_with('的') {
        return None;
    }
    let bound = around.before.iter().rposition(|w| w.is.any(Is::BOUND) && !w.is.any(Is::PREP.or(Is::THAN)))?;
    // 返还|其不超过保险费的50%: of what is handed on.
    let hands = |w: &Word| w.is.any(Is::VERB) && !w.is.any(Is::LINK.or(Is::CHANGE).or(Is::PREP));
    if names(&around.before[..bound]) || around.before[..bound].iter().any(hands) {
        return None;
    }
    let mut clause = around.clause;
    // 基数，不低于最低工资，不高于平均工资的3倍
    for _ in 0..3 {
        let edge = last(text, clause).filter(|c| matches!(class(*c), Class::Comma | Class::Open))?;
        let end = clause - edge.len_utf8();
        // 基数不低于2000元，不高于平均工资的3倍
        if let Some(prior) = finder.found.last().filter(|f| f.sentence as usize == finder.sentence && f.subject.1 > 0) {
            return (end - prior.end.min(end) <= REACH).then(|| finder.subject(prior));
        }
        let mut words;
        (clause, words) = words_before(finder, end, finder.sentence);
        if words.iter().find(|w| !w.is.any(Is::ADVERB.or(Is::JOIN))).is_some_and(|w| w.is.any(Is::BOUND) && !w.is.any(Is::PREP)) {
            continue;
        }
        let told = left(text, &mut words, Look { raised: true, ..Look::default() });
        return told.noun.then_some(told.parts);
    }
    None
}

/// What a list is of, whose bracket says how many: 龙头茶园名单|（共12家）.
fn unlisted(around: &Around<'_, '_, '_>, parts: Parts) -> Parts {
    let text = around.text();
    let mut named = parts.iter();
    let (Some((start, end)), None) = (named.next(), named.next()) else { return parts };
    let list = LEXICON.nouns.list_of.end(&text[start..end]);
    let counts = around.from < around.start && around.reading.dimension == Dimension::Count && !matches!(around.unit(), "份" | "分" | "张");
    if counts && list > 0 && end - list >= start + 4 * '名'.len_utf8() { Parts::one(start, end - list) } else { parts }
}

/// 限额提到单职工7万元、双职工12万元: for whom it holds stands before the number, the measure before that.
fn of_class(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    let mut parts = around.left.parts.iter();
    let ((start, end), None) = (parts.next()?, parts.next()) else { return None };
    if around.reading.dimension == Dimension::Count || !around.left.noun || LEXICON.nouns.class.end(&text[start..end]) == 0 {
        return None;
    }
    let one = |parts: Parts| {
        let mut own = parts.iter();
        own.next().is_some_and(|(from, to)| measures(&text[from..to]) && own.next().is_none()).then_some(parts)
    };
    // 住院患者|占38%, 职工|增长5%: it tells of them.
    let leads = |w: &Word| w.is.any(Is::LINK.or(Is::ADVERB).or(Is::MODAL)) || matches!(w.text(text), "由" | "从") || w.text(text).starts_with('由');
    let behind = around.before.iter().rev().take_while(|w| w.start as usize >= end);
    if behind.clone().any(|w| !leads(w)) {
        return None;
    }
    // 贷款额度|单人
    let head = around.before.iter().rposition(|w| w.start as usize >= start && (w.end as usize) < end && measures(w.text(text)));
    let from = head.map_or_else(|| around.before.iter().take_while(|w| w.end as usize <= start).count(), |head| head + 1);
    if names(&around.before[..from]) {
        let mut words = around.before[..from].to_vec();
        return one(left(text, &mut words, Look { raised: true, ..Look::default() }).parts);
    }
    // 单职工7万元、|双职工12万元
    if let Some(prior) = around.finder.found.last().filter(|f| f.sentence as usize == around.finder.sentence && f.dimension == around.reading.dimension) {
        return one(around.finder.subject(prior)).filter(|_| around.start - prior.end <= REACH);
    }
    // 支付比例（在职75%
    let edge = last(text, around.clause).filter(|c| matches!(class(*c), Class::Colon | Class::Open))?;
    let end = around.clause - edge.len_utf8();
    one(ends_at(around.finder, end, around.finder.sentence).parts)
}

/// 县级、市级示范茶园: what kinds or grades stand before one noun is one phrase.
fn graded(text: &str, parts: Parts) -> Parts {
    let Some(((start, end), (last, to))) = parts.iter().next().zip(parts.iter().last()).filter(|((start, _), (last, _))| start < last) else {
        return parts;
    };
    let ending = &text[end - LEXICON.nouns.grade.end(&text[start..end])..end];
    let short = |part: &str| !crate::view::longer(part, GRADE);
    let listed = |(at, to): (usize, usize)| short(&text[at..to]) && text[at..to].ends_with(ending) && text[to..].starts_with('、');
    // 县域先进级、领先级茶厂
    let noun = &text[last..to];
    let shares = || noun.find(ending).is_some_and(|at| at > 0 && short(&noun[..at]) && at + ending.len() < noun.len());
    if !ending.is_empty() && parts.iter().take_while(|(at, _)| *at < last).all(listed) && shares() { Parts::one(start, to) } else { parts }
}

/// 首套、改善型公寓最低首付比例为35%: nouns that share the measure which ends the last of them are one.
fn sharing(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    let parts = around.left.parts;
    let (start, _) = parts.iter().next()?;
    let (last, end) = parts.iter().last()?;
    if start == last || around.reading.dimension == Dimension::Count {
        return None;
    }
    let measure = |noun: &str| LEXICON.nouns.measure.end(noun) > 0 && VOCABULARY.end(noun).is_some_and(|(_, is)| is.any(Is::HEAD));
    // 20%、30%: one each.
    let dealt = around.rest().starts_with(['、', '和']) || text[end..around.from].contains("分别");
    if dealt || !measure(&text[last..end]) {
        return None;
    }
    let mut before = start;
    for (at, to) in parts.iter() {
        let between = &text[before..at];
        let joined = at == start || between == "、" || LEXICON.around.and.has(between);
        if !joined || at != last && LEXICON.nouns.measure.end(&text[at..to]) > 0 {
            return None;
        }
        before = to;
    }
    Some(Parts::one(start, end))
}

/// 给予50%契税补贴
fn behind_after_all(around: &Around<'_, '_, '_>) -> Option<Parts> {
    if around.behind().is_empty() || around.prefers_behind() {
        return None;
    }
    Some(around.nouns_behind()).filter(|parts| !parts.is_empty())
}

/// What becomes of a number that opens its clause: 412人报名, 3件未审结, 1宗正在审理中.
fn befell(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    let opens = around.clause == around.from && !around.rest().starts_with('的');
    if !around.left.parts.is_empty() || around.left.open || around.joined() && !opens {
        return None;
    }
    let state = around.behind().iter().position(|w| !w.is.any(Is::ADVERB)).map(|at| &around.behind()[at..])?;
    let first = state.first()?;
    // 2人|负责考场纪律: who does something is not named.
    if opens
        && first.is.any(Is::VERB)
        && !first.is.any(Is::STATE.or(Is::ATTEND).or(Is::LINK).or(Is::WORK))
        && around.finder.lexicon.units.persons.contains(&around.unit())
    {
        return Some(Parts::default());
    }
    let told = first.is.any(Is::STATE)
        || opens
            && around.reading.dimension == Dimension::Count
            && (first.is.any(Is::VERB) || first.is == Is::UNKNOWN && first.len() > '作'.len_utf8())
            && !first.is.any(Is::ATTEND.or(Is::LINK));
    if !told || first.is.any(Is::STATE) && first.is.any(Is::LIMIT) {
        return None;
    }
    let mut parts = Parts::default();
    add_part(text, &state[..1], &mut parts);
    Some(parts)
}

/// 清理9件
fn work_before(around: &Around<'_, '_, '_>) -> Option<Parts> {
    if around.left.parts.is_empty() {
        return None;
    }
    Some(around.left.parts)
}

/// 公示时间：3月1日至3月5日，共5天: what began and ended on the days before.
fn spanned(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let (text, finder) = (around.text(), around.finder);
    if around.reading.dimension != Dimension::Duration {
        return None;
    }
    // What tells when something begins and ends.
    let dated = |c: char| matches!(class(c), Class::Digit | Class::Numeral | Class::Comma | Class::Colon) || c == ' ' || LEXICON.around.dated.begins(c);
    let before = &text[finder.sentence..around.start];
    let (at, c) = before.char_indices().rev().take(RIGHT).find(|(_, c)| !dated(*c))?;
    let (at, days) = (finder.sentence + at, &before[at + c.len_utf8()..]);
    if days.matches('日').count() < 2 {
        return None;
    }
    let end = if c == '为' {
        at
    } else if days.starts_with([':', '：']) {
        at + c.len_utf8()
    } else {
        // 公示期限：自公布之日起至3月5日（5天）
        let clause = around::clause(finder.lexicon, text, at, finder.sentence).start;
        let label = text[..clause].strip_suffix([':', '：'])?;
        text[clause..].starts_with('自').then_some(label.len())?
    };
    let label = ends_at(finder, end, finder.sentence);
    label.noun.then_some(label.parts)
}

/// 项目负责人:最多2人
fn labelled(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    let colon = last(text, around.clause).filter(|c| class(*c) == Class::Colon)?;
    if around.before.iter().any(|w| !w.is.any(left::BETWEEN) || w.is.any(Is::VERB) && !w.is.any(Is::LIGHT.or(Is::LINK))) || !around.left.parts.is_empty() {
        return None;
    }
    let end = around.clause - colon.len_utf8();
    let label = ends_at(around.finder, end, around.finder.found.last().map_or(around.finder.sentence, |f| f.end));
    (label.noun && !label.open).then_some(label.parts)
}

/// 取得《营业执照》满2年, 印发《手册》200份
fn titled(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let text = around.text();
    let end = around.clause;
    if !text[..end].ends_with('》') || !around.left.parts.is_empty() {
        return None;
    }
    let opens = |end: usize| text[..end].char_indices().rev().take(2 * REACH).find(|(_, c)| *c == '《').map(|(at, _)| at);
    let mut title = opens(end)?;
    // 取得《许可证》或《登记证》
    if let Some(own) = text[..title].strip_suffix(['或', '和', '、', '及', '与']).filter(|own| own.ends_with('》')) {
        title = opens(own.len())?;
    }
    let floor = around.finder.found.last().map_or(around.finder.sentence, |f| f.end).min(title);
    let from = around::clause(around.finder.lexicon, text, title, floor).start;
    let mut words = Vec::new();
    cut(text, from, title, From::Edge, around.finder.taken, &mut words);
    let verb = words.last().filter(|w| around.reading.dimension == Dimension::Duration && w.is.any(Is::VERB) && !w.is.any(Is::LIGHT));
    Some(Parts::one(verb.map_or(title, |w| w.start as usize), end))
}

/// 不受理12宗: what was done so often, where nothing else says what.
fn verb_before(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let (start, end) = around.left.verb.filter(|_| matches!(around.reading.dimension, Dimension::Count | Dimension::Duration))?;
    let mut parts = Parts::default();
    parts.push(start, end);
    Some(parts)
}

/// Whether a bracket closes that did not open here.
fn closes(between: &str) -> bool {
    let mut depth = 0;
    between.chars().any(|c| {
        match class(c) {
            Class::Open => depth += 1,
            Class::Close => depth -= 1,
            _ => {}
        }
        depth < 0
    })
}

/// What the number before counted.
fn number_before(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let (finder, text) = (around.finder, around.text());
    // 约600人参加 takes part in what the clause before says.
    let attended = around.behind().first().is_some_and(|w| w.is.any(Is::ATTEND));
    if !attended
        && let Some(prior) = finder.found.last()
        && around.start - prior.end <= 6 * REACH
    {
        // 平均成绩57分（满分100分），最高|84分: what a bracket holds is said aside.
        let near = |f: &&Found| around.start - f.end <= 6 * REACH;
        let prior = finder.found.iter().rev().take(4).take_while(near).find(|f| !closes(&text[f.end..around.start])).unwrap_or(prior);
        // 茶农12户，48周岁以下
        let aged = |unit: &str| LEXICON.units.is_age(unit);
        if aged(around.unit()) && !aged(&text[prior.unit.0 as usize..prior.unit.1 as usize]) {
            return None;
        }
        // 给予15%的补贴；购买40平方米以上的, 处200元罚款；超过30%的，处500元罚款: a class of things, not how much of the same.
        let class = matches!(around.reading.dimension, Dimension::Area | Dimension::Length | Dimension::Duration) && around.reading.suffix.is_some()
            || around.reading.hedged && around.rest().starts_with("的，");
        if class && around.reading.dimension != prior.dimension {
            return None;
        }
        // 合计11件 counts what the first of the sentence counted.
        if around.before.first().is_some_and(|w| w.is.any(Is::TOTAL))
            && let Some(f) = finder.found.get(finder.found.partition_point(|f| (f.sentence as usize) < finder.sentence))
        {
            return Some(finder.subject(f));
        }
        if prior.sentence as usize == finder.sentence {
            let subject = finder.subject(prior);
            // 调整60个、新增69个
            let verb = subject.iter().all(|(at, to)| VOCABULARY.of(&text[at..to]).any(Is::VERB.or(Is::WORK)));
            return Some(around.left.hollow.filter(|_| verb).map_or(subject, |(at, to)| Parts::one(at, to)));
        }
    }
    None
}

/// 需要勘验的，可以延长12个工作日: the clause before is its condition.
fn longer(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let word = around.before.last().filter(|w| around.reading.dimension == Dimension::Duration && w.is.any(Is::LONGER))?;
    Some(Parts::one(word.start as usize, word.end as usize))
}

/// What the clause before speaks of: 举办培训班，约600人参加.
fn clause_before(around: &Around<'_, '_, '_>) -> Option<Parts> {
    let (finder, text) = (around.finder, around.text());
    // 茶艺等行当，48周岁以下: an age is that of nobody named.
    if LEXICON.units.is_age(around.unit()) {
        return None;
    }
    let c = last(text, around.clause).filter(|c| class(*c) == Class::Comma)?;
    let end = around.clause - c.len_utf8();
    let floor = finder.found.last().map_or(finder.sentence, |f| f.end).min(end);
    // 茶价|保持领先，达到60元: what leads on tells of what the clause before tells of.
    if around.before.iter().find(|w| !w.is.any(Is::ADVERB.or(Is::TIME)) || w.is.any(Is::LINK)).is_some_and(|w| w.is.any(Is::LINK.or(Is::CHANGE).or(Is::BOUND)))
    {
        let (_, mut words) = words_before(finder, end, floor);
        let told = words.iter().position(|w| w.is.any(Is::LINK.or(Is::LIGHT)) && !w.is.any(Is::NOUN));
        if let Some(told) = told.filter(|at| names(&words[..*at])) {
            let told = left(text, &mut words[..told], Look { raised: true, ..Look::default() }).parts;
            if !told.is_empty() && told.iter().all(|(start, end)| LEXICON.nouns.measure.end(&text[start..end]) > 0) {
                return Some(told);
            }
        }
    }
    Some(ends_at(finder, end, floor).parts)
}

/// Whether a noun is what is measured of a thing: 限额, 满意率, 期限.
fn measures(noun: &str) -> bool {
    let nouns = &LEXICON.nouns;
    [&nouns.gauge, &nouns.rate, &nouns.term].iter().any(|ends| ends.end(noun) > 0)
}

/// The nouns of the clause that ends at `end` and begins at `floor` at the earliest: a label, or what was said before.
fn ends_at(finder: &Finder<'_, '_>, end: usize, floor: usize) -> Left {
    let (_, mut words) = words_before(finder, end, floor);
    left(finder.text, &mut words, Look { raised: true, ..Look::default() })
}

/// Where the clause that ends at `end` begins, `floor` at the earliest, and its words.
fn words_before(finder: &Finder<'_, '_>, end: usize, floor: usize) -> (usize, Vec<Word>) {
    let from = around::clause(finder.lexicon, finder.text, end, floor).start;
    let mut words = Vec::new();
    cut(finder.text, from, end, From::Edge, finder.taken, &mut words);
    (from, words)
}

/// The length of what says behind a length which side of a thing it measures: 26米|宽|规划路.
fn side(finder: &Finder<'_, '_>, reading: &Reading<'_>) -> usize {
    if reading.dimension != Dimension::Length || finder.text[..reading.unit.1].ends_with('里') {
        return 0;
    }
    let rest = &finder.text[reading.end..];
    let Some(side) = finder.lexicon.units.sides.iter().find(|side| rest.starts_with(**side)) else { return 0 };
    // 500米|长廊
    let alone = VOCABULARY.start(rest).is_none_or(|(len, _)| len == side.len());
    if alone { side.len() } else { 0 }
}

/// Where the bracket opens that closes right before `at` and holds the number before, which ends at `floor`.
fn bracket_before(text: &str, at: usize, floor: usize) -> Option<usize> {
    last(text, at).filter(|c| class(*c) == Class::Close && floor > 0 && floor < at)?;
    let mut depth = 0;
    let (open, _) = text[..at].char_indices().rev().take(2 * REACH).find(|(_, c)| {
        match class(*c) {
            Class::Close => depth += 1,
            Class::Open => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    (open < floor).then_some(open)
}

/// Where a bracket opens that has nothing but the number in it, or else where the number starts: (2项), (共12家),
/// (35道,每题1分).
fn before_bracket(text: &str, clause: usize, start: usize, end: usize) -> usize {
    let ends = || {
        next(text, end).is_some_and(|c| matches!(class(c), Class::Close | Class::Comma | Class::Pause))
            || VOCABULARY.start(&text[end..]).is_some_and(|(_, is)| is.any(Is::ADVERB))
    };
    if last(text, clause).is_none_or(|c| class(c) != Class::Open) || !ends() {
        return start;
    }
    let mut inner = start;
    // 保障性住房(上浮10%), 申报材料(一式六份)
    while let Some((len, _)) = VOCABULARY.end(&text[clause..inner]).filter(|(_, is)| is.any(Is::CHANGE.or(Is::LINK).or(Is::ALONE))) {
        inner -= len;
    }
    // 品鉴会（每季度一次）
    if let Some(of) = text[clause..inner].strip_prefix(EACH)
        && around::each(&LEXICON.units, of) == Some(of.len())
    {
        inner = clause;
    }
    last(text, inner).filter(|c| class(*c) == Class::Open).map_or(start, |c| inner - c.len_utf8())
}

/// Behind the numbers of the same unit that follow right here: 2000万元和800万元|项目资助, 二千元以上二万元以下|罚款.
fn behind_numbers(finder: &Finder<'_, '_>, end: usize) -> usize {
    let mut from = end;
    for _ in 0..3 {
        let Some(past) = second(finder, from) else { break };
        from = past;
    }
    from
}

/// The end of a number of the same unit that follows right here, or behind 和 or 、. Of numbers in a row each is asked for by
/// several before it, and read once.
fn second(finder: &Finder<'_, '_>, from: usize) -> Option<usize> {
    let mut known = finder.seconds.get();
    if let Some((_, past)) = known.iter().find(|(at, _)| *at == from) {
        return *past;
    }
    let past = read_second(finder, from);
    known.rotate_right(1);
    known[0] = (from, past);
    finder.seconds.set(known);
    past
}

fn read_second(finder: &Finder<'_, '_>, from: usize) -> Option<usize> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    // 15%但不超过20万元|的资助
    let capped = text[from..].strip_prefix('但').filter(|rest| lexicon.before.start(rest).is_some());
    let rest = capped
        .or_else(|| text[from..].strip_prefix("或者"))
        .or_else(|| text[from..].strip_prefix(['和', '、', '或', '及', '与', '/']))
        .unwrap_or(&text[from..]);
    let joined = rest.len() < text.len() - from;
    let rest = match lexicon.before.start(rest) {
        Some((len, _)) => &rest[len..],
        _ => rest,
    };
    next(rest, 0).filter(|c| matches!(class(*c), Class::Digit | Class::Numeral))?;
    let (rest, amount) = quantity::amount(rest).ok()?;
    // 百分之二十以上百分之五十以下, 60元/平方米、100元/平方米
    let at = text.len() - rest.len();
    let past = if amount.form == Form::Percent { at } else { around::unit_end(&lexicon.units, text, at, lexicon.units.start(rest)?) };
    let unit = &text[at..past];
    let hedge = lexicon.after.start(&text[past..]).map_or(0, |(len, _)| len);
    // 4个千亿县, 3个万亿元大关: the noun itself.
    let named = amount.script == Script::Bare && hedge == 0;
    // 5年以下(含5年)和5年以上|贷款利率
    let bracket = |own: &str| own.strip_suffix([')', '）']).and_then(|inner| inner.rfind(['(', '（'])).filter(|open| from - open <= REACH * 3);
    let own = &text[..bracket(&text[..from]).unwrap_or(from)];
    let same = || own[..own.len() - lexicon.after.end(own).map_or(0, |(len, _)| len)].ends_with(unit);
    (same() || capped.is_some() || !joined && !named).then_some(past + hedge)
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn who_does_something_is_not_named() {
        let subjects = |text: &str| crate::parse(text).metrics.iter().map(|m| m.subject.len()).collect::<Vec<_>>();
        assert_eq!(subjects("2人负责维持考场纪律。"), [0]);
        // What becomes of them says what is counted.
        assert_eq!(subjects("2人报名。"), [1]);
    }

    #[test]
    fn every_rule_reads_its_example_alone() {
        let mut wrong = Vec::new();
        for rule in RULES {
            let (text, subject, other) = rule.example;
            let rules = |text: &str| crate::Parser::new().explain(text).unwrap();
            let (doc, names) = (crate::parse(text), rules(text));
            let row = names.iter().position(|name| *name == rule.name);
            let read = row.map(|row| doc.metrics[row].subject.iter().map(|span| &text[span.range()]).collect::<String>());
            if read.as_deref() != Some(subject) {
                wrong.push(format!("{}: {text} is read by {names:?}: {read:?}", rule.name));
            }
            let names = rules(other);
            if names.is_empty() || names.contains(&rule.name) {
                wrong.push(format!("{}: {other} is read by {names:?}", rule.name));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
