//! The text of a file as it grows, line by line, with what the file declares about it.

use super::Limits;
use super::buffer::Buffer;
use super::table::Table;
use crate::layout::{Block, BlockKind, Layout};
use crate::{Code, Diagnostic, Error, Severity, Span};

/// Places of hidden text are listed one by one up to this many; the rest is counted.
const LISTED: usize = 20;

/// A finished piece of a file.
#[derive(Debug)]
pub(crate) enum Item {
    Line(Buffer, BlockKind),
    Table(Table),
    /// Text that is there and not shown.
    Hidden(Hidden),
    /// What is shown and not read.
    Lost(Lost),
}

/// Text that is there and not shown, of one paragraph or of several that follow each other.
#[derive(Debug)]
pub(crate) struct Hidden {
    chars: usize,
    /// The first characters.
    excerpt: String,
    /// Where the first stands in its part, and how many paragraphs have some of it.
    source: u32,
    count: usize,
}

impl Hidden {
    pub(crate) fn new(source: u32) -> Self {
        Self { chars: 0, excerpt: String::new(), source, count: 1 }
    }

    pub(crate) fn push(&mut self, c: char) {
        if self.chars < 40 {
            self.excerpt.push(c);
        }
        self.chars += 1;
    }

    /// Takes in what follows.
    fn append(&mut self, next: &Hidden) {
        let room = 40usize.saturating_sub(self.chars);
        self.excerpt.extend(next.excerpt.chars().take(room));
        self.chars += next.chars;
        self.count += next.count;
    }

    fn diagnostic(&self, at: Span) -> Diagnostic {
        let Hidden { chars, excerpt, source, count } = self;
        let (en, zh) = match count {
            1 => (format!("at {source} of the part"), String::new()),
            _ => (format!("in {count} paragraphs from {source} of the part on"), format!("起的 {count} 个段落")),
        };
        let en = format!("{chars} characters {en} are hidden from readers: {excerpt}");
        Diagnostic::new(Code::HiddenText, at, en, format!("正文部件第 {source} 处{zh}有 {chars} 个隐藏字符：{excerpt}"))
    }
}

/// Puts a piece behind the others. Hidden paragraphs that follow each other are one piece: nothing else limits their number.
pub(crate) fn put(items: &mut Vec<Item>, item: Item) {
    match (items.last_mut(), &item) {
        (Some(Item::Hidden(last)), Item::Hidden(next)) => last.append(next),
        _ => items.push(item),
    }
}

/// What is shown and not read, or not there at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lost {
    Picture,
    Chart,
    Object,
    /// Another document that Word would put in here.
    Chunk,
    /// How words are said, in small letters above them.
    Ruby,
    /// A field whose code is all that the file has: a formula, a list to choose from.
    Field,
    /// Mathematics in a form of its own.
    Formula,
    /// What lies on a sheet and not in its cells: text boxes, buttons, lists to choose from.
    Shape,
    /// A remark in the margin.
    Comment,
    /// The rest of a part that breaks off.
    Rest,
}

/// Whether a field shows something that stands in its code alone, when nothing stands as its `result`. What is drawn anew
/// from the code has no result or an empty one; of the others an empty one is all that they show.
pub(crate) fn is_drawn(code: &str, result: bool) -> bool {
    const DRAWN: [&str; 13] = [
        "EQ", "SYMBOL", "FORMCHECKBOX", "FORMDROPDOWN", "DATE", "TIME", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "MACROBUTTON", "GOTOBUTTON",
        "DISPLAYBARCODE",
    ];
    // Marks and orders; a link or a box without text; where on which page something stands.
    const SILENT: [&str; 20] = [
        "TC", "XE", "TA", "RD", "SET", "ASK", "NEXT", "NEXTIF", "SKIPIF", "PRIVATE", "ADVANCE", "ADDIN", "HYPERLINK", "FORMTEXT", "TOC", "INDEX", "PAGE",
        "NUMPAGES", "SECTIONPAGES", "PAGEREF",
    ];
    let name = code.trim_start().split([' ', '\t', '\n', '\r', '\u{A0}', '\\']).next().unwrap_or_default().to_ascii_uppercase();
    DRAWN.contains(&name.as_str()) || !result && !name.is_empty() && !SILENT.contains(&name.as_str())
}

/// The text as it grows.
#[derive(Debug)]
pub(crate) struct Assembly {
    pub(crate) text: Buffer,
    pub(crate) layout: Layout,
    pub(crate) diagnostics: Vec<Diagnostic>,
    limits: Limits,
    /// How many places of hidden text are told one by one, and all of those beyond, the first of which stands there.
    hidden: usize,
    more: Option<(Hidden, u32)>,
    /// What is not read: how many of each, and where the first stands.
    lost: std::collections::BTreeMap<Lost, (usize, u32)>,
}

impl Assembly {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            text: Buffer::default(),
            layout: Layout::default(),
            diagnostics: Vec::new(),
            limits,
            hidden: 0,
            more: None,
            lost: std::collections::BTreeMap::new(),
        }
    }

    pub(crate) fn items(&mut self, items: Vec<Item>) -> Result<(), Error> {
        for item in items {
            match item {
                Item::Line(line, kind) => self.line(&line, kind),
                Item::Table(table) => {
                    let (rows, layout) = table.lay_out(self.next_line(), &self.limits)?;
                    let cells = layout.iter().flat_map(|t| &t.rows).map(|r| r.cells.len() as u64).sum();
                    self.limits.cells = self.limits.cells.saturating_sub(cells);
                    let kind = if layout.is_some() { BlockKind::TableRow } else { BlockKind::Paragraph };
                    for row in rows {
                        self.line(&row, kind);
                    }
                    self.layout.tables.extend(layout);
                }
                Item::Hidden(hidden) if self.hidden < LISTED => {
                    self.hidden += 1;
                    self.diagnostics.push(hidden.diagnostic(Span::at(self.text.len())));
                }
                Item::Hidden(hidden) => match &mut self.more {
                    Some((more, _)) => more.append(&hidden),
                    None => self.more = Some((hidden, self.text.len())),
                },
                Item::Lost(lost) => {
                    let at = self.text.len();
                    self.lost.entry(lost).or_insert((0, at)).0 += 1;
                }
            }
        }
        Ok(())
    }

    /// The finished text with what is told of it. One diagnostic for each kind of thing that is not read: a report may hold
    /// hundreds of pictures.
    pub(crate) fn finish(mut self) -> (Buffer, Layout, Vec<Diagnostic>) {
        if let Some((Hidden { chars, count, .. }, at)) = self.more {
            self.diagnostics.push(Diagnostic::new(
                Code::HiddenText,
                Span::at(at),
                format!("{chars} characters in {count} more paragraphs from here on are hidden from readers"),
                format!("此处起另有 {count} 个段落共 {chars} 个隐藏字符"),
            ));
        }
        for (lost, (count, at)) in self.lost {
            let (code, en, zh) = match lost {
                Lost::Picture => (Code::NotRead, "pictures, which are not read; the first stands here", "图片未读取，首个在此处"),
                Lost::Chart => (Code::NotRead, "charts or diagrams, which are not read; the first stands here", "图表或图示未读取，首个在此处"),
                Lost::Object => (Code::NotRead, "embedded files, which are not read; the first stands here", "嵌入文件未读取，首个在此处"),
                Lost::Chunk => (Code::NotRead, "documents to be put in here, which are not read; the first stands here", "插入的其他文档未读取，首个在此处"),
                Lost::Ruby => (Code::NotRead, "notes above words, which are not read; the first stands here", "词上注音未读取，首个在此处"),
                Lost::Field => (Code::NotRead, "fields whose result Word works out, which are not read; the first stands here", "由 Word 计算结果的域未读取，首个在此处"),
                Lost::Formula => (Code::NotRead, "formulas, which are not read; the first stands here", "公式未读取，首个在此处"),
                Lost::Shape => (Code::NotRead, "text boxes or controls, which are not read; the first stands here", "文本框或控件未读取，首个在此处"),
                Lost::Comment => (Code::NotRead, "comments, which are not read; the first stands here", "批注未读取，首个在此处"),
                Lost::Rest => (Code::Truncated, "parts of the file break off; what follows is lost", "文件部件在此处中断，其后内容缺失"),
            };
            let mut d = Diagnostic::new(code, Span::at(at), format!("{count} {en}"), format!("{count} 个{zh}"));
            if matches!(lost, Lost::Picture | Lost::Chart | Lost::Ruby | Lost::Comment) {
                d.severity = Severity::Info;
            }
            self.diagnostics.push(d);
        }
        (self.text, self.layout, self.diagnostics)
    }

    /// Headers or footers: the same text for odd and even pages is one. A table in them only places what it says.
    pub(crate) fn margin(&mut self, items: Vec<Item>) -> Result<(), Error> {
        let mut seen = std::collections::HashSet::new();
        let lines = items.into_iter().map(|i| match i {
            Item::Table(table) => {
                let mut line = Buffer::default();
                table.rows().flatten().filter(|c| !c.text.is_empty()).for_each(|c| line.append_apart(&c.text));
                Item::Line(line, BlockKind::Boilerplate)
            }
            other => other,
        });
        let lines = lines.filter(|i| match i {
            Item::Lost(lost) => *lost != Lost::Picture,
            Item::Line(line, _) => !line.is_empty() && seen.insert(line.text.clone()),
            Item::Hidden(_) => true,
            Item::Table(_) => false,
        });
        self.items(lines.collect())
    }

    pub(crate) fn next_line(&self) -> u32 {
        self.text.len() + u32::from(!self.text.is_empty())
    }

    pub(crate) fn line(&mut self, line: &Buffer, kind: BlockKind) {
        if !self.text.is_empty() {
            self.text.push_own("\n");
        }
        let start = self.text.len();
        self.text.append(line);
        if kind == BlockKind::Paragraph {
            self.layout.run_ins.extend(line.run_in(start));
        }
        self.layout.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
    }
}
