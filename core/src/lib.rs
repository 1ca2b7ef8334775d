//! TODO crate docs
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod body;
mod check;
mod diagnostic;
mod document;
mod error;
mod facts;
mod frame;
mod grammar;
mod items;
mod lexicon;
mod lines;
#[cfg(feature = "serde")]
pub mod json;
pub mod layout;
mod offset;
mod outline;
mod parse;
#[cfg(feature = "read")]
pub mod read;
mod roles;
mod scan;
mod span;
mod tasks;
mod view;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use document::*;
pub use error::Error;
pub use offset::{OffsetEncoding, OffsetIndex};
pub use parse::{MAX_TEXT, Parser, parse};
pub use rust_decimal::Decimal;
pub use span::Span;
