//! What the frame tells of the document: its kind, and the year it is about.

use super::dates::{first_year, loose_date};
use super::look::Look;
use super::place::is_ending;
use super::{Framer, Part};
use crate::grammar::marker;
use crate::lexicon::Words;
use crate::lexicon::frame::HEAD;
use crate::view::{clean, head, is_digit, longer, skip_blank};
use crate::{Kind, MarkerStyle, MetadataKey, Span};
use std::borrow::Cow;

/// A news item's dateline ends within so many characters, and its opening within so many.
const DATELINE: usize = 40;
const OPENING: usize = 400;
/// What an announcement names with what it makes public.
const ANNOUNCES: &str = "现将";
/// What names in whose name a report is given.
const SPEAKS: &str = "我代表";
/// So many lines below a title may tell of it.
const NOTES: usize = 3;

impl Framer<'_> {
    /// The first lines of text.
    fn lead(&self) -> impl Iterator<Item = usize> {
        (0..self.len())
            .filter(|i| matches!(self.frame.parts[*i], Part::Body) && matches!(self.looks[*i], Look::Prose | Look::Salutation | Look::Numbered))
            .take(6)
    }

    /// The kind of document that the title or a sentence tells.
    pub(super) fn kind(&self) -> Option<Kind> {
        let congress = self.lead().take(3).map(|i| head(self.part(i), 100)).any(|part| HEAD.congress.find(part).is_some());
        let titled = self.frame.title.map(|t| clean(&self.text[t.range()]));
        if !self.text.chars().any(|c| ('\u{3400}'..='\u{9FFF}').contains(&c)) || self.is_standard() {
            return Some(Kind::Other);
        }
        if self.speaks_for_party() {
            return Some(Kind::Other);
        }
        // Answers may stand below a notice: 关于…的通知.
        let orders = self.frame.kind.is_some() && titled.as_deref().is_some_and(|t| t.contains("关于"));
        if !orders && self.asks_and_answers() {
            return Some(Kind::Other);
        }
        // A news item may be about a plan: its headline names no kind of document.
        if titled.as_deref().is_none_or(|t| !t.contains("关于")) && self.reports_news() {
            return Some(Kind::Other);
        }
        if let Some(kind) = self.frame.kind {
            let title = titled.unwrap_or_default();
            let lawful = title.contains("法治") || title.contains("依法");
            return Some(match kind {
                Kind::WorkReport if lawful => Kind::AnnualReport,
                Kind::WorkReport if congress || !longer(&title, 20) || title.contains("年") => Kind::WorkReport,
                Kind::AnnualReport if congress && !lawful => Kind::WorkReport,
                // …。妥否，请审议: what asks for a decision reports on no year.
                Kind::AnnualReport if title.contains("关于") && self.asks() => Kind::Other,
                Kind::Regulation if !self.has(MarkerStyle::Article, 2) => Kind::Notice,
                kind => kind,
            });
        }
        if congress {
            return Some(Kind::WorkReport);
        }
        // A part of a law begins with one of its chapters.
        let opens_chapter = || self.lead().next().is_some_and(|i| self.line(i).is_marked(MarkerStyle::Chapter));
        if self.has(MarkerStyle::Article, 2) && (opens_chapter() || (0..self.len()).take(60).any(|i| HEAD.own_rules.find(self.part(i)).is_some())) {
            return Some(Kind::Regulation);
        }
        self.kind_by_sentence()
    }

    /// Whether the text asks whom it is made to for a decision.
    fn asks(&self) -> bool {
        HEAD.asks.iter().any(|word| memchr::memmem::find(self.text.as_bytes(), word.as_bytes()).is_some())
    }

    /// The kind of a text without a title: what the opening sentences and the last line say it is.
    fn kind_by_sentence(&self) -> Option<Kind> {
        let lead: String = self.lead().map(|i| head(self.part(i), 1000)).collect();
        let last: String = (self.len().saturating_sub(8)..self.len()).map(|i| head(self.part(i), 130)).collect();
        // Which of the lists have a word in it, a bit each, in one pass.
        let lists = HEAD.told_by_sentence();
        let said =
            HEAD.sentences.all(&lead).fold(0, |said, (at, _)| (0..lists.len()).filter(|i| lists[*i].start(&lead[at..]) > 0).fold(said, |s, i| s | 1 << i));
        let says = |words: &Words| lists.iter().position(|list| std::ptr::eq(*list, words)).is_some_and(|i| said >> i & 1 == 1);
        let issues = says(&HEAD.issues) && lead.contains(['：', ':']);
        let gives_notice = says(&HEAD.gives_notice) || HEAD.closes_notice.find(&last).is_some();
        // What is made public, and what is written to somebody and signed.
        let makes_public = says(&HEAD.makes_public) && lead.contains(ANNOUNCES);
        let first = self.lead().next();
        let to = first.filter(|i| self.looks[*i] == Look::Salutation).map(|i| self.clean(i));
        let letter = to.is_some_and(|to| HEAD.persons.find(&to).is_none()) && self.frame.signature.is_some_and(|s| s.issuer.is_some());
        if issues || gives_notice {
            Some(Kind::Notice)
        } else if says(&HEAD.reports) || HEAD.closes_report.find(&last).is_some() {
            Some(Kind::AnnualReport)
        } else if says(&HEAD.plans) {
            Some(Kind::WorkPlan)
        } else if makes_public || letter || says(&HEAD.notifies) || self.frame.metadata.iter().any(|m| m.key == MetadataKey::DocumentNumber) {
            Some(Kind::Notice)
        } else if lead.contains("年") && says(&HEAD.rule_of_law) && self.frame.parts.contains(&Part::Body) {
            Some(Kind::AnnualReport)
        } else {
            None
        }
    }

    /// Whether an announcement makes known what is or was: 现将评比结果（见附件）予以公示.
    pub(super) fn makes_known(&self) -> bool {
        self.lead().any(|i| {
            let Some((_, said)) = head(self.part(i), OPENING).split_once(ANNOUNCES) else { return false };
            HEAD.makes_known.all(said).any(|(at, _)| {
                let mut what = &said[..at];
                while let Some(left) = HEAD.made_so.strip_suffix(what) {
                    what = left;
                }
                let what = what.strip_suffix(['）', ')']).and_then(|noted| noted.rfind(['（', '(']).map(|open| &noted[..open])).unwrap_or(what);
                HEAD.made_known.end(what) > 0
            })
        })
    }

    /// The kind of a text that neither title nor sentence tells: numbered, or addressed to somebody, it is a notice.
    pub(super) fn kind_by_form(&self) -> Kind {
        // What has something attached is sent to somebody.
        let attaches = self.frame.parts.contains(&Part::Attachment);
        let addresses = attaches || self.lead().next().is_some_and(|i| self.part(i).starts_with('各') && head(self.part(i), 120).contains(['：', ':']));
        // Who is addressed as a person hears a speech.
        let salutation = self.lead().next().filter(|i| self.looks[*i] == Look::Salutation);
        let speech = salutation.is_some_and(|i| HEAD.persons.find(&self.clean(i)).is_some()) && !attaches;
        // What an organ signs, and nobody is addressed in, it makes known.
        let says = || self.lead().any(|i| self.looks[i] == Look::Prose);
        let signs =
            salutation.is_none() && says() && self.frame.title.is_none() && self.frame.signature.is_some_and(|s| s.issuer.is_some() && s.date.is_some());
        // 自然人业务怎么办？看这里！: an article that asks or exclaims at its head orders nothing.
        let calls = || {
            self.lead().next().is_some_and(|i| {
                let opening = head(self.part(i), 40);
                opening.find(['。', '！', '？', '：', '!', '?']).is_some_and(|at| opening[at..].starts_with(['！', '？', '!', '?']))
            })
        };
        if !speech && !calls() && (self.looks.contains(&Look::Numbered) || addresses || signs) { Kind::Notice } else { Kind::Other }
    }

    /// Whether somebody tells of the rules that a text has: 记者获悉, 文件提出, or a day that opens it.
    pub(super) fn tells_of_rules(&self) -> bool {
        // 11月18日，…: the day opens news.
        let opens = self.lead().next().map_or("", |i| self.part(i));
        let month = opens.trim_start_matches(is_digit);
        let dated = month.len() < opens.len() && month.starts_with(['月', '年']);
        dated || HEAD.told_of.find(self.text).is_some()
    }

    /// Whether a report is a party's to its own congress: 我代表第五届市委向大会作报告.
    fn speaks_for_party(&self) -> bool {
        self.lead().take(3).any(|i| {
            let spoken = head(self.part(i), 100).split_once("代表").map_or("", |(_, rest)| rest);
            spoken.split_once('向').is_some_and(|(whom, to)| HEAD.party.find(whom).is_some() && head(to, 30).contains("大会"))
        })
    }

    /// In whose name a work report is given: 我代表松石县人民政府向大会报告工作. 县人民政府 alone is looked for with its place before it.
    pub(super) fn given_for(&self) -> Option<Span> {
        self.lead().find_map(|i| {
            let part = head(self.part(i), OPENING);
            let from = part.find(SPEAKS)? + SPEAKS.len();
            let name = &part[from..from + part[from..].find(['，', ',', '向'])?];
            let seat = HEAD.government.end(name);
            if seat == 0 || longer(name, 24) {
                return None;
            }
            let start = self.span(i).start as usize + from;
            let (of, seat) = name.split_at(name.len() - seat);
            if of.is_empty() || !is_ending(of) {
                return Some(Span::new(start as u32, (start + name.len()) as u32));
            }
            // 县|人民政府: 松石县|人民政府 stands above.
            let full = format!("{}{seat}", &self.text[self.frame.place?.range()]);
            let at = self.text[..start].find(&full)?;
            Some(Span::new(at as u32, (at + full.len()) as u32))
        })
    }

    /// Whether the text is an agency's, 某社松石2月11日电（记者…）…, that does not give a document in full.
    pub(super) fn reports_news(&self) -> bool {
        let prose = |i: &usize| matches!(self.frame.parts[*i], Part::Body | Part::Wrapper) && self.looks[*i] == Look::Prose;
        let dated = |i: usize| HEAD.dateline.find(head(self.part(i), DATELINE)).is_some();
        // …（记者 张三）: who wrote it stands at its end.
        let signed = |i: usize| {
            let note = self.part(i).rfind(['（', '(']).map(|at| &self.part(i)[at..]);
            let named = |note: &str| HEAD.reporter.start(note.trim_start_matches(['（', '(']).trim_start_matches("本报")) > 0;
            note.is_some_and(|note| named(note) && !longer(note, 24))
        };
        let last = || (0..self.len()).rfind(prose).is_some_and(signed);
        (0..self.len()).find(prose).is_some_and(|i| dated(i) && HEAD.in_full.find(head(self.part(i), OPENING)).is_none() || last())
    }

    /// A standard says so on its cover: 中华人民共和国国家标准, ICS.
    fn is_standard(&self) -> bool {
        let cover = |i: usize| {
            !self.line(i).longer(40) && (self.clean(i).ends_with("行业标准") || self.clean(i).ends_with("国家标准") || self.clean(i).ends_with("地方标准"))
        };
        let coded = |i: usize| !self.line(i).longer(40) && self.part(i).starts_with("ICS");
        let first = 0..self.len().min(12);
        first.clone().any(coded) && first.into_iter().any(cover)
    }

    /// Questions and answers: numbered lines that ask, and below them lines that answer.
    fn asks_and_answers(&self) -> bool {
        let lines = || (0..self.len()).filter(|i| self.frame.parts[*i] == Part::Body);
        let asks = lines().filter(|i| self.looks[*i] == Look::Numbered && self.part(*i).ends_with(['？', '?'])).take(3).count();
        let answers = lines().filter(|i| self.part(*i).strip_prefix('答').is_some_and(|rest| rest.starts_with(['：', ':']))).take(3).count();
        asks == 3 && answers >= 2
    }

    /// Whether so many lines have a marker of a style.
    fn has(&self, style: MarkerStyle, count: usize) -> bool {
        let marked = |i: &usize| {
            // Markdown may stand before the marker.
            let bare = self.part(*i).trim_start_matches(['#', ' ', '*']);
            let behind = self.part(*i).starts_with(['#', '*']) && marker::marker(bare).is_ok_and(|(_, m)| m.style == style);
            behind || self.line(*i).is_marked(style)
        };
        (0..self.len()).filter(marked).take(count).count() == count
    }

    /// The lines right below the title.
    fn below_title(&self) -> impl Iterator<Item = usize> {
        let end = self.frame.title.map_or(0, |title| title.end);
        let first = self.lines.lines.partition_point(|line| line.span.start < end);
        (first..self.len()).take(if end > 0 { NOTES } else { 0 })
    }

    /// The year in which a report was given, below its title: ——2007年3月5日在…会议上.
    fn occasion(&self) -> Option<u16> {
        self.below_title().find_map(|i| {
            let bare = self.part(i).trim_start_matches(['—', '―', '-', '－', '（', '(', ' ', '\u{3000}']);
            let (date, len) = loose_date(bare)?;
            skip_blank(&bare[len..]).starts_with('在').then_some(date.year)
        })
    }

    pub(super) fn year(&self) -> Option<u16> {
        let kind = self.frame.kind?;
        let title = self.frame.title.map(|t| clean(&self.text[t.range()]));
        // A subtitle tells of the meeting: 政府工作报告——2017年3月5日在….
        let named = |t: &str| first_year(t, true).or_else(|| t.split_once("——").and_then(|(_, subtitle)| first_year(subtitle, true)));
        if let Some(year) = title.as_deref().and_then(named) {
            return Some(year);
        }
        let report = matches!(kind, Kind::AnnualReport | Kind::WorkReport);
        let signed = self.frame.date;
        match kind {
            Kind::WorkReport => {
                // A work report plans for a year: the heading of that part names it, or the congress meets in it.
                let heading = (0..self.len())
                    .filter(|i| matches!(self.looks[*i], Look::Numbered | Look::Short) && !self.line(*i).longer(40) && self.frame.parts[*i] == Part::Body)
                    // What looks back is followed by what looks ahead, to the year after.
                    .filter_map(|i| first_year(self.part(i), true).map(|y| if self.part(i).contains("回顾") { y + 1 } else { y }))
                    .max();
                self.occasion().or(heading).or(signed.map(|d| d.year))
            }
            Kind::AnnualReport => {
                let lead = |i: usize| without_titles(head(self.part(i), 300));
                // 2023年，全区… opens many a report; a year further on may be another's.
                let opening = self.lead().take(2).map(lead).find(|l| l.starts_with("20")).and_then(|l| first_year(head(&l, 20), report));
                // What is signed in spring reports on the year before.
                let from_date = signed.map(|d| if d.month <= 6 { d.year - 1 } else { d.year });
                opening.or(from_date).or_else(|| self.lead().take(4).find_map(|i| first_year(&lead(i), report)))
            }
            Kind::WorkPlan => self.lead().take(3).find_map(|i| first_year(&without_titles(head(self.part(i), 300)), true)).or(signed.map(|d| d.year)),
            Kind::Notice => {
                // A notice is for no year, unless it reports on what was done, or says without a title what it is about.
                let reports = self.lead().take(4).any(|i| head(self.part(i), 400).contains("情况通报如下"))
                    || title.as_deref().is_some_and(|t| t.ends_with("情况通报") || t.ends_with("情况的通报"));
                if reports { signed.map(|d| d.year) } else { self.lead().take(4).filter(|_| title.is_none()).find_map(|i| announced_year(self.part(i))) }
            }
            _ => None,
        }
    }
}

/// The one year that a notice says what it is about with: 现就2025年名茶认定通知如下.
fn announced_year(part: &str) -> Option<u16> {
    let lead = without_titles(head(part, 400));
    let (_, said) = lead.split_once(ANNOUNCES).or_else(|| lead.split_once("现就"))?;
    let (said, _) = said.split_once("如下")?;
    let year = first_year(said, true)?;
    let rest = said.split_once('年').map_or("", |(_, rest)| rest);
    first_year(rest, false).is_none_or(|other| other == year).then_some(year)
}

/// The text without what stands in 《》: other documents' years and places are not this one's.
fn without_titles(text: &str) -> Cow<'_, str> {
    if !text.contains('《') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = (depth - 1).max(0),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}
