//! What looks wrong in a document. Every code and every wording stands in this file.

use crate::Span;
use std::borrow::Cow;
use std::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the reading.
    Info,
    /// The document looks wrong here, or the reading is doubtful.
    Warning,
    /// Something was damaged: characters that could not be decoded, text planted by others.
    Error,
}

impl Severity {
    /// The word used in the JSON form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// What kind of thing looks wrong. The names in the JSON form are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The stable name, as in the JSON form: `numbering_gap`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A number of a series is missing: 一、 then 三、.
    NumberingGap = "numbering_gap", Warning;
    /// A number of a series stands twice.
    NumberingRepeat = "numbering_repeat", Warning;
    /// A series steps back.
    NumberingBackward = "numbering_backward", Warning;
    /// A bracket is opened and not closed in its paragraph.
    UnclosedBracket = "unclosed_bracket", Warning;
    /// An annual report lacks one of its four prescribed parts.
    MissingRole = "missing_role", Warning;
    /// A heading with nothing under it.
    EmptySection = "empty_section", Warning;
    /// A stated rate that its own numerator and denominator contradict.
    RateMismatch = "rate_mismatch", Warning;
    /// Parts that exceed their whole, or do not add up to it.
    SumMismatch = "sum_mismatch", Warning;
    /// A percentage above 100 where that cannot be.
    ImpossiblePercent = "impossible_percent", Warning;
    /// Spam planted inside a sentence.
    InjectedText = "injected_text", Error;
    /// A number with a word after it that may be a unit but is not known as one.
    UnknownUnit = "unknown_unit", Info;
    /// Digits set apart by blanks (12 5件) or by the end of a line: which number it is cannot be told, so none is given.
    DoubtfulNumber = "doubtful_number", Warning;
    /// The text breaks off.
    Truncated = "truncated", Warning;
    /// A marker damaged in copying, read by its place in the series.
    DamagedMarker = "damaged_marker", Info;
    /// Bytes that are no text in the encoding that was decided on.
    UndecodableBytes = "undecodable_bytes", Error;
    /// The encoding was guessed and the guess is not sure.
    EncodingGuessed = "encoding_guessed", Warning;
    /// Text that a page hides from its readers; spam is planted this way.
    HiddenText = "hidden_text", Warning;
    /// A page that is a picture: there is no text in it to read.
    NoTextLayer = "no_text_layer", Error;
    /// Text whose characters the file does not name, or names wrongly.
    UnreadableTextLayer = "unreadable_text_layer", Error;
    /// Something in a file that was not read: a broken page, an attachment, a seal, a picture, a chart, a page's frame.
    NotRead = "not_read", Warning;
    /// A document that has a title or a header and no text under it.
    NoBody = "no_body", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that looks wrong, and where.
///
/// Nothing is ever corrected; a diagnostic says what a careful reader would stumble over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The offending place; empty where something is missing.
    pub span: Span,
    /// A second place that belongs to it (the whole of the parts, the number that was repeated).
    pub related: Option<Span>,
    /// A plain sentence in English.
    pub message: String,
    /// The same sentence in Chinese.
    pub message_zh: String,
}

impl Diagnostic {
    /// A diagnostic with its two wordings. What a terminal would obey of the document's words in them is shown as U+FFFD.
    pub fn new(code: Code, span: Span, message: impl Into<String>, message_zh: impl Into<String>) -> Self {
        let shown = |message: String| match crate::error::shown(&message) {
            Cow::Owned(shown) => shown,
            Cow::Borrowed(_) => message,
        };
        let (message, message_zh) = (shown(message.into()), shown(message_zh.into()));
        Self { code, severity: code.severity(), span, related: None, message, message_zh }
    }

    /// The same with a second place.
    #[must_use]
    pub fn with_related(mut self, span: Span) -> Self {
        self.related = Some(span);
        self
    }
}
