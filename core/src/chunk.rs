//! Pieces of a document for search and for language models, cut where a reader would cut.

use crate::{Document, HeadingForm, SectionId, Span};

/// The largest thing that one chunk holds; what does not fit is cut into the next smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChunkUnit {
    /// A section with all that lies in it, where that fits; else its own text, and each section inside by itself.
    #[default]
    Section,
    /// A paragraph, or a row of a table, with the heading above it.
    Paragraph,
    /// A sentence.
    Sentence,
}

impl std::str::FromStr for ChunkUnit {
    type Err = crate::Error;

    fn from_str(word: &str) -> Result<Self, crate::Error> {
        match word {
            "section" => Ok(Self::Section),
            "paragraph" => Ok(Self::Paragraph),
            "sentence" => Ok(Self::Sentence),
            _ => Err(crate::Error::Malformed { format: "options", reason: format!("\"{word}\" is no unit of chunks: section, paragraph or sentence") }),
        }
    }
}

/// How a document is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChunkOptions {
    /// The size that a chunk keeps below, in characters or in what [`Document::chunks_by`] counts. One sentence or row
    /// of a table that is larger stays whole.
    pub max: usize,
    /// How much of the chunk before is said again, in whole sentences, where a section or paragraph had to be cut.
    pub overlap: usize,
    /// The largest thing that one chunk holds.
    pub unit: ChunkUnit,
}

impl Default for ChunkOptions {
    /// Sections of at most 500 characters, without overlap.
    fn default() -> Self {
        Self { max: 500, overlap: 0, unit: ChunkUnit::Section }
    }
}

impl ChunkOptions {
    /// The default with another size.
    #[must_use]
    pub fn max(max: usize) -> Self {
        Self { max, ..Self::default() }
    }

    /// Sets what one chunk holds.
    #[must_use]
    pub fn unit(mut self, unit: ChunkUnit) -> Self {
        self.unit = unit;
        self
    }

    /// Sets how much is said again.
    #[must_use]
    pub fn overlap(mut self, overlap: usize) -> Self {
        self.overlap = overlap;
        self
    }
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Chunk {
    /// The section that holds all of it: [`Document::heading_path`] says where it stands.
    pub section: Option<SectionId>,
    /// From its first character to its last; page furniture may stand between.
    pub span: Span,
    /// Its text as a reader sees it, one paragraph, heading or row of a table a line.
    pub text: String,
}

/// What is never cut.
struct Atom {
    span: Span,
    section: Option<SectionId>,
    /// Whether it begins a line.
    line: bool,
    kind: AtomKind,
    size: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum AtomKind {
    Heading,
    Sentence,
    /// The cells of a table's row: the table's and the row's number.
    Row(u32, u32),
}

impl Document<'_> {
    /// Cuts the document, sizes in characters.
    ///
    /// No sentence, list of units or row of a table is cut, and no heading stands at a chunk's end. Title, header,
    /// closing lines and page furniture are in no chunk.
    ///
    /// ```
    /// use gongwen::{ChunkOptions, ChunkUnit};
    /// let doc = gongwen::parse("一、主要举措\n（一）学法。全年学法4次。开展培训。\n（二）办案。办结案件9件。\n");
    /// let chunks = doc.chunks(&ChunkOptions::max(24));
    /// assert_eq!(chunks[0].text, "一、主要举措\n（一）学法。全年学法4次。开展培训。");
    /// assert_eq!(doc.heading_path(chunks[0].section), ["主要举措", "学法"]);
    /// let sentences = doc.chunks(&ChunkOptions::max(20).unit(ChunkUnit::Sentence));
    /// assert_eq!(sentences.iter().map(|c| c.text.as_str()).last(), Some("（二）办案。办结案件9件。"));
    /// ```
    #[must_use]
    pub fn chunks(&self, options: &ChunkOptions) -> Vec<Chunk> {
        self.chunks_by(options, &|text| text.chars().count())
    }

    /// Cuts the document, sizes as `size` counts them: tokens of a model.
    ///
    /// `size` is asked once for each sentence, heading and row; a chunk's size is the sum.
    #[must_use]
    pub fn chunks_by(&self, options: &ChunkOptions, size: &dyn Fn(&str) -> usize) -> Vec<Chunk> {
        let mut atoms = self.atoms();
        for atom in &mut atoms {
            atom.size = size(&self.atom_text(atom));
        }
        let mut cutter = Cutter { doc: self, options, sums: vec![0], atoms: &atoms, chunks: Vec::new() };
        for atom in &atoms {
            cutter.sums.push(cutter.sums.last().copied().unwrap_or(0).saturating_add(atom.size));
        }
        match options.unit {
            ChunkUnit::Section => cutter.sections(),
            ChunkUnit::Paragraph => cutter.groups(|atom| atom.line),
            ChunkUnit::Sentence => cutter.groups(|_| true),
        }
        cutter.chunks
    }

    /// Everything that chunks are made of, in reading order.
    fn atoms(&self) -> Vec<Atom> {
        let mut atoms = Vec::new();
        let mut tables: Vec<Span> = self.tables.iter().map(|t| t.span).collect();
        tables.sort_unstable_by_key(|t| t.start);
        let in_table = |at: u32| tables.partition_point(|t| t.start <= at).checked_sub(1).is_some_and(|i| at < tables[i].end);
        let mut marked = self.sections.iter().enumerate().peekable();
        let mut heads = |before: u32, atoms: &mut Vec<Atom>| {
            while let Some((id, section)) = marked.next_if(|(_, s)| s.span.start < before) {
                if in_table(section.span.start) {
                    continue;
                }
                let end = section.heading.map(|h| h.span.end).max(section.marker.map(|m| m.span.end)).unwrap_or(section.span.start);
                // 。 after a run-in heading belongs to it.
                let runs_on = section.heading.is_none_or(|h| h.form == HeadingForm::RunIn);
                let rest = if before == u32::MAX { "" } else { &self.text[end as usize..before.max(end) as usize] };
                let end = if runs_on && !rest.contains('\n') && rest.len() < 16 { end + rest.trim_end().len() as u32 } else { end };
                let span = Span::new(section.span.start, end);
                atoms.push(Atom { span, section: Some(SectionId(id as u32)), line: true, kind: AtomKind::Heading, size: 0 });
            }
        };
        let mut lists = self.responsibilities.iter().map(|r| r.span).peekable();
        let mut rows: Vec<Atom> = Vec::new();
        for (t, table) in self.tables.iter().enumerate() {
            for (r, row) in table.rows.iter().enumerate() {
                let Some(span) = row.cells.iter().copied().reduce(Span::to) else { continue };
                rows.push(Atom { span, section: table.section, line: true, kind: AtomKind::Row(t as u32, r as u32), size: 0 });
            }
        }
        rows.sort_by_key(|row| row.span.start);
        let mut rows = rows.into_iter().peekable();
        for paragraph in self.paragraphs.iter().filter(|p| !in_table(p.span.start) && !p.span.is_empty()) {
            while let Some(row) = rows.next_if(|row| row.span.start < paragraph.span.start) {
                heads(row.span.start, &mut atoms);
                atoms.push(row);
            }
            heads(paragraph.span.start, &mut atoms);
            // A numbered paragraph and one after a run-in heading go on in the heading's line.
            let goes_on = atoms.last().is_some_and(|a| {
                a.kind == AtomKind::Heading && a.section == paragraph.section && a.span.end <= paragraph.span.start && {
                    !self.text[a.span.end as usize..paragraph.span.start as usize].contains('\n')
                }
            });
            let mut start = paragraph.span.start;
            let mut line = !goes_on;
            for cut in stops(&self.text[paragraph.span.range()]) {
                let cut = paragraph.span.start + cut as u32;
                while lists.next_if(|l| l.end <= cut).is_some() {}
                // A list of units is not cut.
                if lists.peek().is_some_and(|l| l.start < cut) {
                    continue;
                }
                atoms.push(Atom { span: Span::new(start, cut), section: paragraph.section, line, kind: AtomKind::Sentence, size: 0 });
                (start, line) = (cut, false);
            }
            if !self.text[start as usize..paragraph.span.end as usize].trim().is_empty() {
                atoms.push(Atom { span: Span::new(start, paragraph.span.end), section: paragraph.section, line, kind: AtomKind::Sentence, size: 0 });
            }
        }
        for row in rows {
            heads(row.span.start, &mut atoms);
            atoms.push(row);
        }
        heads(u32::MAX, &mut atoms);
        atoms
    }

    fn atom_text(&self, atom: &Atom) -> String {
        match atom.kind {
            AtomKind::Row(table, row) => {
                let cells = &self.tables[table as usize].rows[row as usize].cells;
                let cells: Vec<_> = cells.iter().map(|cell| self.clean(*cell)).collect();
                cells.join(" | ")
            }
            _ => self.clean(atom.span).into_owned(),
        }
    }
}

/// Where sentences end, after 。！？ and what closes with them; a bracket right behind a sentence, （责任单位：…）, is its.
fn stops(text: &str) -> Vec<usize> {
    /// Bytes after which a bracket that is still open is taken for a slip.
    const OPEN: usize = 1500;
    let mut out = Vec::new();
    let mut depth = 0u32;
    let mut opened = 0;
    let mut pending: Option<usize> = None;
    let mut trailing = false;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        if depth > 0 && at - opened > OPEN {
            (depth, trailing) = (0, false);
        }
        let opens = matches!(c, '（' | '(' | '【' | '[' | '〔' | '《' | '“' | '‘' | '「' | '『');
        let closes = matches!(c, '）' | ')' | '】' | ']' | '〕' | '》' | '”' | '’' | '」' | '』');
        if let Some(cut) = pending {
            if c.is_whitespace() {
                continue;
            }
            if closes || matches!(c, '。' | '！' | '？' | '…') {
                pending = Some(after);
                continue;
            }
            pending = None;
            if matches!(c, '（' | '(' | '【' | '[') {
                (trailing, depth, opened) = (true, 1, at);
                continue;
            }
            out.push(cut);
        }
        if opens {
            if depth == 0 {
                opened = at;
            }
            depth += 1;
        } else if closes {
            depth = depth.saturating_sub(1);
            // 他说：“…。” ends with the quote.
            let quoted = matches!(c, '”' | '’' | '」' | '』') && text[..at].ends_with(['。', '！', '？']);
            if depth == 0 && (std::mem::take(&mut trailing) || quoted) {
                pending = Some(after);
            }
        } else if depth == 0 && matches!(c, '。' | '！' | '？' | '!' | '?') {
            pending = Some(after);
        }
    }
    out
}

struct Cutter<'c> {
    doc: &'c Document<'c>,
    options: &'c ChunkOptions,
    atoms: &'c [Atom],
    /// Sizes of all atoms before each.
    sums: Vec<usize>,
    chunks: Vec<Chunk>,
}

impl Cutter<'_> {
    fn size(&self, from: usize, to: usize) -> usize {
        self.sums[to] - self.sums[from]
    }

    /// Sections that fit as one, the rest cut.
    fn sections(&mut self) {
        let sections = &self.doc.sections;
        let first = |at: u32| self.atoms.partition_point(|a| a.span.start < at);
        let bounds: Vec<(usize, usize)> = sections.iter().map(|s| (first(s.span.start), first(s.span.end))).collect();
        let mut at = 0;
        let mut id = 0;
        while let Some(&(from, to)) = bounds.get(id) {
            // Headings above that nothing stood under go with what follows.
            if from > at && self.atoms[at..from].iter().any(|a| a.kind != AtomKind::Heading) {
                self.cut(at, from);
                at = from;
            }
            let section = &sections[id];
            let next = (section.subtree_end as usize).max(id + 1);
            if self.size(at, to.max(at)) <= self.options.max {
                self.push(at, to);
                (at, id) = (at.max(to), next);
            } else {
                let own = if next > id + 1 { bounds[id + 1].0.min(to) } else { to };
                if next == id + 1 || self.atoms[at..own.max(at)].iter().any(|a| a.kind != AtomKind::Heading) {
                    self.cut(at, own);
                    at = at.max(own);
                }
                id += 1;
            }
        }
        self.cut(at, self.atoms.len());
    }

    /// Each group by itself; a heading goes with what follows it.
    fn groups(&mut self, begins: impl Fn(&Atom) -> bool) {
        let mut from = 0;
        for at in 1..=self.atoms.len() {
            let whole = at == self.atoms.len() || begins(&self.atoms[at]) && self.atoms[from..at].iter().any(|a| a.kind != AtomKind::Heading);
            if whole {
                self.cut(from, at);
                from = at;
            }
        }
    }

    /// Cuts a run of atoms into chunks that are not too large.
    fn cut(&mut self, from: usize, to: usize) {
        let mut start = from;
        while start < to {
            // At least one atom that is no heading.
            let mut end = start + self.atoms[start..to].iter().take_while(|a| a.kind == AtomKind::Heading).count();
            end = (end + 1).min(to);
            while end < to && self.size(start, end + 1) <= self.options.max {
                end += 1;
            }
            while end < to && self.atoms[end - 1].kind == AtomKind::Heading {
                end -= 1;
            }
            self.push(start, end);
            if end == to {
                break;
            }
            let mut again = end;
            while again > start + 1 && self.atoms[again - 1].kind == AtomKind::Sentence && self.size(again - 1, end) <= self.options.overlap {
                again -= 1;
            }
            // What is said again leaves room for what is new.
            while again < end && self.size(again, end + 1) > self.options.max {
                again += 1;
            }
            start = again;
        }
    }

    fn push(&mut self, from: usize, to: usize) {
        let Some(atoms) = self.atoms.get(from..to).filter(|atoms| !atoms.is_empty()) else { return };
        let mut text = String::new();
        for atom in atoms {
            if atom.line && !text.is_empty() {
                text.push('\n');
            }
            text += &self.doc.atom_text(atom);
        }
        let span = atoms.iter().map(|a| a.span).reduce(Span::to).unwrap_or_default();
        let section = self.common(atoms);
        self.chunks.push(Chunk { section, span, text });
    }

    /// The innermost section that holds all of the text; of headings alone, the last.
    fn common(&self, atoms: &[Atom]) -> Option<SectionId> {
        let text = || atoms.iter().filter(|a| a.kind != AtomKind::Heading);
        let mut common = text().next().or(atoms.last())?.section?;
        for atom in text() {
            let section = atom.section?;
            while !(common.0..self.doc.sections[common.index()].subtree_end.max(common.0 + 1)).contains(&section.0) {
                common = self.doc.sections[common.index()].parent?;
            }
        }
        Some(common)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "临江市2024年工作要点\n一、重点任务\n（一）清理文件。6月底前清理文件20件。市领导强调：“依法行政。从严治政。”抓好落实。（责任单位：市司法局、市财政局）全年检查2次。\n（二）公开案例\n每月公开案例1次。\n二、保障\n加强领导。\n";

    fn texts(max: usize, unit: ChunkUnit) -> Vec<String> {
        crate::parse(TEXT).chunks(&ChunkOptions::max(max).unit(unit)).into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn sentences_keep_their_quotes_and_their_lists() {
        assert_eq!(
            texts(1, ChunkUnit::Sentence),
            [
                "一、重点任务\n（一）清理文件。6月底前清理文件20件。",
                "市领导强调：“依法行政。从严治政。”",
                "抓好落实。（责任单位：市司法局、市财政局）",
                "全年检查2次。",
                "（二）公开案例\n每月公开案例1次。",
                "二、保障\n加强领导。",
            ]
        );
    }

    #[test]
    fn sections_that_fit_stay_together() {
        let chunks = texts(1000, ChunkUnit::Section);
        assert_eq!(chunks.len(), 2);
        assert!(chunks[0].starts_with("一、重点任务\n（一）清理文件。6月底"));
        assert!(texts(30, ChunkUnit::Section)[0].starts_with("一、重点任务\n（一）清理文件。"));
    }

    #[test]
    fn overlap_says_whole_sentences_again_and_ends() {
        let text = format!("一、甲\n{}", "全年检查2次。".repeat(50));
        let doc = crate::parse(&text);
        let chunks = doc.chunks(&ChunkOptions::max(21).overlap(8));
        assert!(chunks.iter().skip(1).all(|c| c.text.chars().count() <= 21 && c.text.ends_with('。')));
        assert!(chunks.windows(2).skip(1).all(|pair| pair[0].span.end > pair[1].span.start));
        assert_eq!(chunks.last().unwrap().span.end as usize, text.len());
        // An overlap as large as the chunk itself must not stand still.
        assert!(doc.chunks(&ChunkOptions::max(7).overlap(7)).len() <= 60);
    }

    #[test]
    fn no_word_is_lost() {
        for unit in [ChunkUnit::Section, ChunkUnit::Paragraph, ChunkUnit::Sentence] {
            for max in [0, 1, 10, 40, 1000] {
                let joined: String = texts(max, unit).concat().split_whitespace().collect();
                let wanted: String = TEXT.split_once('\n').unwrap().1.split_whitespace().collect();
                assert_eq!(joined, wanted, "{unit:?} {max}");
            }
        }
    }
}
