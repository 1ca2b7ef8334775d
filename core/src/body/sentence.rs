//! What the first sentence of a paragraph is: where it ends, and whether it names a theme.

use crate::lexicon::{Words, entries, file, under};
use crate::scan::{Anchor, Class, bits, seen};
use crate::view::{head, is_blank, is_digit, longer};
use std::sync::LazyLock;

/// What tells that a sentence names no theme: its beginning, and words of norms, receipts and reporters.
struct NoTheme {
    beginnings: Words,
    norms: Words,
}

static NO_THEME: LazyLock<NoTheme> = LazyLock::new(|| {
    let words = entries(file!("../lexicon/parts.txt"));
    NoTheme { beginnings: under(&words, "no theme"), norms: under(&words, "norm") }
});

/// The first bracket or 《 from `from` on that is not closed.
pub(super) fn unclosed(anchors: &[Anchor], from: usize) -> Option<usize> {
    let from = anchors.partition_point(|a| (a.at as usize) < from);
    if seen(&anchors[from..]) & bits([Class::Open, Class::BookOpen]) == 0 {
        return None;
    }
    // How many are open, and of the outermost where it stands.
    let (mut depth, mut outer) = (0u32, None);
    for anchor in &anchors[from..] {
        match anchor.class {
            Class::Open | Class::BookOpen => {
                if depth == 0 {
                    outer = Some(anchor.at as usize);
                }
                depth += 1;
            }
            Class::Close | Class::BookClose => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    outer.filter(|_| depth > 0)
}

/// Where the text ends without the punctuation that introduces what follows.
pub(super) fn bare_end(text: &str) -> usize {
    text.trim_end_matches(|c: char| matches!(c, '：' | ':' | '，' | ',' | '、' | '—' | '-' | '。') || is_blank(c)).len()
}

/// The first sentence end outside quotes, titles and brackets: where it stands, and its length.
pub(super) fn first_stop(text: &str, anchors: &[Anchor]) -> Option<(usize, usize)> {
    let mut depth = 0i32;
    let mut fallback = None;
    // How many characters stand before the anchor, and up to where they are counted.
    let (mut chars, mut counted) = (0, 0);
    for anchor in anchors {
        let at = anchor.at as usize;
        match anchor.class {
            Class::BookOpen | Class::Open => depth += 1,
            Class::QuoteOpen if !text[at..].starts_with('"') => depth += 1,
            Class::BookClose | Class::Close | Class::QuoteClose => depth = (depth - 1).max(0),
            Class::Stop | Class::Semicolon => {
                let len = text[at..].chars().next().map_or(1, char::len_utf8);
                // 。” closes the sentence after the quote.
                let quoted = text[at + len..].starts_with(['”', '’', '"']);
                if depth == 0 || depth == 1 && quoted && text[at + len..].len() <= 3 {
                    return Some((at, len));
                }
                fallback = fallback.or(Some((at, len)));
            }
            _ => {}
        }
        if at > 200 {
            chars += text[counted..at].chars().count();
            counted = at;
            if chars > 200 {
                break;
            }
        }
    }
    // A bracket that never closes must not swallow the sentence end.
    fallback.filter(|_| depth > 0).or_else(|| dot_stop(text))
}

/// A half-width point between Chinese characters ends a sentence too: 启动之年. 深入…
fn dot_stop(text: &str) -> Option<(usize, usize)> {
    // Seventy characters have so many bytes at most, and few lines have a point.
    memchr::memchr(b'.', &text.as_bytes()[..text.len().min(280)])?;
    let window = head(text, 70);
    window
        .match_indices('.')
        .map(|(at, _)| at)
        .find(|at| {
            let before = text[..*at].chars().next_back();
            let after = text[at + 1..].chars().next();
            let chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c) || matches!(c, '”' | '》' | '）' | ')');
            before.is_some_and(chinese) && after.is_none_or(|c| chinese(c) || c == '“')
        })
        .map(|at| (at, 1))
}

/// Whether a sentence names the theme of what follows, and does not tell, refer or address; one that is `listed` stands
/// behind a dash.
pub(super) fn names_theme(sentence: &str, listed: bool) -> bool {
    // 在加强代表联系上下功夫
    let at_work = sentence.starts_with('在')
        && sentence.rfind('上').is_some_and(|at| at > '在'.len_utf8() * 4 && (2..=8).contains(&sentence[at..].chars().skip(1).count()));
    // What a dash sets beside others may tell of us: ——我们牢记嘱托，首都功能持续提升。
    (NO_THEME.beginnings.start(sentence) == 0 || at_work || listed && !longer(sentence, 30))
        && NO_THEME.norms.find(sentence).is_none()
        && !sentence.contains(|c: char| is_digit(c) || matches!(c, '了' | '：' | ':' | '？'))
        && !sentence.ends_with(['的', '等'])
}
