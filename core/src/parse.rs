//! The pipeline: source → lines → blocks → outline → facts → document.

use crate::facts::{Setting, Tone, metric, responsibility};
use crate::layout::Layout;
use crate::view::clean;
use crate::{Date, Document, Error, PlaceCode, Span, Table, TableRow, body, check, frame, lines, tables, tasks};
use std::borrow::Cow;

/// The largest text that is parsed, in bytes: offsets are 32 bits wide.
pub const MAX_TEXT: usize = u32::MAX as usize - 1;

/// Parses a text with the default options.
///
/// Every text gives a document; what looks wrong in it is a diagnostic.
///
/// # Panics
/// If the text is longer than [`MAX_TEXT`]. [`Parser::parse`] returns an error instead.
#[must_use]
pub fn parse(text: &str) -> Document<'_> {
    Parser::new().parse(text).expect("a text of 4 GiB goes through Parser::parse")
}

/// A parser with options.
///
/// ```
/// let doc = gongwen::Parser::new().facts(false).parse("一、总体情况\n全年学法4次。\n")?;
/// assert_eq!(doc.sections.len(), 1);
/// assert!(doc.metrics.is_empty());
/// # Ok::<(), gongwen::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Parser<'l> {
    layout: Option<&'l Layout>,
    facts: bool,
    checks: bool,
    year: Option<u16>,
    hints: Hints<'l>,
}

/// What the caller knows of a document beside its text: a crawl has the title, the place and the day of every page.
///
/// The text is asked first; a hint says what the text does not.
///
/// ```
/// use gongwen::{Hints, Parser};
/// let hints = Hints { title: Some("清河县2023年法治政府建设年度报告"), ..Hints::default() };
/// let doc = Parser::new().hints(hints).parse("一、主要举措\n全年学法4次。\n")?;
/// assert_eq!(doc.year, Some(2023));
/// assert_eq!(doc.place_text().as_deref(), Some("清河县"));
/// # Ok::<(), gongwen::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints<'h> {
    /// The document's title. Kind, place and year are read out of it where the text has no title.
    pub title: Option<&'h str>,
    /// The jurisdiction.
    pub place: Option<&'h str>,
    /// The day it was published: what 自发布之日起 counts from, and the year of a 6月底前 that nothing else tells.
    pub published: Option<Date>,
    /// The year reported on or planned for.
    pub year: Option<u16>,
}

/// What hints told of a document whose text does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hinted {
    /// The title.
    pub title: Option<String>,
    /// The jurisdiction.
    pub place: Option<String>,
}

impl Default for Parser<'_> {
    fn default() -> Self {
        Self { layout: None, facts: true, checks: true, year: None, hints: Hints::default() }
    }
}

impl<'l> Parser<'l> {
    /// A parser with the default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What the source declares about its paragraphs and tables. Default: nothing.
    #[must_use]
    pub fn layout(mut self, layout: &'l Layout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// Whether metrics, responsibilities, deadlines and references are looked for. Default: true.
    #[must_use]
    pub fn facts(mut self, facts: bool) -> Self {
        self.facts = facts;
        self
    }

    /// Whether diagnostics are made. Default: true.
    #[must_use]
    pub fn checks(mut self, checks: bool) -> Self {
        self.checks = checks;
        self
    }

    /// The year that `6月底前` falls in, where the document itself does not say. Default: none.
    #[must_use]
    pub fn year(mut self, year: u16) -> Self {
        self.year = Some(year);
        self
    }

    /// What the caller knows of the document beside its text. Default: nothing.
    #[must_use]
    pub fn hints(mut self, hints: Hints<'l>) -> Self {
        self.hints = hints;
        self
    }

    /// Parses a text.
    ///
    /// # Errors
    /// [`Error::Limit`] if the text is longer than [`MAX_TEXT`].
    pub fn parse<'t>(&self, text: &'t str) -> Result<Document<'t>, Error> {
        self.parsed(text).map(|(doc, _)| doc)
    }

    /// The rules by which the subjects of the metrics of [`Self::parse`] were read, a name for each metric in its order.
    ///
    /// A name is the heading of a rule in the source (`facts/metric/subject`); `table cell` where the subject comes from the
    /// row of a table. The names are for whoever works on the rules: they may change with any version.
    ///
    /// # Errors
    ///
    /// As [`Self::parse`].
    ///
    /// ```
    /// let rules = gongwen::Parser::new().explain("一、工作成效\n办理案件30件，败诉率3%。\n")?;
    /// assert_eq!(rules, ["noun before", "noun before"]);
    /// # Ok::<(), gongwen::Error>(())
    /// ```
    pub fn explain(&self, text: &str) -> Result<Vec<&'static str>, Error> {
        let (doc, mut rules) = self.parsed(text)?;
        rules.resize(doc.metrics.len(), metric::CELL);
        Ok(rules.into_iter().map(metric::rule_name).collect())
    }

    fn parsed<'t>(&self, text: &'t str) -> Result<(Document<'t>, Vec<u8>), Error> {
        if text.len() > MAX_TEXT {
            return Err(Error::Limit {
                what: "text size in bytes",
                found: text.len() as u64,
                limit: MAX_TEXT as u64,
                raise: "split the text into its documents",
            });
        }
        // source → lines → frame → body (outline, paragraphs, items, facts) → document
        let lines = lines::split(text, self.layout);
        let mut frame = frame::frame(text, &lines);
        let hinted = self.hinted(text, &mut frame);
        let published = self.hints.published;
        let year = frame.year.or(self.year).or(published.map(|d| d.year));
        let mut setting = Setting { kind: frame.kind, year, date: frame.date.or(published), ..Setting::default() };
        if self.facts {
            setting.tone = Tone::of(&frame, text, frame.title.map(|t| clean(&text[t.range()])).as_deref());
            setting.first_leads = responsibility::declares_first_leads(text, &lines);
            setting.only_year = if year.is_none() && setting.date.is_none() { metric::only_year(text) } else { None };
        }
        let grids = tables::find(text, &lines, &frame.parts, self.layout);
        let (outline, body) = body::read(text, &lines, &frame, &grids, setting, self.facts);
        let (sections, misnumbered) = outline.finish();

        let mut doc = Document::empty(Cow::Borrowed(text));
        doc.kind = frame.kind;
        doc.title = frame.title;
        doc.issuer = frame.issuer;
        doc.place = frame.place;
        doc.place_code = frame.place_code.map(PlaceCode);
        doc.year = frame.year;
        doc.hinted = hinted;
        doc.metadata = frame.metadata;
        doc.signature = frame.signature;
        doc.sections = sections;
        doc.paragraphs = body.paragraphs;
        doc.items = body.items;
        doc.tables = grids.grids.into_iter().map(|grid| table(&doc, grid)).collect();
        doc.attachments = body.attachments;
        doc.boilerplate = body.boilerplate;
        let rules = body.facts.rules;
        // Room for what a paragraph needs, which may be a whole text.
        drop((body.facts.numbers, body.facts.brackets));
        doc.metrics = body.facts.metrics;
        doc.responsibilities = body.facts.responsibilities;
        tasks::settle(&mut doc);
        doc.deadlines = body.facts.deadlines;
        doc.references = body.facts.references;
        if self.checks {
            doc.diagnostics = body.diagnostics;
            doc.diagnostics.extend(body.facts.diagnostics);
            check::structure(&mut doc, &misnumbered, body.facts.unclosed, &lines);
            let contradictions = metric::contradictions(&doc);
            doc.diagnostics.extend(contradictions);
            doc.diagnostics.sort_by_key(|d| (d.span, d.code));
        }
        Ok((doc, rules))
    }
}

impl Parser<'_> {
    /// Completes the frame by the hints, and gives what has no place in the text.
    fn hinted(&self, text: &str, frame: &mut frame::Frame) -> Hinted {
        let mut told = Hinted::default();
        let mut place = self.hints.place;
        if let Some(title) = self.hints.title.filter(|t| t.len() <= MAX_HINT && frame.title.is_none() && !t.trim().is_empty()) {
            let lines = lines::split(title, None);
            let read = frame::frame(title, &lines);
            frame.kind = frame.kind.or(read.kind);
            frame.year = frame.year.or(self.hints.year).or(read.year);
            if place.is_none() && frame.place.is_none() {
                frame.place_code = frame.place_code.or(read.place_code);
            }
            place = place.or(read.place.map(|span| &title[span.range()]));
            told.title = Some(title.trim().to_owned());
        }
        frame.year = frame.year.or(self.hints.year);
        if let Some(place) = place.map(str::trim).filter(|p| frame.place.is_none() && !p.is_empty() && p.len() <= MAX_HINT) {
            match memchr::memmem::find(text.as_bytes(), place.as_bytes()) {
                Some(at) => frame.place = Some(Span::new(at as u32, (at + place.len()) as u32)),
                None => told.place = Some(place.to_owned()),
            }
        }
        told
    }
}

/// The longest title or place that is taken, in bytes.
const MAX_HINT: usize = 4096;

/// A table's row in the document.
fn table(doc: &Document<'_>, grid: tables::Grid) -> Table {
    let cells = || grid.rows.iter().flat_map(|r| r.cells.iter().copied());
    let span = cells().reduce(Span::to).unwrap_or_default();
    Table {
        section: doc.section_at(span.start).map(|s| s.id),
        span,
        rows: grid.rows.into_iter().map(|r| TableRow { header: r.header, cells: r.cells }).collect(),
    }
}
