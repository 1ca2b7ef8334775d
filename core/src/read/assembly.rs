//! The text of a file as it grows, line by line, with what the file declares about it.

use super::Limits;
use super::buffer::Buffer;
use super::table::Table;
use crate::layout::{Block, BlockKind, Layout};
#[cfg(feature = "docx")]
use crate::Severity;
use crate::{Code, Diagnostic, Error, Span};

/// A finished piece of a file.
#[derive(Debug)]
pub(crate) enum Item {
    Line(Buffer, BlockKind),
    Table(Table),
    /// Text that is there and not shown.
    Hidden {
        chars: usize,
        excerpt: String,
        source: u32,
    },
    /// What is shown and not read.
    #[cfg(feature = "docx")]
    Lost(Lost),
}

/// What is shown and not read, or not there at all.
#[cfg(feature = "docx")]
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
    /// A remark in the margin.
    Comment,
    /// The rest of a part that breaks off.
    Rest,
}

/// The text as it grows.
#[derive(Debug)]
pub(crate) struct Assembly {
    pub(crate) text: Buffer,
    pub(crate) layout: Layout,
    pub(crate) diagnostics: Vec<Diagnostic>,
    limits: Limits,
    /// What is not read: how many of each, and where the first stands.
    #[cfg(feature = "docx")]
    lost: std::collections::BTreeMap<Lost, (usize, u32)>,
}

impl Assembly {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            text: Buffer::default(),
            layout: Layout::default(),
            diagnostics: Vec::new(),
            limits,
            #[cfg(feature = "docx")]
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
                Item::Hidden { chars, excerpt, source } => self.diagnostics.push(Diagnostic::new(
                    Code::HiddenText,
                    Span::at(self.text.len()),
                    format!("{chars} characters at {source} of the part are hidden from readers: {excerpt}"),
                    format!("正文部件第 {source} 处有 {chars} 个隐藏字符：{excerpt}"),
                )),
                #[cfg(feature = "docx")]
                Item::Lost(lost) => {
                    let at = self.text.len();
                    self.lost.entry(lost).or_insert((0, at)).0 += 1;
                }
            }
        }
        Ok(())
    }

    /// One diagnostic for each kind of thing that is not read: a report may hold hundreds of pictures.
    #[cfg(feature = "docx")]
    pub(crate) fn tell_lost(&mut self) {
        for (lost, (count, at)) in std::mem::take(&mut self.lost) {
            let (code, en, zh) = match lost {
                Lost::Picture => (Code::NotRead, "pictures, which are not read; the first stands here", "图片未读取，首个在此处"),
                Lost::Chart => (Code::NotRead, "charts or diagrams, which are not read; the first stands here", "图表或图示未读取，首个在此处"),
                Lost::Object => (Code::NotRead, "embedded files, which are not read; the first stands here", "嵌入文件未读取，首个在此处"),
                Lost::Chunk => (Code::NotRead, "documents to be put in here, which are not read; the first stands here", "插入的其他文档未读取，首个在此处"),
                Lost::Ruby => (Code::NotRead, "notes above words, which are not read; the first stands here", "词上注音未读取，首个在此处"),
                Lost::Field => (Code::NotRead, "fields whose result Word works out, which are not read; the first stands here", "由 Word 计算结果的域未读取，首个在此处"),
                Lost::Comment => (Code::NotRead, "comments, which are not read; the first stands here", "批注未读取，首个在此处"),
                Lost::Rest => (Code::Truncated, "parts of the file break off; what follows is lost", "文件部件在此处中断，其后内容缺失"),
            };
            let mut d = Diagnostic::new(code, Span::at(at), format!("{count} {en}"), format!("{count} 个{zh}"));
            if matches!(lost, Lost::Picture | Lost::Chart | Lost::Ruby | Lost::Comment) {
                d.severity = Severity::Info;
            }
            self.diagnostics.push(d);
        }
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
            #[cfg(feature = "docx")]
            Item::Lost(lost) => *lost != Lost::Picture,
            Item::Line(line, _) => !line.is_empty() && seen.insert(line.text.clone()),
            Item::Hidden { .. } => true,
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
