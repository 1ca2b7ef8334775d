//! What stops a reading altogether. Everything about the *text* is a [`crate::Diagnostic`] instead.

use std::borrow::Cow;
use thiserror::Error as ThisError;

/// Words of a file as one line of a message: what a terminal or a log would obey, controls, line ends and the marks that turn the
/// direction of writing, is shown as U+FFFD.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    let unseen = |c: char| {
        c.is_control() || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}')
    };
    // The first bytes of all of them, and of some others: most messages have none, which one look tells.
    let may_be = |any: bool, b: u8| any | (b < b' ') | matches!(b, 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF);
    if text.bytes().fold(false, may_be) && text.contains(unseen) { text.replace(unseen, "\u{FFFD}").into() } else { text.into() }
}

/// Why a document could not be read.
///
/// Text never fails to parse. Errors come from input that is too large and, in `gongwen::read`, from files
/// that are broken or exceed a limit.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The input exceeds a limit; `what` names it and `raise` says how to raise it.
    #[error("{what} is {found}, more than the limit of {limit}; {raise}")]
    Limit {
        /// What was measured: `input size`, `unpacked size`, `nesting depth`, …
        what: &'static str,
        /// How much there was, at least.
        found: u64,
        /// How much is taken.
        limit: u64,
        /// How to raise the limit.
        raise: &'static str,
    },
    /// The bytes are no text in the encoding asked for.
    #[error("byte {offset} is not valid {encoding}; name the right encoding, or let it be detected")]
    Encoding {
        /// The encoding that was asked for.
        encoding: &'static str,
        /// Offset of the first byte that could not be decoded.
        offset: u64,
    },
    /// The file is not what its format demands.
    #[error("not a readable {format} file: {}", shown(reason))]
    Malformed {
        /// The format that was expected: `DOCX`, …
        format: &'static str,
        /// What was wrong with it.
        reason: String,
    },
    /// The format is known and not supported, or the encoding is and this build has no tables of it.
    #[error("{format} files are not read; {hint}")]
    Unsupported {
        /// The format or encoding that was recognised: `PDF`, `GBK`, …
        format: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
    /// A JSON form that does not fit its text or its schema.
    #[error("not a gongwen/1 document: {}", shown(.0))]
    Json(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_obeys_nothing() {
        let error = Error::Malformed { format: "DOCX", reason: "its XML is broken: expected `</w:p>`, but `</w:\u{1b}[2J\n\u{202e}x>` was found".to_owned() };
        assert_eq!(error.to_string(), "not a readable DOCX file: its XML is broken: expected `</w:p>`, but `</w:\u{fffd}[2J\u{fffd}\u{fffd}x>` was found");
        let found = crate::Diagnostic::new(crate::Code::NotRead, crate::Span::default(), "the frame a\u{7}.html", "框架 a\u{7}.html");
        assert_eq!((found.message.as_str(), found.message_zh.as_str()), ("the frame a\u{fffd}.html", "框架 a\u{fffd}.html"));
    }
}
