//! Text under construction, with the source of every run.

use super::origin::Piece;
use crate::Span;
pub(crate) use crate::view::is_blank;

/// Text and where it came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffer {
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
    /// Characters other than spaces, and how many of them are links.
    pub(crate) chars: u32,
    pub(crate) links: u32,
    /// How many bytes at its start are set in bold.
    pub(crate) bold: u32,
}

impl Buffer {
    pub(crate) fn len(&self) -> u32 {
        self.text.len() as u32
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        (self.chars, self.links, self.bold) = (0, 0, 0);
    }

    /// Adds text taken from `source`. Equal lengths mean that it stands there as it is.
    pub(crate) fn push(&mut self, text: &str, source: u32, source_len: u32, part: u16) {
        if text.is_empty() {
            return;
        }
        let len = text.len() as u32;
        let at = self.len();
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut() {
            let exact = last.len == last.source_len && len == source_len;
            if exact && last.part == part && last.text + last.len == at && last.source + last.source_len == source {
                last.len += len;
                last.source_len += len;
                return;
            }
        }
        self.pieces.push(Piece { text: at, len, source, source_len, part, step: (0, 0) });
    }

    /// Adds a character that takes `source_len` bytes in the source.
    #[cfg(any(feature = "doc", feature = "rtf"))]
    pub(crate) fn push_char(&mut self, c: char, source: u32, source_len: u8, part: u16) {
        let at = self.len();
        self.text.push(c);
        let step = (c.len_utf8() as u8, source_len);
        if let Some(last) = self.pieces.last_mut()
            && last.step == step
            && last.part == part
            && last.text + last.len == at
            && last.source + last.source_len == source
        {
            last.len += u32::from(step.0);
            last.source_len += u32::from(source_len);
            return;
        }
        self.pieces.push(Piece { text: at, len: u32::from(step.0), source, source_len: u32::from(source_len), part, step });
    }

    /// Says that what was added since the buffer had `before` bytes is set in bold.
    pub(crate) fn embolden(&mut self, before: u32) {
        if self.bold == before {
            self.bold = self.len();
        }
    }

    /// Where the bold text at its start ends, if plain text follows; `start` is where the buffer itself begins.
    pub(crate) fn run_in(&self, start: u32) -> Option<Span> {
        (self.bold > 0 && self.bold < self.len()).then(|| Span::new(start, start + self.bold))
    }

    /// Adds text that stands nowhere in the source.
    pub(crate) fn push_own(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds another buffer's text behind a space, where there is text already.
    pub(crate) fn append_apart(&mut self, other: &Buffer) {
        if !self.is_empty() {
            self.push_own(" ");
        }
        self.append(other);
    }

    /// Adds another buffer's text.
    pub(crate) fn append(&mut self, other: &Buffer) {
        let at = self.len();
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.iter().map(|p| Piece { text: p.text + at, ..*p }));
        self.chars += other.chars;
        self.links += other.links;
    }

    /// Takes blank characters off the end.
    pub(crate) fn trim_end(&mut self) {
        let len = self.text.trim_end_matches(is_blank).len();
        self.text.truncate(len);
        while self.pieces.last().is_some_and(|p| p.text as usize >= len) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut() {
            let keep = len as u32 - last.text;
            if keep < last.len {
                match last.step {
                    _ if last.len == last.source_len => last.source_len = keep,
                    (0, _) => {}
                    (text, source) => last.source_len = keep / u32::from(text) * u32::from(source),
                }
                last.len = keep;
            }
        }
    }
}

/// Characters that are written without spaces between them.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}'
        | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}
