//! Reading what people really have: web pages, Word files, text in any encoding.
//!
//! [`extract`] turns bytes into readable text and says what the source itself declares about it
//! ([`Layout`]); [`read`] parses that text in the same call.
//!
//! ```
//! use gongwen::read::{self, Options};
//! let page = "<p>一、总体情况</p><p>全年学法4次。</p>".as_bytes();
//! # #[cfg(feature = "html")] {
//! let extracted = read::extract(page, &Options::new()).unwrap();
//! assert_eq!(extracted.text, "一、总体情况\n全年学法4次。");
//! let span = extracted.layout.blocks[1].span;
//! assert_eq!(&page[extracted.origin.source_range(span)], "全年学法4次。".as_bytes());
//! # }
//! ```
//!
//! Nothing is thrown away silently. Navigation and footers stay in the text as
//! [`BlockKind::Boilerplate`](crate::layout::BlockKind); text that a page hides, and bytes that are no
//! text, are diagnostics.

#[cfg(feature = "archive")]
mod archive;
mod bytes;
#[cfg(feature = "doc")]
mod doc;
#[cfg(feature = "docx")]
mod docx;
// With `encodings` only its test is of interest.
#[cfg(any(test, not(feature = "encodings")))]
#[cfg_attr(feature = "encodings", allow(dead_code, unreachable_pub))]
mod encoding;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "mht")]
mod mht;
#[cfg(feature = "ofd")]
mod ofd;
#[cfg_attr(not(feature = "formats"), allow(dead_code))]
mod origin;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
#[cfg(feature = "rtf")]
mod rtf;
mod sniff;
#[cfg(feature = "xls")]
mod xls;
#[cfg(feature = "xlsx")]
mod xlsx;

// What the formats have in common. A build with some of them leaves some of it unused.
macro_rules! shared {
    ($($name:ident for $($feature:literal)*;)*) => {$(
        #[cfg(any($(feature = $feature),*))]
        #[cfg_attr(not(all($(feature = $feature),*)), allow(dead_code))]
        mod $name;
    )*};
}
shared! {
    assembly for "docx" "doc" "pdf" "ofd" "xlsx" "xls" "rtf";
    buffer for "html" "docx" "doc" "pdf" "ofd" "xlsx" "xls" "rtf";
    calendar for "doc" "xls" "rtf" "xlsx";
    fold for "pdf" "ofd";
    labels for "html" "docx" "doc" "pdf" "ofd" "xlsx" "xls" "rtf";
    numbering for "docx" "doc";
    numerals for "html" "docx" "doc";
    page for "pdf" "ofd";
    package for "docx" "ofd" "xlsx" "archive";
    ole for "doc" "xls" "rtf";
    rows for "doc" "rtf";
    sheet for "xlsx" "xls";
    symbols for "docx" "doc";
    table for "html" "docx" "doc" "pdf" "ofd" "xlsx" "xls" "rtf";
    xml for "docx" "ofd" "xlsx" "archive";
}

#[cfg(not(feature = "encodings"))]
pub use encoding::{Decode, Encoding, provide_decoder};
#[cfg(feature = "encodings")]
pub use encoding_rs::Encoding;
/// What the bytes are in the encoding of that label; see [`provide_decoder`].
#[cfg(feature = "encodings")]
pub type Decode = fn(label: &str, bytes: &[u8]) -> String;

/// Says what decodes the encodings that a build without the feature `encodings` has no tables of. This build has them,
/// and needs no decoder.
#[cfg(feature = "encodings")]
pub fn provide_decoder(_: Decode) {}

#[cfg(feature = "archive")]
pub use archive::{Archive, Entry};
pub use origin::{Origin, PageBox, SheetCell};
pub use sniff::sniff;

use crate::layout::Layout;
use crate::{Code, Diagnostic, Document, Error, Parser, Span};
use std::ops::Range;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Text without markup.
    Plain,
    /// A web page, or a piece of one.
    Html,
    /// A Word file, `.docx`.
    Docx,
    /// An old Word file, or one of WPS 文字: `.doc`, `.wps`.
    Doc,
    /// A PDF file.
    Pdf,
    /// An OFD file (GB/T 33190).
    Ofd,
    /// A spreadsheet, `.xlsx`.
    Xlsx,
    /// An old spreadsheet, `.xls`, `.et`.
    Xls,
    /// Rich text, `.rtf`.
    Rtf,
    /// A web page saved with its pictures, `.mht`.
    Mht,
}

impl Format {
    /// The name in options and reports: `plain`, `html`, `docx` …
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Pdf => "pdf",
            Format::Ofd => "ofd",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Rtf => "rtf",
            Format::Mht => "mht",
        }
    }
}

impl Format {
    /// Why a build without its feature does not read it.
    #[allow(dead_code)] // with all features there is no such build
    fn left_out(self) -> Error {
        let (format, hint) = match self {
            Format::Plain => ("plain", "build gongwen with the feature `read`"),
            Format::Html => ("HTML", "build gongwen with the feature `html`"),
            Format::Docx => ("DOCX", "build gongwen with the feature `docx`"),
            Format::Doc => ("old Word or WPS (.doc, .wps)", "save it as .docx and read that, or build gongwen with the feature `doc`"),
            Format::Pdf => ("PDF", "take its text out first (pdftotext -layout) and read that, or build gongwen with the feature `pdf`"),
            Format::Ofd => ("OFD", "take its text out first and read that, or build gongwen with the feature `ofd`"),
            Format::Xlsx => ("spreadsheet (.xlsx)", "save it as text (CSV) or as a web page, or build gongwen with the feature `xlsx`"),
            Format::Xls => ("old spreadsheet (.xls)", "save it as text (CSV) or as a web page, or build gongwen with the feature `xls`"),
            Format::Rtf => ("RTF", "save it as .docx and read that, or build gongwen with the feature `rtf`"),
            Format::Mht => ("MHTML", "save the page as plain HTML and read that, or build gongwen with the feature `mht`"),
        };
        Error::Unsupported { format, hint }
    }
}

impl std::str::FromStr for Format {
    type Err = Error;

    /// Also takes the usual file endings.
    fn from_str(s: &str) -> Result<Self, Error> {
        match s.to_ascii_lowercase().as_str() {
            "plain" | "text" | "txt" => Ok(Format::Plain),
            "html" | "htm" | "xhtml" | "shtml" => Ok(Format::Html),
            "docx" => Ok(Format::Docx),
            "doc" | "wps" | "dot" | "wpt" => Ok(Format::Doc),
            "pdf" => Ok(Format::Pdf),
            "ofd" => Ok(Format::Ofd),
            "xlsx" | "xlsm" => Ok(Format::Xlsx),
            "xls" | "et" => Ok(Format::Xls),
            "rtf" => Ok(Format::Rtf),
            "mht" | "mhtml" => Ok(Format::Mht),
            _ => {
                let reason = format!("\"{s}\" is no format: plain, html, docx, doc, pdf, ofd, xlsx, xls, rtf or mht");
                Err(Error::Malformed { format: "options", reason })
            }
        }
    }
}

/// How to read. The default finds everything out by itself.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The format. Default: found out from the bytes.
    pub format: Option<Format>,
    /// The encoding. Default: byte order mark, else what the page declares, else statistics.
    pub encoding: Option<&'static Encoding>,
    /// The file's name or address; its ending decides where the bytes leave it open. Default: none.
    pub file_name: Option<String>,
    /// What is too much.
    pub limits: Limits,
    /// The year of dates that name none, where neither document nor page says. Default: none.
    pub year: Option<u16>,
}

impl Options {
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads as this format, whatever the bytes look like.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Decodes with the encoding of this label: `gb18030`, `gbk`, `big5`, `utf-8`, `utf-16le` …
    ///
    /// # Errors
    /// When there is no encoding of that name.
    pub fn encoding(mut self, label: &str) -> Result<Self, Error> {
        let found = Encoding::for_label(label.as_bytes());
        let unknown = || Error::Malformed { format: "options", reason: format!("\"{label}\" is no known encoding") };
        self.encoding = Some(found.ok_or_else(unknown)?);
        Ok(self)
    }

    /// Sets the year that `6月底前` falls in, where neither document nor page says.
    #[must_use]
    pub fn year(mut self, year: u16) -> Self {
        self.year = Some(year);
        self
    }

    /// Names the file, as a hint.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets other limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

/// What is too much. Going beyond is an [`Error::Limit`] that names the limit.
///
/// What a reading takes grows with its input: a report takes three to five bytes of memory for each of its bytes, and
/// nothing takes more than 180 for each byte that is read (of an archive: that is unpacked).
///
/// ```
/// use gongwen::read::{Limits, Options, read};
/// let mut limits = Limits::default();
/// limits.set("text", 10)?;
/// let error = read("一、总体情况".as_bytes(), &Options::new().limits(limits)).unwrap_err();
/// assert_eq!(error.to_string(), "text size in bytes is 18, more than the limit of 10; raise `limits.text`");
/// # Ok::<(), gongwen::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of input. Default: 64 MiB.
    pub input: u64,
    /// Bytes that an archive unpacks to, all parts read together. Default: 64 MiB (Word files unpack to less than 1).
    pub unpacked: u64,
    /// Bytes of text, in UTF-8. Default: 8 MiB (a few hundred times a report).
    pub text: u64,
    /// Lines of text: paragraphs, headings, rows of tables. Default: 500 000.
    pub rows: u64,
    /// How many times larger a part of an archive may be than its packed form, once it is larger than
    /// 8 MiB. Default: 200 (Word files have 5 to 40; a form of equal rows packs better, and is small).
    pub ratio: u64,
    /// Entries of an archive. Default: 10 000.
    pub entries: u64,
    /// Elements inside one another. Default: 1000 (pages have 20 to 60).
    pub depth: u32,
    /// Cells of all tables after merged cells are expanded. Default: 1 000 000.
    pub cells: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { input: 64 << 20, unpacked: 64 << 20, text: 8 << 20, rows: 500_000, ratio: 200, entries: 10_000, depth: 1000, cells: 1_000_000 }
    }
}

impl Limits {
    /// Limits for input that is known to be harmless: only what the data types can hold.
    #[must_use]
    pub fn unlimited() -> Self {
        let bytes = u64::from(u32::MAX);
        Self { input: bytes, unpacked: bytes, text: bytes, rows: bytes, ratio: u64::MAX, entries: u64::MAX, depth: u32::MAX, cells: bytes }
    }

    /// The names of the limits, for command lines and bindings.
    pub const NAMES: [&'static str; 8] = ["input", "unpacked", "text", "rows", "ratio", "entries", "depth", "cells"];

    /// Sets the limit of that name.
    ///
    /// # Errors
    /// [`Error::Malformed`] when there is no limit of that name.
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), Error> {
        match name {
            "input" => self.input = value,
            "unpacked" => self.unpacked = value,
            "text" => self.text = value,
            "rows" => self.rows = value,
            "ratio" => self.ratio = value,
            "entries" => self.entries = value,
            "depth" => self.depth = u32::try_from(value).unwrap_or(u32::MAX),
            "cells" => self.cells = value,
            _ => {
                let reason = format!("\"{name}\" is no limit: {}", Self::NAMES.join(", "));
                return Err(Error::Malformed { format: "options", reason });
            }
        }
        Ok(())
    }

    /// The value of the limit of that name.
    ///
    /// ```
    /// use gongwen::read::Limits;
    /// assert_eq!(Limits::default().get("depth"), Some(1000));
    /// assert!(Limits::NAMES.iter().all(|name| Limits::default().get(name).is_some()));
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<u64> {
        Some(match name {
            "input" => self.input,
            "unpacked" => self.unpacked,
            "text" => self.text,
            "rows" => self.rows,
            "ratio" => self.ratio,
            "entries" => self.entries,
            "depth" => u64::from(self.depth),
            "cells" => self.cells,
            _ => return None,
        })
    }

    /// Refuses a text of too many bytes or lines, as the text of a file is refused.
    ///
    /// ```
    /// let mut limits = gongwen::read::Limits::default();
    /// limits.set("rows", 1)?;
    /// assert_eq!(limits.check("一、\n二、").unwrap_err().to_string(), "number of rows is 2, more than the limit of 1; raise `limits.rows`");
    /// # Ok::<(), gongwen::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Limit`], which names the limit.
    pub fn check(&self, text: &str) -> Result<(), Error> {
        self.check_text(text.len() as u64)?;
        self.check_rows(memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64 + 1)
    }

    pub(crate) fn check_text(&self, bytes: u64) -> Result<(), Error> {
        check("text size in bytes", bytes, self.text, "raise `limits.text`")
    }

    pub(crate) fn check_rows(&self, rows: u64) -> Result<(), Error> {
        check("number of rows", rows, self.rows, "raise `limits.rows`")
    }
}

/// Something the file says about itself: a `<meta>` of a page, a core property of a Word file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceMeta {
    /// `ArticleTitle`, `PubDate`, `ContentSource`, `title`, `core:title`, `core:created` …, as written.
    pub name: String,
    /// The value, never empty.
    pub value: String,
    /// Bytes of the input that hold the value; of the unpacked part for a Word file.
    pub range: Range<usize>,
}

/// The readable text of a file, and what the file declares about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Extracted {
    /// The text: one line a paragraph, heading or table row, in reading order.
    pub text: String,
    /// Paragraphs, headings, tables, boilerplate: spans of `text`.
    pub layout: Layout,
    /// Where every place of `text` came from.
    pub origin: Origin,
    /// The format it was read as.
    pub format: Format,
    /// The encoding it was read in, by its standard name.
    pub encoding: &'static str,
    /// Whether that is certain. When not there is a diagnostic too.
    pub encoding_sure: bool,
    /// What the file says about itself.
    pub metadata: Vec<SourceMeta>,
    /// What was wrong or hidden, with spans of `text`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Extracts the readable text.
///
/// # Errors
/// When a limit is exceeded, the format is not supported, or an archive is broken. Text and web pages
/// within the limits always read.
pub fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    check("input size", bytes.len() as u64, options.limits.input.min(u64::from(u32::MAX)), "raise `limits.input`")?;
    let format = match options.format {
        Some(format) => format,
        None => sniff(bytes, options.file_name.as_deref())?,
    };
    let mut out = match format {
        Format::Plain => plain::extract(bytes, options)?,
        #[cfg(feature = "html")]
        Format::Html => html::extract(bytes, options)?,
        #[cfg(feature = "docx")]
        Format::Docx => docx::extract(bytes, options)?,
        #[cfg(feature = "doc")]
        Format::Doc => doc::extract(bytes, options)?,
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::extract(bytes, options)?,
        #[cfg(feature = "xlsx")]
        Format::Xlsx => xlsx::extract(bytes, options)?,
        #[cfg(feature = "ofd")]
        Format::Ofd => ofd::extract(bytes, options)?,
        #[cfg(feature = "xls")]
        Format::Xls => xls::extract(bytes, options)?,
        #[cfg(feature = "mht")]
        Format::Mht => mht::extract(bytes, options)?,
        #[cfg(feature = "rtf")]
        Format::Rtf => rtf::extract(bytes, options)?,
        #[allow(unreachable_patterns)]
        other => return Err(other.left_out()),
    };
    options.limits.check(&out.text)?;
    let said = out.diagnostics.iter().any(|d| matches!(d.code, Code::NoTextLayer | Code::UnreadableTextLayer));
    if out.format != Format::Plain && out.text.trim().is_empty() && !said {
        out.diagnostics.push(Diagnostic::new(Code::NoBody, Span::at(0), "the file has no text that can be read", "文件中没有可读取的文字"));
    }
    // A place in the text that a diagnostic names is a place a caller will slice.
    for d in &mut out.diagnostics {
        let end = out.text.len() as u32;
        d.span.start = floor(&out.text, d.span.start.min(end));
        d.span.end = floor(&out.text, d.span.end.clamp(d.span.start, end));
    }
    out.diagnostics.sort_by_key(|d| (d.span, d.code));
    Ok(out)
}

fn floor(text: &str, at: u32) -> u32 {
    (0..=at).rev().find(|i| text.is_char_boundary(*i as usize)).unwrap_or(0)
}

/// Extracts and parses in one call.
///
/// ```
/// # #[cfg(feature = "html")] {
/// use gongwen::read::{self, Options};
/// let page = "<h1>某县工作要点</h1><p>一、总体要求</p><p>全年办件9件。</p>";
/// let reading = read::read(page.as_bytes(), &Options::new()).unwrap();
/// let section = reading.document.outline().next().unwrap();
/// assert_eq!(section.heading_text().as_deref(), Some("总体要求"));
/// # }
/// ```
///
/// # Errors
/// Those of [`extract`].
pub fn read(bytes: &[u8], options: &Options) -> Result<Reading, Error> {
    let found = extract(bytes, options)?;
    let year = found.year().or(options.year);
    let Extracted { text, layout, origin, format, encoding, encoding_sure, metadata, mut diagnostics } = found;
    let mut parser = Parser::new().layout(&layout);
    if let Some(year) = year {
        parser = parser.year(year);
    }
    let mut document = parser.parse(&text)?.into_owned();
    document.diagnostics.append(&mut diagnostics);
    document.diagnostics.sort_by_key(|d| (d.span, d.code));
    let source = Source { format, encoding, encoding_sure, metadata };
    Ok(Reading { document, origin, source })
}

impl Extracted {
    /// The year in which a page says it was published: the best there is for a `6月底前` without a year.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        let date = self.metadata.iter().find(|m| m.name.eq_ignore_ascii_case("PubDate"))?;
        date.value.get(..4)?.parse().ok().filter(|y| (1949..=2200).contains(y))
    }
}

/// A file that was extracted and parsed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading {
    /// The document, with its text; among its diagnostics are those of the extraction.
    pub document: Document<'static>,
    /// Where every place of the text came from.
    pub origin: Origin,
    /// Format, encoding and what the file says about itself.
    pub source: Source,
}

/// What was found out about a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Source {
    /// The format it was read as.
    pub format: Format,
    /// The encoding it was read in.
    pub encoding: &'static str,
    /// Whether that is certain.
    pub encoding_sure: bool,
    /// What the file says about itself.
    pub metadata: Vec<SourceMeta>,
}

pub(crate) fn check(what: &'static str, found: u64, limit: u64, raise: &'static str) -> Result<(), Error> {
    if found > limit { Err(Error::Limit { what, found, limit, raise }) } else { Ok(()) }
}
