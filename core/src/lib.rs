//! Reads Chinese government reports, work plans and notices (公文) into a typed document.
//!
//! ```
//! let text = "\
//! 临江市2023年法治政府建设年度报告
//!
//! 一、主要举措和成效
//! （一）提速行政审批。工业项目审批时限由80天缩短至30天，全年接待企业咨询2300余次。
//! （二）化解行政争议。审结行政诉讼案件125件，其中败诉11件，败诉率8.8%，同比下降2.6个百分点。
//!
//! 二、2024年工作安排
//! 全年人均培训不少于60学时。（市司法局牵头，市财政局配合，6月底前完成）
//! ";
//! let doc = gongwen::parse(text);
//!
//! let rate = doc.metrics.iter().find(|m| doc.slice(m.span) == "8.8%").unwrap();
//! assert_eq!(doc.clean(rate.subject[0]), "败诉率");
//! assert_eq!(doc.heading_path(rate.section), ["主要举措和成效", "化解行政争议"]);
//! assert_eq!(&text[rate.span.range()], "8.8%"); // every fact knows its place
//! ```
//!
//! # Overview
//!
//! [`parse`] takes a text and gives a [`Document`], always. [`Parser`] has options: without facts, without checks, a
//! year, what a source declares about its layout. `gongwen::read` takes bytes: web pages and Word files too, in any
//! encoding.
//!
//! A document is three things:
//!
//! * **tables** in reading order — [`sections`](Document::sections), [`paragraphs`](Document::paragraphs),
//!   [`items`](Document::items), [`metrics`](Document::metrics), [`responsibilities`](Document::responsibilities),
//!   [`deadlines`](Document::deadlines), [`references`](Document::references) and so on — whose rows point at each other by
//!   row number, so that a table is a data frame and deep nesting costs no stack;
//! * **places**: every row has a [`Span`] of bytes into the text as it was given. [`Document::slice`] is the exact text,
//!   [`Document::clean`] the same as a reader sees it, [`OffsetIndex`] counts in other languages' units;
//! * a **tree**: [`Document::outline`] walks the [`SectionRef`]s, which know parent, children, own text and path.
//!
//! What looks wrong in a text is a [`Diagnostic`]. An [`Error`] is what prevents reading at all: a text of 4 GiB, a broken
//! archive.
//!
//! # What is read
//!
//! Title, kind, issuer, place, year and header; numbered sections of every family at the depth this document gives
//! them; block and run-in headings; topics; 一是…二是… items; the roles of sections; metrics with hedge, subject, change,
//! period; responsibility lists in every form; deadlines as days; references with their numbers; attachments and
//! signature; navigation and other boilerplate, kept apart; numbering gaps, contradictions, planted text. Full-width and
//! half-width characters are one; line ends may be lost or stand inside words.
//!
//! # What is not read
//!
//! PDF and pictures; the meaning of tables beyond task lists; persons, sentiments, summaries. Word lists are in
//! simplified characters. Nothing in a text is corrected.
//!
//! # Cookbook
//!
//! **Every metric with its place**, as a person would say it:
//!
//! ```
//! # let text = "一、主要成效\n（一）办案情况。全年办理行政复议案件300余件。\n";
//! let doc = gongwen::parse(text);
//! for m in &doc.metrics {
//!     let subjects: Vec<_> = m.subject.iter().map(|s| doc.clean(*s)).collect();
//!     println!("{} = {} {} [{}], {}", subjects.join("、"), m.value, doc.clean(m.unit), m.bound, doc.heading_path(m.section).join(" › "));
//! }
//! # assert_eq!(doc.heading_path(doc.metrics[0].section).join(" › "), "主要成效 › 办案情况");
//! ```
//!
//! **Who does what until when**, from a work plan:
//!
//! ```
//! # let text = "临江市2024年工作要点\n（一）清理文件。6月底前完成。[责任单位:市司法局、市财政局]\n";
//! let doc = gongwen::parse(text);
//! for r in &doc.responsibilities {
//!     let task = r.section.map(|id| doc.section(id));
//!     let due = doc.deadlines.iter().find(|d| d.section == r.section).and_then(|d| d.date);
//!     for unit in &r.units {
//!         println!("{}: {:?} {:?}", doc.clean(*unit), task.and_then(|t| t.heading_text()), due);
//!     }
//! #   assert_eq!(due.unwrap().to_string(), "2024-06-30");
//! }
//! ```
//!
//! **The outline**, however deep, without recursion:
//!
//! ```
//! # let text = "一、主要成效\n（一）办案情况。全年办案3件。\n";
//! let doc = gongwen::parse(text);
//! for section in doc.all_sections() {
//!     let indent = "  ".repeat(usize::from(section.row.level) - 1);
//!     println!("{indent}{} {}", section.path(), section.heading_text().unwrap_or_default());
//! }
//! ```
//!
//! **What a selected character belongs to**:
//!
//! ```
//! # let text = "一、主要成效\n（一）办案情况。全年办案3件。\n";
//! let doc = gongwen::parse(text);
//! let at = text.find("3件").unwrap() as u32;
//! assert_eq!(doc.section_at(at).unwrap().path(), "一/（一）");
//! ```
//!
//! **JSON for another language**, with its offsets (feature `serde`):
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! let doc = gongwen::parse("一、总体情况\n全年学法4次。\n");
//! let json = doc.to_json(gongwen::OffsetEncoding::Utf16);
//! assert!(json.starts_with(r#"{"schema":"gongwen/1","offset_encoding":"utf-16","#));
//! # }
//! ```
//!
//! **A web page or a Word file** (feature `formats`): `gongwen::read::read(&bytes, &Options::new())` gives the document and,
//! for every place of its text, the bytes it came from.
//!
//! # Crate features
//!
//! * **`serde`** (default): the JSON form, `gongwen::json`. Brings serde and serde_json.
//! * **`divisions`** (default): the table of administrative divisions, for the codes of places.
//! * **`indicators`** (default): numbers under comparable names, `gongwen::indicators`.
//! * **`read`**: bytes to text, in UTF-8 and UTF-16 and in what a decoder of the caller's knows.
//! * **`encodings`**: bytes to text in any encoding. Brings encoding_rs and chardetng.
//! * **`html`**, **`docx`**: web pages and Word files. Bring html5gum; zip, flate2 in safe Rust, quick-xml. **`formats`**:
//!   both, in any encoding.
//! * **`schema`**: the types of the JSON form can say their JSON Schema. Brings schemars.
//!
//! Without any of them the crate needs memchr, nom, rust_decimal, thiserror and unicode-width.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod body;
mod check;
mod chunk;
mod diagnostic;
mod divisions;
mod document;
mod error;
mod facts;
mod frame;
mod grammar;
#[cfg(feature = "indicators")]
pub mod indicators;
mod items;
#[cfg(feature = "serde")]
pub mod json;
pub mod layout;
mod lexicon;
mod lines;
mod markdown;
mod offset;
mod outline;
mod parse;
#[cfg(feature = "read")]
pub mod read;
mod roles;
mod room;
mod scan;
mod span;
mod tables;
mod tasks;
mod units;
mod view;

pub use chunk::{Chunk, ChunkOptions, ChunkUnit};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use divisions::provide as provide_divisions;
pub use document::*;
pub use error::Error;
pub use offset::{OffsetEncoding, OffsetIndex};
pub use parse::{Hinted, Hints, MAX_TEXT, Parser, parse};
pub use rust_decimal::Decimal;
pub use span::Span;
pub use tasks::Task;
pub use units::canonical_unit;

/// The examples of the README run too.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
