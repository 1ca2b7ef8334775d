//! What stops a reading altogether. Everything about the *text* is a [`crate::Diagnostic`] instead.

use thiserror::Error as ThisError;

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
    #[error("not a readable {format} file: {reason}")]
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
    #[error("not a gongwen/1 document: {0}")]
    Json(String),
}
