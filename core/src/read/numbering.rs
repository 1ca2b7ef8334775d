//! Automatic numbers, as Word shows them.
//!
//! A paragraph names a list and a level. The list (`w:num`) is one use of a definition
//! (`w:abstractNum`), which says for each level what the number looks like; all uses of a definition
//! count on together unless one of them says where it starts anew.

#[cfg(feature = "docx")]
use super::xml::{Element, Next, Xml};
#[cfg(feature = "docx")]
use crate::Error;
use crate::read::numerals as n;
use std::collections::{HashMap, HashSet};

pub(crate) const LEVELS: usize = 9;

/// How a level's numbers look.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    pub(crate) start: u32,
    pub(crate) format: String,
    /// The text around the numbers: `第%1条`, `%1.%2`.
    pub(crate) text: String,
    /// Level after which it starts anew, 1 the highest; 0 never; `None` after any higher one.
    pub(crate) restart: Option<u32>,
    /// Numbers of other levels in it are decimal, whatever their own format.
    pub(crate) legal: bool,
    /// The style that puts a paragraph on this level.
    pub(crate) style: Option<String>,
    /// Between number and text: `tab`, `space`, `nothing`.
    pub(crate) suffix: String,
    pub(crate) symbol_font: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            restart: None,
            legal: false,
            style: None,
            suffix: "tab".to_owned(),
            symbol_font: false,
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Definition {
    levels: Vec<Option<Level>>,
    /// The style whose definition this one stands for.
    link: Option<String>,
    /// The style that stands for this definition.
    linked_from: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Use {
    definition: String,
    starts: [Option<u32>; LEVELS],
    levels: HashMap<usize, Level>,
}

/// All lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    definitions: HashMap<String, Definition>,
    uses: HashMap<String, Use>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    started: HashSet<(String, usize)>,
}

/// A number to show: its text and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) text: String,
}

impl Numbering {
    #[cfg(feature = "docx")]
    pub(crate) fn parse(part: &str, depth: u32) -> Result<Self, Error> {
        let mut out = Numbering::default();
        let mut xml = Xml::new(part, "DOCX", "wordprocessingml/main", depth);
        let mut definition: Option<String> = None;
        let mut use_: Option<(String, Use)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut override_: usize = 0;
        loop {
            match xml.next()? {
                // A fallback repeats a format that older programs do not know.
                Next::Start(e) if e.name.local == "Fallback" => xml.skip()?,
                Next::Start(e) => match e.name.local {
                    "abstractNum" => {
                        definition = e.get("abstractNumId");
                        if let Some(id) = &definition {
                            out.definitions.insert(id.clone(), Definition { levels: vec![None; LEVELS], ..Definition::default() });
                        }
                    }
                    "numStyleLink" | "styleLink" => {
                        if let Some(d) = definition.as_ref().and_then(|id| out.definitions.get_mut(id)) {
                            if e.name.local == "numStyleLink" { d.link = e.val() } else { d.linked_from = e.val() }
                        }
                    }
                    "num" => use_ = e.get("numId").map(|id| (id, Use::default())),
                    "abstractNumId" => {
                        if let (Some((_, u)), Some(id)) = (&mut use_, e.val()) {
                            u.definition = id;
                        }
                    }
                    "lvlOverride" => override_ = index(&e),
                    "startOverride" => {
                        if let Some((_, u)) = &mut use_ {
                            u.starts[override_] = e.number("val");
                        }
                    }
                    "lvl" => level = Some((index(&e), Level::default())),
                    _ => {
                        if let Some((_, l)) = &mut level {
                            l.read(&e);
                        }
                    }
                },
                Next::End(name) => match name.local {
                    "lvl" => {
                        let Some((i, l)) = level.take() else { continue };
                        if let Some((_, u)) = &mut use_ {
                            u.levels.insert(i, l);
                        } else if let Some(d) = definition.as_ref().and_then(|id| out.definitions.get_mut(id)) {
                            d.levels[i] = Some(l);
                        }
                    }
                    "abstractNum" => definition = None,
                    "num" => {
                        if let Some((id, u)) = use_.take() {
                            out.uses.insert(id, u);
                        }
                    }
                    _ => {}
                },
                Next::Done => break,
                _ => {}
            }
        }
        out.follow_links();
        Ok(out)
    }

    /// Adds a definition that some other source than `numbering.xml` declares.
    #[cfg(feature = "doc")]
    pub(crate) fn define(&mut self, id: String, levels: Vec<Option<Level>>) {
        self.definitions.insert(id, Definition { levels, ..Definition::default() });
    }

    /// Adds a use of a definition: where levels start anew in it, and the levels it has in its own form.
    #[cfg(feature = "doc")]
    pub(crate) fn add_use(&mut self, id: String, definition: String, starts: [Option<u32>; LEVELS], levels: HashMap<usize, Level>) {
        self.uses.insert(id, Use { definition, starts, levels });
    }

    /// A definition that only names a style stands for the definition that the style names.
    #[cfg(feature = "docx")]
    fn follow_links(&mut self) {
        let targets: HashMap<String, String> = self.definitions.iter().filter_map(|(id, d)| d.linked_from.clone().map(|style| (style, id.clone()))).collect();
        for u in self.uses.values_mut() {
            let link = self.definitions.get(&u.definition).and_then(|d| d.link.as_ref());
            if let Some(target) = link.and_then(|style| targets.get(style)) {
                u.definition.clone_from(target);
            }
        }
    }

    fn level(&self, num: &str, level: usize) -> Option<&Level> {
        let u = self.uses.get(num)?;
        u.levels.get(&level).or_else(|| self.definitions.get(&u.definition)?.levels.get(level)?.as_ref())
    }

    /// The level that a style belongs to.
    pub(crate) fn level_of_style(&self, num: &str, style: &str) -> Option<usize> {
        (0..LEVELS).find(|l| self.level(num, *l).is_some_and(|l| l.style.as_deref() == Some(style)))
    }

    /// Counts one paragraph and gives its number.
    pub(crate) fn count(&mut self, num: &str, level: usize) -> Option<Number> {
        let level = level.min(LEVELS - 1);
        let u = self.uses.get(num)?;
        let shape = self.level(num, level)?.clone();
        let mut counters = self.counters.get(&u.definition).copied().unwrap_or_default();
        let restart = u.starts[level].filter(|_| !self.started.contains(&(num.to_owned(), level)));
        counters[level] = Some(match (restart, counters[level]) {
            (Some(start), _) => start,
            (None, Some(n)) => n.saturating_add(1),
            (None, None) => u.starts[level].unwrap_or(shape.start),
        });
        // Higher levels that no paragraph stood on yet count as begun.
        for (i, counter) in counters.iter_mut().enumerate().take(level) {
            if counter.is_none() {
                *counter = Some(u.starts[i].or(self.level(num, i).map(|l| l.start)).unwrap_or(1));
            }
        }
        for (i, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let after = self.level(num, i).and_then(|l| l.restart);
            if after.is_none_or(|after| after > 0 && level < after as usize) {
                *counter = None;
            }
        }
        let definition = u.definition.clone();
        let text = self.show(num, &shape, &counters);
        self.started.insert((num.to_owned(), level));
        self.counters.insert(definition, counters);
        Some(Number { text })
    }

    fn show(&self, num: &str, shape: &Level, counters: &[Option<u32>; LEVELS]) -> String {
        if shape.format == "bullet" {
            let text: String = shape.text.chars().map(|c| if is_private(c) || shape.symbol_font { '•' } else { c }).collect();
            return if text.trim().is_empty() { String::new() } else { format!("{} ", text.trim()) };
        }
        let mut out = String::new();
        let mut chars = shape.text.chars().peekable();
        while let Some(c) = chars.next() {
            let place = chars.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d > 0);
            let Some(place) = place else {
                out.push(c);
                continue;
            };
            chars.next();
            let i = place as usize - 1;
            let format = match self.level(num, i) {
                Some(l) if !(shape.legal && l.format != "decimalZero") => l.format.as_str(),
                _ => "decimal",
            };
            out.push_str(&format_number(counters.get(i).copied().flatten().unwrap_or(1), format));
        }
        // A wide closing mark is space enough; elsewhere one keeps number and text apart.
        let wide = out.chars().next_back().is_none_or(|c| crate::read::buffer::is_wide(c) || c.is_whitespace());
        if !wide && shape.suffix != "nothing" || (shape.suffix == "space" && !out.is_empty() && !wide) {
            out.push(' ');
        }
        out
    }
}

#[cfg(feature = "docx")]
impl Level {
    fn read(&mut self, e: &Element<'_>) {
        match e.name.local {
            "start" => self.start = e.number("val").unwrap_or(1),
            "numFmt" => {
                self.format = e.val().unwrap_or_default();
                // 001, 002 …: an own format with a pattern.
                if self.format == "custom" && e.get("format").is_some_and(|f| f.starts_with('0')) {
                    self.format = "decimalZero".to_owned();
                }
            }
            "lvlText" => self.text = e.val().unwrap_or_default(),
            "lvlRestart" => self.restart = e.number("val"),
            "isLgl" => self.legal = e.is_on(),
            "pStyle" => self.style = e.val(),
            "suff" => self.suffix = e.val().unwrap_or_default(),
            "rFonts" => {
                let font = e.get("ascii").or(e.get("hAnsi")).unwrap_or_default();
                self.symbol_font = ["Wingdings", "Symbol", "Webdings"].iter().any(|f| font.starts_with(f));
            }
            _ => {}
        }
    }
}

#[cfg(feature = "docx")]
fn index(e: &Element<'_>) -> usize {
    (e.number("ilvl").unwrap_or(0) as usize).min(LEVELS - 1)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// A number in one of the formats of the standard (ECMA-376, 17.18.59).
fn format_number(number: u32, format: &str) -> String {
    let letter = |first| n::letters(number, first);
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => n::roman(number),
        "lowerRoman" => n::roman(number).to_lowercase(),
        "upperLetter" => letter('A'),
        "lowerLetter" => letter('a'),
        "ordinal" => format!("{number}."),
        // 一〇五: these read digits from a hundred on.
        "chineseCounting" | "taiwaneseCounting" if number >= 100 => n::digits(number),
        "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand" | "japaneseCounting" => n::chinese(number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => n::digits(number),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => n::formal(number),
        "ideographTraditional" => n::cycle(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => n::cycle(number, "子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => n::circled(number),
        "decimalEnclosedFullstop" if (1..=20).contains(&number) => n::one('⒈', number - 1),
        "decimalEnclosedFullstop" => format!("{number}."),
        "decimalEnclosedParen" if (1..=20).contains(&number) => n::one('⑴', number - 1),
        "decimalEnclosedParen" => format!("({number})"),
        "ideographEnclosedCircle" if (1..=10).contains(&number) => n::one('㊀', number - 1),
        "ideographEnclosedCircle" => n::chinese(number),
        "decimalFullWidth" | "decimalFullWidth2" => n::full_width(number),
        "numberInDash" => format!("- {number} -"),
        _ => number.to_string(),
    }
}

#[cfg(all(test, feature = "docx"))]
mod tests {
    use super::*;

    fn level(text: &str, format: &str) -> String {
        format!(r#"<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>"#)
    }

    fn numbering(levels: &[String], uses: &str) -> Numbering {
        let levels: String = levels.iter().enumerate().map(|(i, l)| format!(r#"<w:lvl w:ilvl="{i}">{l}</w:lvl>"#)).collect();
        let part = format!(
            r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{uses}</w:numbering>"#
        );
        Numbering::parse(&part, 100).unwrap()
    }

    const ONE: &str = r#"<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"#;

    fn shown(n: &mut Numbering, list: &[(&str, usize)]) -> Vec<String> {
        list.iter().map(|(num, level)| n.count(num, *level).unwrap().text).collect()
    }

    #[test]
    fn levels_count_and_start_anew() {
        let levels = [level("%1、", "chineseCountingThousand"), level("（%2）", "chineseCounting"), level("%3.", "decimal"), level("%1.%3.%4", "decimal")];
        let mut n = numbering(&levels, ONE);
        let got = shown(&mut n, &[("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("1", 3)]);
        assert_eq!(got, ["一、", "（一）", "（二）", "1. ", "二、", "（一）", "二.1.1 "]);
    }

    #[test]
    fn uses_of_a_definition_count_on_or_start_where_they_say() {
        let uses = format!(
            r#"{ONE}<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#
        );
        let mut n = numbering(&[level("%1", "decimalEnclosedCircle")], &uses);
        assert_eq!(shown(&mut n, &[("1", 0), ("2", 0), ("3", 0), ("3", 0)]), ["①", "②", "⑤", "⑥"].map(|s| format!("{s} ")));
    }

    #[test]
    fn formats() {
        for (number, format, text) in [
            (12, "ideographDigital", "一二"),
            (10, "ideographDigital", "一〇"),
            (3, "lowerLetter", "c"),
            (4, "upperRoman", "IV"),
            (3, "chineseLegalSimplified", "叁"),
            (2, "ideographTraditional", "乙"),
            (2, "decimalEnclosedParen", "⑵"),
            (12, "decimalFullWidth", "１２"),
            (105, "chineseCounting", "一〇五"),
            (105, "chineseCountingThousand", "一百零五"),
        ] {
            assert_eq!(format_number(number, format), text, "{format}");
        }
    }
}
