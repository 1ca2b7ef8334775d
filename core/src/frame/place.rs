//! The jurisdiction a document speaks for, as it writes the name: 济南市历下区.

use super::look::Look;
use super::{Framer, HEAD_LINES, Part};
use crate::divisions::{self, Chain, How, Level};
use crate::lexicon::frame::HEAD;
use crate::lexicon::{Words, entries, file, listed, under, under_each};
use crate::scan::{Anchor, Class, bits, class};
use crate::view::{clean, head, is_digit, skip_blank};
use crate::{Kind, MetadataKey, Span};
use memchr::memmem::{self, Finder};
use std::sync::LazyLock;

/// The words of `places.txt`.
struct Places {
    endings: Words,
    provinces: Words,
    acts: Words,
    before: Vec<&'static str>,
    not_in_name: Words,
    names: Words,
    adjuncts: Words,
    prefixes: Words,
    people: Words,
    tells: Words,
    issues: Words,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let all = entries(file!("../lexicon/places.txt"));
    Places {
        endings: under(&all, "ending"),
        provinces: under(&all, "province"),
        acts: under(&all, "acts"),
        before: listed(&all, "before"),
        not_in_name: under(&all, "not in name"),
        adjuncts: under_each(&all, &["before", "adjunct"], b' '),
        prefixes: under(&all, "prefix"),
        people: under(&all, "people"),
        tells: under(&all, "tells"),
        issues: under(&all, "issues"),
        // A single character would make a name of every word it begins.
        names: Words::new(listed(&all, "name").into_iter().filter(|name| name.len() > 3)),
    }
});

/// Whether this is what names of jurisdictions end in, and no name: 县, 自治区.
pub(super) fn is_ending(text: &str) -> bool {
    PLACES.endings.has(text)
}

/// What a division's whole name ends in.
const ENDINGS: [char; 7] = ['省', '市', '县', '区', '州', '旗', '盟'];

/// Which names without an ending count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bare {
    /// Those that stand in another (青海西宁) or name a zone (广州开发区).
    Company,
    /// Those of provinces and prefectures too: 南昌住房公积金管理中心.
    High,
    /// Any: 结合松石实际.
    Any,
}

/// The name at the start of `text`; its length in bytes.
fn name_at(text: &str, bare: Bare) -> Option<usize> {
    let mut end = known_name(text, bare).unwrap_or(0);
    // Verbs with what they act on: 落实市级…, 鼓励区内….
    if end == 0 && PLACES.adjuncts.start(text) > 0 && PLACES.names.start(text) == 0 {
        return None;
    }
    if end > 0 && !text[..end].ends_with(ENDINGS) {
        return Some(end);
    }
    // 省, 市 and 县 may follow each other.
    while end < text.len() {
        let Some(len) = one_name(&text[end..]) else { break };
        end += len;
    }
    (end > 0).then_some(end)
}

/// The length of names at the start of `text` that stand in the table of divisions.
fn known_name(text: &str, bare: Bare) -> Option<usize> {
    let table = divisions::table()?;
    let zone = divisions::known_zone(text);
    let Some(chain) = table.chain(text) else { return (zone > 0).then_some(zone) };
    if zone >= chain.len {
        return Some(zone);
    }
    // 市区 and 城区 are names of districts too; alone they mean any city's.
    if chain.names == 1 && text[..chain.len].ends_with('区') && text[..chain.len].chars().count() == 2 {
        return None;
    }
    let rest = &text[chain.len..];
    let zone = divisions::known_zone(rest);
    if zone > 0 {
        return Some(chain.len + zone);
    }
    if chain.zone {
        return Some(chain.len);
    }
    // 市场, 市民 and 市容 are words, 市民政局 is an office.
    let full = chain.how > How::Bare;
    let broken = full && text[..chain.len].ends_with('市') && rest.starts_with(['场', '民', '容', '值']) && PLACES.people.start(rest) == 0;
    let len = if broken { chain.len - '市'.len_utf8() } else { chain.len };
    let accepted = (full && !broken) || bare_counts(&chain, &text[..len], &text[len..], bare);
    accepted.then_some(len)
}

/// Whether a name without its ending counts as one.
fn bare_counts(chain: &Chain, name: &str, rest: &str, bare: Bare) -> bool {
    if divisions::is_word(name, rest) {
        return false;
    }
    let level = || divisions::table().and_then(|table| chain.last.iter().map(|i| table.record(*i).level()).min());
    match bare {
        Bare::Any => true,
        Bare::High => chain.names > 1 || level() < Some(Level::County),
        Bare::Company => chain.names > 1,
    }
}

fn one_name(text: &str) -> Option<usize> {
    let places = &*PLACES;
    let known = places.names.start(text);
    let window = &text[..text.floor_char_boundary(48)];
    let long = || window.contains(['治', '区']) && (window.contains("自治") || window.contains("开发区") || window.contains("新区"));
    for (chars, (at, c)) in text.char_indices().enumerate() {
        let ending = if chars > 0 && at >= known { places.endings.start_word(&text[at..]) } else { None };
        if let Some(ending) = ending {
            let end = at + ending.len();
            // 市场, 县域, 区域, 市民, 州内 … are words, not names.
            let next = text[end..].chars().next();
            let broken = ending.chars().count() == 1
                && next.is_some_and(|n| matches!(n, '场' | '域' | '民' | '级' | '内' | '外' | '间' | '容' | '值' | '别' | '分' | '块' | '位' | '直' | '属'))
                && places.people.start(&text[end..]) == 0;
            let usual = chars <= 3 || known > 0 || ending.chars().count() > 1 || long();
            let enough = usual && (chars >= 2 || known > 0 || ending == "县" || ending == "旗");
            if enough && !broken {
                return Some(end);
            }
        }
        let foreign = ending.is_none() && places.not_in_name.start(&text[at..]) > 0 || !is_han(c);
        // Names have two or three characters before their ending; transliterated and autonomous ones more.
        let too_long = chars >= 4 && (chars >= 11 || !long());
        if at >= known && (foreign || too_long) {
            return None;
        }
    }
    None
}

/// The first name in `text` at its start or, when `inside`, after a word that may introduce one.
fn name_in(text: &str, inside: bool, bare: Bare) -> Option<(usize, usize)> {
    let lead = text.len() - text.trim_start_matches(|c: char| is_digit(c) || matches!(c, '年' | '度' | ' ' | '　' | '“' | '《' | '\u{FEFF}')).len();
    let lead = lead + PLACES.prefixes.start(&text[lead..]);
    if let Some(len) = name_at(&text[lead..], bare) {
        return Some((lead, lead + len));
    }
    if !inside {
        return None;
    }
    let province = PLACES.provinces.start(&text[lead..]);
    if province > 0 {
        return Some((lead, lead + province));
    }
    let mut best: Option<(usize, usize)> = None;
    for word in &PLACES.before {
        for (at, _) in text.match_indices(word) {
            let from = at + word.len();
            if best.is_none_or(|(b, _)| from < b)
                && let Some(len) = name_at(&text[from..], Bare::Company)
            {
                best = Some((from, from + len));
            }
        }
    }
    best
}

pub(super) fn find(framer: &Framer<'_>) -> Option<Span> {
    let place = |base: u32, text: &str, inside: bool, bare: Bare| name_in(text, inside, bare).map(|(from, to)| Span::new(base + from as u32, base + to as u32));
    let of = |span: Span, inside: bool, bare: Bare| place(span.start, &framer.text[span.range()], inside, bare);
    if let Some(found) = framer.frame.title.and_then(|t| of(t, true, Bare::High)) {
        // A local law is that of who adopted it, whatever its title says in short: 青山湖风景区条例.
        let short = !framer.text[found.range()].ends_with(ENDINGS);
        return short.then(|| adopted(framer)).flatten().or(Some(found));
    }
    // 山水之城 ⏎ ——松石县摄影大赛公告
    if let Some(found) = subtitle(framer).and_then(|s| of(s, false, Bare::High)) {
        return Some(found);
    }
    // 松石市人民政府令（第26号） is a number that names who gave it.
    let keys = [MetadataKey::Issuer, MetadataKey::ResponsibleOffice, MetadataKey::Source, MetadataKey::DocumentNumber];
    let mut issuers = keys.iter().flat_map(|k| framer.frame.metadata.iter().filter(move |m| m.key == *k));
    let bare = |key| if matches!(key, MetadataKey::Source | MetadataKey::DocumentNumber) { Bare::Company } else { Bare::High };
    if let Some(found) = issuers.find_map(|m| of(m.value, false, bare(m.key))) {
        return Some(found);
    }
    if let Some(found) = congress(framer).or_else(|| adopted(framer)).or_else(|| issued(framer)) {
        return Some(found);
    }
    // A notice speaks to many places; a report or plan speaks of its own.
    if matches!(framer.frame.kind, Some(Kind::AnnualReport | Kind::WorkReport | Kind::WorkPlan))
        && let Some(found) = lead(framer)
    {
        return Some(found);
    }
    let signed = framer.frame.signature.and_then(|s| s.issuer).or(framer.red_head);
    signed.and_then(|s| of(s, false, Bare::High)).or_else(|| told(framer)).or_else(|| explained(framer)).or_else(|| spoken_of(framer))
}

/// The subtitle on the line below the title, without its dash.
fn subtitle(framer: &Framer<'_>) -> Option<Span> {
    let title = framer.frame.title?;
    let i = framer.lines.lines.partition_point(|line| line.span.start < title.end);
    let line = framer.lines.lines.get(i)?.span;
    let rest = framer.text[line.range()].trim_start_matches(['—', '―']);
    (rest.len() < line.range().len()).then(|| Span::new(line.end - rest.len() as u32, line.end))
}

/// How many of the last lines may say who explains the document.
const LAST_LINES: usize = 24;

/// 由松石市住房公积金管理中心负责解释: who explains a document issued it, or did so for one who did.
fn explained(framer: &Framer<'_>) -> Option<Span> {
    let own = framer.own_ending();
    (0..framer.len()).rev().filter(|i| framer.frame.parts[*i] == Part::Body).take(LAST_LINES).find_map(|i| {
        let part = framer.part(i);
        let end = memmem::find(part.as_bytes(), "负责解释".as_bytes())?;
        let at = part[..end].rfind('由').map(|at| at + '由'.len_utf8())?;
        let len = name_at(&part[at..end], Bare::Company).filter(|len| fits_own(&part[at..at + len], own))?;
        let base = framer.span(i).start;
        Some(Span::new(base + at as u32, base + (at + len) as u32))
    })
}

/// What a title issues names its place: 关于印发《松石县…办法》的通知. What it forwards may be another's.
fn issued(framer: &Framer<'_>) -> Option<Span> {
    let title = framer.frame.title?;
    let text = &framer.text[title.range()];
    let at = text.find('《').filter(|at| PLACES.issues.end(&text[..*at]) > 0)? + '《'.len_utf8();
    let (from, to) = name_in(&text[at..], false, Bare::Company)?;
    let base = title.start + at as u32;
    Some(Span::new(base + from as u32, base + to as u32))
}

/// 2017年3月10日 某某市第七届人民代表大会常务委员会第四十六次会议通过: the first that adopted a law.
fn adopted(framer: &Framer<'_>) -> Option<Span> {
    (0..framer.len().min(HEAD_LINES)).take_while(|i| framer.looks[*i] != Look::Prose).find_map(|i| {
        let part = framer.part(i);
        let at = part.find("日").filter(|_| HEAD.adopted.find(part).is_some())? + "日".len();
        let at = part.len() - skip_blank(&part[at..]).len();
        // …第三届人民代表大会…, …十四届人大常委会…
        let assembly = |c: char| c == '第' || class(c) == Class::Numeral;
        let len = name_at(&part[at..], Bare::Company).filter(|len| part[at + len..].starts_with(assembly))?;
        let base = framer.span(i).start;
        Some(Span::new(base + at as u32, base + (at + len) as u32))
    })
}

/// ——2026年1月26日在某某省第十四届人民代表大会第五次会议上
fn congress(framer: &Framer<'_>) -> Option<Span> {
    (0..framer.len().min(HEAD_LINES)).filter(|i| framer.looks[*i] != Look::Prose || !framer.line(*i).longer(60)).take(40).find_map(|i| {
        let part = framer.part(i);
        // Of one character it is told sooner that it is in no line.
        if !part.contains('在') {
            return None;
        }
        let at = part.find("人民代表大会").and_then(|end| part[..end].rfind('在'))? + '在'.len_utf8();
        let len = name_at(&part[at..], Bare::Company)?;
        let base = framer.span(i).start;
        Some(Span::new(base + at as u32, base + (at + len) as u32))
    })
}

/// The subject of the lead's first sentences: after the year, or after a comma.
fn lead(framer: &Framer<'_>) -> Option<Span> {
    for i in 0..framer.len() {
        match (framer.frame.parts[i], framer.looks[i]) {
            (Part::Body, Look::Numbered) => break,
            // What is attached speaks of others.
            (Part::Attachment | Part::AttachmentTitle, _) => break,
            (Part::Body, Look::Prose) => {}
            _ => continue,
        }
        let text = head(framer.part(i), 500);
        let base = framer.span(i).start;
        let named = |at: usize, spoken: bool| {
            let (a, b) = name_in(&text[at..], false, Bare::Company)?;
            (spoken || PLACES.acts.start(&text[at + b..]) > 0).then(|| Span::new(base + (at + a) as u32, base + (at + b) as u32))
        };
        let found = match framer.lines.anchors(framer.line(i)) {
            Some(anchors) => at_clauses(text, anchors, named),
            None => at_clauses_of_noisy(text, named),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// How far into the text [`told`] and [`own_ending`] look, in characters.
const TOLD: usize = 600;

/// What the opening of a text without title and signature tells: its first words (广西免收…), what it issues (现将《江门市…》
/// 印发), whom it quotes (从郑州市财政局获悉, 湖北省潜江市发布), what it suits (结合松石实际). Where the text says 我市, it is a
/// city's.
fn told(framer: &Framer<'_>) -> Option<Span> {
    let own = framer.own_ending();
    // A town names the county that it lies in.
    if framer.frame.kind == Some(Kind::WorkReport) || matches!(own, Some('镇' | '乡')) {
        return None;
    }
    let mut left = TOLD;
    for i in 0..framer.len() {
        // Behind the first number the text speaks of its matter, and names whom it concerns.
        if framer.frame.parts[i] == Part::Body && framer.looks[i] == Look::Numbered && left < TOLD {
            break;
        }
        // Whom a document addresses below its title it does not speak for.
        let addresses = || framer.looks[i] == Look::Salutation && framer.frame.title.is_some_and(|t| t.end <= framer.span(i).start);
        if !matches!(framer.frame.parts[i], Part::Body | Part::Wrapper) || addresses() || left == 0 {
            continue;
        }
        let text = head(framer.part(i), left);
        if let Some((from, to)) = told_in(text, own, left == TOLD) {
            let base = framer.span(i).start;
            return Some(Span::new(base + from as u32, base + to as u32));
        }
        left = left.saturating_sub(text.chars().count());
    }
    None
}

/// The place that a line of the opening tells; `opens` at the text's first.
fn told_in(text: &str, own: Option<char>, opens: bool) -> Option<(usize, usize)> {
    let (mut fresh, mut book, mut suits) = (true, false, 0);
    for (at, c) in text.char_indices() {
        if let Some(len) = if book { issued_at(text, at, own) } else { None } {
            return Some((at, at + len));
        }
        if let Some(len) = if fresh && !book { subject_at(&text[at..], own, opens && at == 0) } else { None } {
            return Some((at, at + len));
        }
        // 结合松石实际
        if suits > 0
            && text[at..].starts_with("实际")
            && let Some(name) = text.get(suits..at)
            && known_name(name, Bare::Any) == Some(name.len())
            && fits_own(name, own)
        {
            return Some((suits, at));
        }
        if c == '结' && text[at..].starts_with("结合") {
            suits = at + "结合".len();
        }
        book = c == '《';
        fresh = match c {
            // 根据松石省财政厅《…》: what a text that calls nothing its own rests on is another's.
            '据' => own.is_some() || !text[..at].ends_with(['根', '依']),
            // 我代表松石县委…
            '表' => text[..at].ends_with("我代"),
            _ => step(c, 0).1 || matches!(c, '从' | '由' | '经' | '在' | '日' | ' ' | '　' | '”' | '"' | '〕' | ']' | '】' | '）' | ')'),
        };
    }
    None
}

/// The name at `at`, behind 《, of what the text issues.
fn issued_at(text: &str, at: usize, own: Option<char>) -> Option<usize> {
    let (before, name) = (text[..at - '《'.len_utf8()].trim_end_matches('了'), &text[at..]);
    let len = known_name(name, Bare::Company).or_else(|| name_at(name, Bare::Company))?;
    // 根据《松石省…条例》: what a county rests on is its province's.
    let rests = own.is_none() && name[..len].ends_with('省') && before.ends_with(['据', '照']);
    let issued = own.is_some() || !rests && PLACES.tells.end(before) > 0 || is_approved(before, name);
    (issued && fits_own(&name[..len], own)).then_some(len)
}

/// The name at the start of a clause, which the clause is about; `opens` at the text's first word.
fn subject_at(clause: &str, own: Option<char>, opens: bool) -> Option<usize> {
    let len = known_name(clause, if opens { Bare::High } else { Bare::Company })?;
    // 青河、白河商务部门：: those addressed.
    if clause[len..].starts_with('、') {
        return None;
    }
    let speaks = own.is_some() || opens || PLACES.tells.start(&clause[len..]) > 0;
    (speaks && fits_own(&clause[..len], own)).then_some(len)
}

/// Whether a name may be of what the text calls its own: 我市 is a city, or the bare name of one.
fn fits_own(name: &str, own: Option<char>) -> bool {
    let Some(own) = own else { return true };
    let ends_so = |table: &divisions::Table| {
        table.chain(name).is_some_and(|c| if c.zone { own == '区' } else { c.how < How::Full && c.last.iter().any(|i| table.record(*i).name.ends_with(own)) })
    };
    name.ends_with(own) || divisions::table().is_some_and(ends_so)
}

/// 《松石县…方案》已经县政府同意，现印发给你们: what a sentence begins with and somebody approved is what the text issues.
fn is_approved(before: &str, name: &str) -> bool {
    let behind = name.split_once('》').map_or("", |(_, behind)| behind);
    (before.is_empty() || before.ends_with(['。', '：', ':'])) && behind.starts_with(['已', '经', '业'])
}

/// How far into the text [`spoken_of`] looks, in characters.
const SPOKEN: usize = 3000;

/// A division that the text names.
struct Mention {
    span: Span,
    code: u32,
    level: Level,
    /// What its name ends in: 市 of 丽水, which is 丽水市.
    ending: char,
    /// A bare name may be part of a word, 均衡水平: it counts half.
    weight: usize,
    /// Whether it stands within the first [`TOLD`] characters.
    opening: bool,
    /// Whether it stands in 《》.
    in_book: bool,
}

impl Mention {
    /// Whether one of two divisions lies in the other.
    fn is_kin(&self, other: &Self) -> bool {
        let same = |of: u32| self.code / of == other.code / of;
        match self.level.min(other.level) {
            Level::Province => same(10_000),
            Level::Prefecture => same(if is_municipal(self.code) { 10_000 } else { 100 }),
            Level::County => same(1),
        }
    }
}

/// The division that a text speaks of which says of whom it is nowhere: its own, where it says 我市, else the one city of
/// which an untitled text speaks.
fn spoken_of(framer: &Framer<'_>) -> Option<Span> {
    let own = framer.own_ending();
    // A town names the county that it lies in.
    if matches!(own, Some('镇' | '乡')) {
        return None;
    }
    let titled = framer.frame.title.is_some() || framer.frame.kind == Some(Kind::WorkReport);
    // A title that names no place is that of a wider text, unless the text says 我市.
    if titled && !own.is_some_and(|own| says_own(framer, own)) {
        return None;
    }
    let named = mentions(framer, own)?;
    let own_one = own.and_then(|own| own_division(&named, own));
    let fits = |city: &&Mention| own.is_none_or(|own| matches!(own, '县' | '旗' | '区') == (city.level == Level::County) && own != '省');
    own_one.or_else(|| sole_city(&named).filter(|_| !titled).filter(fits).map(|city| as_written(&named, city.code))?)
}

/// Whether the text says 我市 and 本市, and says them more often than 我区 and the like: 全市 is said of others too.
fn says_own(framer: &Framer<'_>, own: char) -> bool {
    let mut counts = OWN.map(|end| (end, 0));
    let words = ["我", "本"].map(|word| (Finder::new(word), 2));
    for i in (0..framer.len()).filter(|i| framer.frame.parts[*i] != Part::Furniture) {
        count_own(framer.part(i), &words, &mut counts);
    }
    let said = |end: char| counts.iter().find(|c| c.0 == end).map_or(0, |c| c.1);
    said(own) > 0 && counts.iter().all(|c| c.0 == own || c.1 < said(own))
}

/// What the text names at the level that it calls its own, far more often than any other of that level.
fn own_division(named: &[Mention], own: char) -> Option<Span> {
    // 深圳特区 of old is no 区.
    let fits = |level: Level| match own {
        '县' | '旗' => level == Level::County,
        '区' => level != Level::Prefecture,
        _ => true,
    };
    let of_own: Vec<&Mention> = named.iter().filter(|m| m.ending == own && fits(m.level)).collect();
    let weight = |code: u32| of_own.iter().filter(|m| m.code == code).map(|m| m.weight).sum::<usize>();
    // Of equals the first: a prefecture stands before the cities in it.
    let most = of_own.iter().rev().max_by_key(|m| weight(m.code))?;
    let stands_out = of_own.iter().all(|m| m.is_kin(most) || weight(m.code) * 3 <= weight(most.code));
    // A city in a prefecture may be one of several that the text names.
    let enough = if own == '市' && most.level == Level::County { 2 } else { 1 };
    (weight(most.code) > enough && stands_out).then(|| as_written(named, most.code))?
}

/// The city, or the county where no city is named, that the opening names twice, beside none but what lies in it.
fn sole_city(named: &[Mention]) -> Option<&Mention> {
    let opening: Vec<&Mention> = named.iter().filter(|m| m.opening && m.level > Level::Province).collect();
    // 均衡水平: a bare name is sure where it stands twice, or before what a place has.
    let often = |m: &Mention| opening.iter().filter(|o| o.code == m.code).nth(1).is_some();
    let sure = || opening.iter().filter(|m| m.weight > 1 || often(m));
    let highest = sure().map(|m| m.level).min()?;
    let first = sure().find(|m| m.level == highest)?;
    (often(first) && opening.iter().all(|m| m.is_kin(first))).then_some(*first)
}

/// A division as the text first writes it, outside 《》 where it can.
fn as_written(named: &[Mention], code: u32) -> Option<Span> {
    let mut named = named.iter().filter(|m| m.code == code);
    let first = named.next()?;
    Some(if first.in_book { named.find(|m| !m.in_book).unwrap_or(first) } else { first }.span)
}

/// The divisions that the opening names, without zones and towns.
fn mentions(framer: &Framer<'_>, own: Option<char>) -> Option<Vec<Mention>> {
    let table = divisions::table()?;
    let mut named = Vec::new();
    let lines = || (0..framer.len()).filter(|i| matches!(framer.frame.parts[*i], Part::Body | Part::Wrapper));
    let mut left = SPOKEN;
    for i in lines() {
        // From the first number on the text speaks of its matter.
        if left == 0 || framer.looks[i] == Look::Numbered || framer.line(i).marker.is_some() {
            break;
        }
        let opening = SPOKEN - left < TOLD;
        let text = head(framer.part(i), left);
        left = left.saturating_sub(text.chars().count());
        let (mut past, mut in_book) = (0, false);
        for (at, c) in text.char_indices() {
            if matches!(c, '《' | '》') {
                in_book = c == '《';
            }
            if at < past || !is_han(c) {
                continue;
            }
            let Some(chain) = table.chain(&text[at..]).filter(|c| !c.zone) else { continue };
            let (name, rest) = text[at..].split_at(chain.len);
            let bare = chain.how == How::Bare && chain.names == 1;
            // 市区, 新区 and 城区 are names too, and seldom meant; 新华社北京….
            let common = name.chars().count() < 3 && name.ends_with('区') || text[..at].ends_with('社');
            // 市区（不含松石区）: what is left out is not the text's own.
            let left_out = text[..at].ends_with("不含") || text[..at].ends_with('除');
            if common || left_out || bare && divisions::is_word(name, rest) {
                continue;
            }
            let Some(code) = table.code(name, None, || own, &[text]) else { continue };
            // 共和, 新建: a county's bare name is a word too often.
            if bare && level(code) == Level::County {
                continue;
            }
            let Some(record) = chain.last.iter().map(|i| table.record(*i)).find(|r| r.code == code) else { continue };
            let Some(ending) = record.name.chars().next_back() else { continue };
            past = at + chain.len;
            let base = framer.span(i).start;
            let span = Span::new(base + at as u32, base + past as u32);
            let sure = !bare || PLACES.tells.start(rest) > 0;
            named.push(Mention { span, code, level: level(code), ending, weight: 1 + usize::from(sure), opening, in_book });
        }
    }
    Some(named)
}

/// The level of a division. Beijing and its like are cities.
fn level(code: u32) -> Level {
    match (code % 10_000, code % 100) {
        (0, _) if !is_municipal(code) => Level::Province,
        (0, _) | (_, 0) => Level::Prefecture,
        _ => Level::County,
    }
}

/// Whether a division is, or lies in, a city without a province above it.
fn is_municipal(code: u32) -> bool {
    matches!(code / 10_000, 11 | 12 | 31 | 50)
}

/// The endings of what a text may call its own.
const OWN: [char; 8] = ['省', '市', '县', '区', '州', '旗', '镇', '乡'];

/// The weight of an office, which may be another's.
const OFFICE: u32 = 1;

/// Counts the endings that stand behind 我 and the like, by the weight of each word.
fn count_own<const N: usize>(text: &str, words: &[(Finder<'_>, u32); N], counts: &mut [(char, u32); OWN.len()]) {
    for (word, weight) in words {
        for at in word.find_iter(text.as_bytes()) {
            let mut behind = text[at + word.needle().len()..].chars();
            let (own, next) = (behind.next(), behind.next());
            // 经市区主管部门, ：市民可以: no office.
            let no_office = *weight == OFFICE && next.is_none_or(|c| matches!(c, '区' | '县' | '民' | '直' | '场' | '城' | '域' | '、'));
            if let Some((_, n)) = counts.iter_mut().find(|(end, _)| Some(*end) == own).filter(|_| !no_office) {
                *n += weight;
            }
        }
    }
}

/// The ending of the division that a text calls its own: 市 of 我市 and 本市, or of its offices (经市政府同意, 责任单位：市财政局).
pub(super) fn own_ending(framer: &Framer<'_>) -> Option<char> {
    let mut counts = OWN.map(|end| (end, 0));
    let words = [("我", 8), ("本", 8), ("全", 2), ("经", OFFICE), ("：", OFFICE), (":", OFFICE)].map(|(word, weight)| (Finder::new(word), weight));
    let mut left = TOLD * 4;
    for i in 0..framer.len() {
        if framer.frame.parts[i] == Part::Furniture || left == 0 {
            continue;
        }
        let text = head(framer.part(i), left);
        left = left.saturating_sub(text.chars().count());
        // A word and an ending, ：市 at the shortest.
        if text.len() > '市'.len_utf8() {
            count_own(text, &words, &mut counts);
        }
    }
    let (end, most) = counts.into_iter().max_by_key(|(_, n)| *n)?;
    // One office alone may be another's: 经省财政厅核准.
    (most > OFFICE).then_some(end)
}

/// The code of the division that the document's place names, in its year.
pub(super) fn code(framer: &Framer<'_>, year: Option<u16>) -> Option<u32> {
    let table = divisions::table()?;
    let place = framer.frame.place?;
    let name = clean(&framer.text[place.range()]);
    let frame = &framer.frame;
    let mut hints: Vec<&str> = frame.title.iter().chain(&frame.issuer).map(|s| &framer.text[s.range()]).collect();
    hints.extend(frame.metadata.iter().map(|m| &framer.text[m.value.range()]));
    hints.extend(frame.signature.and_then(|s| s.issuer).map(|s| &framer.text[s.range()]));
    let mut left = TOLD;
    for i in 0..framer.len() {
        if frame.parts[i] == Part::Furniture || left == 0 {
            continue;
        }
        let text = head(framer.part(i), left);
        left = left.saturating_sub(text.chars().count());
        hints.push(text);
    }
    table.code(&name, year, || framer.own_ending(), &hints)
}

/// What a character does to the depth of brackets, and whether a clause begins behind it.
fn step(c: char, depth: i32) -> (i32, bool) {
    match c {
        '《' | '（' | '(' | '“' => (depth + 1, false),
        '》' | '）' | ')' | '”' => ((depth - 1).max(0), false),
        _ => (depth, matches!(c, '，' | '。' | ',' | '；' | ';' | '：' | ':')),
    }
}

/// Asks where a clause begins and behind 代表, outside brackets: whatever else matters here is an anchor.
fn at_clauses<T>(text: &str, anchors: &[Anchor], ask: impl Fn(usize, bool) -> Option<T>) -> Option<T> {
    let mut depth = 0;
    let mut spoken = text.match_indices("代表").map(|(at, word)| at + word.len()).filter(|at| *at < text.len()).peekable();
    if !text.is_empty()
        && let found @ Some(_) = ask(0, false)
    {
        return found;
    }
    let inside = anchors.partition_point(|a| (a.at as usize) < text.len());
    for anchor in &anchors[..inside] {
        let at = anchor.at as usize;
        while let Some(word) = spoken.next_if(|word| *word <= at) {
            if depth == 0
                && let found @ Some(_) = ask(word, true)
            {
                return found;
            }
        }
        if MATTER >> anchor.class as u64 & 1 == 0 {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let clause;
        (depth, clause) = step(c, depth);
        let past = at + c.len_utf8();
        if clause
            && depth == 0
            && past < text.len()
            && let found @ Some(_) = ask(past, false)
        {
            return found;
        }
    }
    if depth == 0 { spoken.find_map(|word| ask(word, true)) } else { None }
}

/// The anchors that open and close, and those that end a clause.
const MATTER: u64 = bits([
    Class::Open,
    Class::Close,
    Class::BookOpen,
    Class::BookClose,
    Class::QuoteOpen,
    Class::QuoteClose,
    Class::Comma,
    Class::Stop,
    Class::Semicolon,
    Class::Colon,
]);

/// As [`at_clauses`], in a line that has noise.
fn at_clauses_of_noisy<T>(text: &str, ask: impl Fn(usize, bool) -> Option<T>) -> Option<T> {
    let (mut depth, mut clause, mut last) = (0, true, ' ');
    for (at, c) in text.char_indices() {
        let spoken = last == '表' && text[..at].ends_with("代表");
        last = c;
        if depth == 0
            && (clause || spoken)
            && let found @ Some(_) = ask(at, spoken)
        {
            return found;
        }
        (depth, clause) = step(c, depth);
    }
    None
}

/// Whether a line is a jurisdiction's name and nothing else.
pub(super) fn is_name(line: &str) -> bool {
    name_in(line, false, Bare::Company) == Some((0, line.len()))
}

/// Whether a line begins with a jurisdiction's name.
pub(super) fn starts_with_name(line: &str) -> bool {
    name_in(line, false, Bare::Company).is_some()
}

/// A Chinese character, those of old places' names included.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}
