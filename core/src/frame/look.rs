//! What a line looks like by itself, before its neighbours are asked.

use super::dates::{self, loose_date};
use super::labels;
use crate::grammar::bracket::OPENING;
use crate::grammar::{marker, numeral};
use crate::lexicon::frame::HEAD;
use crate::lexicon::genre;
use crate::lexicon::{Words, entries, file, under_each};
use crate::lines::{Line, Mark};
use crate::scan::{Class, Signs};
use crate::view::{clean, half_width, has_run, is_blank, is_digit, is_special, is_wordy, longer};
use crate::{Date, MarkerStyle};
use std::sync::LazyLock;

/// The words of `furniture.txt`.
pub(super) struct Page {
    /// Wherever they stand, those of `after`, `pager` and `crumb` among them.
    anywhere: Words,
    /// After which no document goes on.
    after: Words,
    pager: Words,
    pub(super) crumb: Words,
    pub(super) licence: Words,
    pub(super) keeper: Words,
    pub(super) site: Words,
    /// Lines of a word or two.
    lines: Words,
}

pub(super) static PAGE: LazyLock<Page> = LazyLock::new(|| {
    let all = entries(file!("../lexicon/furniture.txt"));
    let of = |headings: &[&str]| under_each(&all, headings, b'\n');
    Page {
        anywhere: of(&["anywhere", "after", "pager", "crumb"]),
        after: of(&["after", "pager"]),
        pager: of(&["pager"]),
        crumb: of(&["crumb"]),
        licence: of(&["licence"]),
        keeper: of(&["keeper"]),
        site: of(&["site"]),
        lines: of(&["line"]),
    }
});

impl Page {
    /// Whether no document goes on after a line.
    pub(super) fn ends(&self, line: &Line, part: &str) -> bool {
        self.after.find(part).is_some() && !self.speaks(line.signs, part)
    }

    /// Whether a line is a sentence or a clause of one, which may name what buttons are called: 扫码登记，减轻了负担。
    fn speaks(&self, signs: Signs, part: &str) -> bool {
        signs.has_any(&[Class::Stop, Class::Comma, Class::Semicolon]) && longer(part, 14) && self.pager.find(part).is_none()
    }
}

/// What a line looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Only signs: `|`, `-->`, ×.
    Signs,
    Furniture,
    /// Header entries.
    Label,
    /// 陕政办发〔2023〕25号 alone.
    Number,
    /// A date alone.
    Date,
    /// 各县、区人民政府：
    Salutation,
    /// A marker at its head.
    Numbered,
    /// Sentences.
    Prose,
    /// Short and without a sentence: a title, an issuer, navigation.
    Short,
}

/// What a line looks like by itself.
pub(super) fn look(line: &Line, part: &str) -> Look {
    if line.mark == Mark::Furniture {
        return Look::Furniture;
    }
    // A comment of the page's source, or the end of one.
    if part.as_bytes()[0].is_ascii_punctuation() && part.starts_with("<!--") && part.ends_with("-->")
        || part.ends_with(" -->") && !line.longer(40)
        || is_code(part)
    {
        return Look::Furniture;
    }
    // 第一章 总则 ........ 3
    let signs = line.signs;
    if signs.has(Class::Point) && !line.longer(300) && (has_run(part, "....") || has_run(part, "………")) && ends_in_page(part) {
        return Look::Furniture;
    }
    if line.longer(130) {
        return Look::Prose;
    }
    if !part.chars().any(is_wordy) {
        return Look::Signs;
    }
    let sentence = signs.has_any(&[Class::Stop, Class::Semicolon]);
    let labelled = signs.has_any(&[Class::Colon, Class::Cell]) && if sentence { labels::is_series(part) } else { labels::has_label(part) };
    // 第二条 …将其相关信息纳入平台：
    let article =
        line.marker.is_some_and(|(m, _)| matches!(m.style, MarkerStyle::Article | MarkerStyle::Chapter | MarkerStyle::CnComma | MarkerStyle::CnParen));
    // 3、网上报名：登录….
    let article = article || line.marker.is_some() && line.longer(10);
    if !sentence && !labelled && !article && !line.longer(80) && is_furniture(part, signs) {
        return Look::Furniture;
    }
    if line.marker.is_some() {
        return Look::Numbered;
    }
    if labelled || !sentence && signs.has_any(&[Class::Digit, Class::Noise]) && !line.longer(80) && labels::is_stamped(part) {
        return Look::Label;
    }
    // 各县（市、区）人民政府，市政府各部门：
    let addresses = || part.ends_with(['：', ':']) && HEAD.addresses.start(part) > 0;
    if sentence || line.longer(40) && signs.has(Class::Comma) && !part.contains('|') && !addresses() {
        return Look::Prose;
    }
    let countable = !line.longer(30) && signs.has_any(&[Class::Digit, Class::Numeral, Class::Noise]);
    if countable && part.len() >= dates::SHORTEST && begins_date(part) && date_line(part).is_some() {
        return Look::Date;
    }
    if countable && document_number(part).is_some() {
        return Look::Number;
    }
    if line.longer(2) && part.ends_with(['：', ':']) {
        return Look::Salutation;
    }
    Look::Short
}

/// Whether leaders lead to the number of a page, or to nothing: a sentence may leave off and go on, ……昨天我市发布.
fn ends_in_page(part: &str) -> bool {
    let behind = part.rsplit(['.', '…']).next().unwrap_or_default();
    !longer(behind.trim_matches(is_blank), 4) || behind.is_ascii()
}

/// A line of a style sheet or a script that the page's text was mixed with.
fn is_code(part: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '#' | '@' | '*' | '{' | '}');
    let plain = || part.chars().take(12).all(|c| c.is_ascii() || matches!(c, '\u{FF01}'..='\u{FF5E}'));
    let ends = part.ends_with([';', '；']);
    // MARGIN-TOP: 0px; FONT-FAMILY: 宋体
    let property = |p: &str| {
        p.split_once([':', '：']).is_some_and(|(name, _)| !name.trim().is_empty() && name.trim().bytes().all(|b| b.is_ascii_alphabetic() || b == b'-'))
    };
    let properties = || part.contains([';', '；']) && part.split([';', '；']).filter(|p| !p.trim().is_empty()).all(property);
    let comment = part.starts_with("/*") || part.ends_with("*/") || part.starts_with("{\"");
    comment
        || part.as_bytes()[0].is_ascii_alphabetic() && properties()
        || part.starts_with(begins) && (ends || part.ends_with(['{', '}'])) && plain() && (part.contains(['{', '}', '=']) || part.contains([':', '：']) && ends)
}

fn is_furniture(part: &str, signs: Signs) -> bool {
    // A title may be about what buttons are called: 无障碍环境建设条例, …政策解读.
    let titled = || longer(part, 10) && genre::ends(part) && !part.contains(['：', ':', '>']);
    // ## 第五章 无障碍环境
    let chapter = || part.starts_with('#') && marker::marker(part.trim_start_matches(['#', ' '])).is_ok();
    if PAGE.anywhere.find(part).is_some() && !clean(part).starts_with("附件") && !titled() && !PAGE.speaks(signs, part) && !chapter() {
        return true;
    }
    // Those lines are of a word or two. What a first character that is no noise begins is asked before the line is cleaned.
    let begins = part.chars().next().is_some_and(|c| PAGE.lines.begins(c) || signs.has(Class::Noise) && is_special(c));
    let short = || part.contains('&') || part.chars().filter(|c| !is_blank(*c)).nth(7).is_none();
    // 收藏 |, 小】
    begins && (signs.chars < 8 || signs.has(Class::Noise) && short()) && PAGE.lines.has(clean(part).trim_end_matches(['|', '】']))
}

/// A number without brackets at the end of a line: 令第12号, 公告2023年第7号, （第十六号）. What stands before it, and whether it
/// has a year.
pub(super) fn plain_number(bare: &str) -> Option<(&str, bool)> {
    let bare = bare.trim_matches(['（', '(', '）', ')']);
    let (before, number) = bare.strip_suffix('号')?.rsplit_once('第')?;
    let counts = |c: char| numeral::figure(c).is_some() || matches!(c, '十' | '百');
    if number.is_empty() || longer(number, 5) || !number.chars().all(counts) {
        return None;
    }
    let act = before.strip_suffix('年').map(|year| year.trim_end_matches(is_digit)).filter(|act| before.len() - act.len() == "2023年".len());
    Some((act.unwrap_or(before), act.is_some()))
}

/// The number of an announcement, which names its organ: 松石县民政局公告2023年第7号.
pub(super) fn announcement_number(bare: &str) -> bool {
    let organ = |act: &str| ["公告", "通告"].iter().any(|word| act.strip_suffix(word).is_some_and(super::title::are_organs));
    plain_number(bare).is_some_and(|(act, dated)| dated && organ(act))
}

/// A line that is a document number and nothing else: 国发〔2019〕3号, （第16号）.
fn document_number(part: &str) -> Option<()> {
    if !part.ends_with(['号', '）', ')']) || longer(part, 30) || !part.trim_end_matches(['）', ')']).ends_with('号') {
        return None;
    }
    let bare = clean(part);
    // The year's bracket: an agency may have one of its own, 某公交（通）〔2023〕1号.
    let year = |tail: &str| tail.chars().skip(1).take(4).filter(|c| matches!(c, '0'..='9' | '０'..='９')).count() == 4;
    let Some(at) = bare.match_indices(OPENING).map(|(at, _)| at).find(|at| year(&bare[*at..])) else {
        return announcement_number(&half_width(bare)).then_some(());
    };
    let (head, tail) = bare.split_at(at);
    (!tail.contains(['|', ':', '：']) && head.chars().count() <= 16 && !head.is_empty() && !head.contains(['，', ',', '。', '《'])).then_some(())
}

/// Whether the first character, brackets apart, can begin a date; a cheap look before [`date_line`].
fn begins_date(part: &str) -> bool {
    let first = part.chars().find(|c| !matches!(c, '（' | '）' | '(' | ')') && !is_blank(*c));
    first.is_some_and(|c| {
        c.is_ascii_digit() || numeral::digit_value(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿' | '廿' | '卅' | 'O' | '０'..='９' | '&')
    })
}

/// A date that lost some of its digits: 024年1月20日, 2024年 月 日.
pub(super) fn is_damaged_date(part: &str) -> bool {
    let of_date =
        |c: char| is_blank(c) || c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | 'X' | 'x' | '×' | '０'..='９') || numeral::digit_value(c).is_some();
    let dated = || part.contains('年') && part.contains('月');
    part.len() >= "年月".len() && !longer(part, 20) && part.chars().all(|c| of_date(c) || matches!(c, '十' | '廿' | '○')) && dated()
}

/// A line that is a date and nothing else.
pub(super) fn date_line(part: &str) -> Option<Date> {
    if part.len() < dates::SHORTEST || longer(part, 30) {
        return None;
    }
    let bare = half_width(clean(part));
    let bare = bare.trim_matches(['（', '）', '(', ')']);
    let (date, used) = loose_date(bare)?;
    // 2013年4月10日（此件公开发布）, 2013年4月10日印发
    let note = &bare[used..];
    (matches!(note, "" | "印发") || note.starts_with(['（', '(']) && !note.contains('日')).then_some(date)
}
