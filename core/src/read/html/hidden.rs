//! What a page hides from its readers.
//!
//! Spam is planted in hidden text, and so are copies of the article for screen readers and menus that
//! open on a click. None of it is read; all of it is reported.

use super::dom::{Dom, Name, Node};
use super::tags::Tag;
use std::collections::HashSet;

/// Class names and ids that the page's own style sheets hide.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    classes: HashSet<String>,
    ids: HashSet<String>,
}

impl Sheet {
    /// Reads the `<style>` elements. Only rules of a single class or id count: what a longer selector
    /// hides depends on where the reader is (narrow screens, open menus).
    pub(super) fn of(dom: &Dom<'_>) -> Sheet {
        let mut sheet = Sheet::default();
        for node in &dom.nodes {
            let in_style = node.parent != super::dom::NONE && dom.nodes[node.parent as usize].tag == Tag::Style;
            if node.tag == Tag::Text && in_style {
                sheet.read(dom.text(*node));
            }
        }
        sheet
    }

    fn read(&mut self, css: &str) {
        let mut depth = 0usize;
        let mut rest = css;
        while let Some(open) = rest.find(['{', '}']) {
            let selectors = &rest[..open];
            if rest.as_bytes()[open] == b'}' {
                depth = depth.saturating_sub(1);
                rest = &rest[open + 1..];
                continue;
            }
            rest = &rest[open + 1..];
            if selectors.trim_start().starts_with('@') {
                depth += 1;
                continue;
            }
            let end = rest.find('}').unwrap_or(rest.len());
            if depth == 0 && declared(&rest[..end]) == Way::Gone {
                for s in selectors.split(',') {
                    let s = s.rsplit("*/").next().unwrap_or(s).trim();
                    let simple = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
                    match s.split_at_checked(1) {
                        Some((".", name)) if simple(name) => drop(self.classes.insert(name.to_owned())),
                        Some(("#", name)) if simple(name) => drop(self.ids.insert(name.to_owned())),
                        _ => {}
                    }
                }
            }
            rest = rest.get(end + 1..).unwrap_or("");
        }
    }

    /// How the element itself, apart from its parents, is shown.
    pub(super) fn way(&self, dom: &Dom<'_>, index: u32, node: Node) -> Way {
        let mut way = Way::Shown;
        if index == 0 || node.tag == Tag::Text {
            return way;
        }
        for a in &dom.attributes[node.from as usize..node.to as usize] {
            let gone = match a.name {
                Name::Style => match declared(&a.value) {
                    Way::Gone => true,
                    other => {
                        way = other;
                        false
                    }
                },
                Name::Hidden => true,
                Name::Class if !self.classes.is_empty() => a.value.split_whitespace().any(|c| self.classes.contains(c)),
                Name::Id => self.ids.contains(a.value.as_ref()),
                Name::Type => node.tag == Tag::Input && a.value.eq_ignore_ascii_case("hidden"),
                _ => false,
            };
            if gone {
                return Way::Gone;
            }
        }
        way
    }
}

/// How an element is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Shown,
    /// Not at all, nor anything inside.
    Gone,
    /// In letters of no size; what is inside may have a size again.
    Tiny,
    /// In letters of a size of its own.
    Sized,
}

/// The declarations of a style, names without the blanks around them.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = style;
    std::iter::from_fn(move || {
        loop {
            let mark = memchr::memchr2(b':', b';', rest.as_bytes())?;
            let (name, behind) = (&rest[..mark], &rest[mark + 1..]);
            if rest.as_bytes()[mark] == b';' {
                rest = behind;
                continue;
            }
            let end = memchr::memchr(b';', behind.as_bytes());
            rest = end.map_or("", |end| &behind[end + 1..]);
            return Some((trimmed(name), &behind[..end.unwrap_or(behind.len())]));
        }
    })
}

/// A text without the blanks around it, which as a rule are ASCII's.
fn trimmed(text: &str) -> &str {
    let text = text.trim_ascii();
    let bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if bare(text.as_bytes().first()) && bare(text.as_bytes().last()) { text } else { text.trim() }
}

/// The names that may hide an element.
const HIDING: [&str; 12] =
    ["top", "left", "width", "height", "display", "opacity", "overflow", "position", "font-size", "visibility", "max-height", "text-indent"];

/// How declarations like `display:none` show an element.
fn declared(style: &str) -> Way {
    let (mut clipped, mut no_size, mut placed, mut far) = (false, false, false, false);
    let mut way = Way::Shown;
    for (name, value) in declarations(style) {
        let Some(name) = HIDING.iter().find(|known| name.eq_ignore_ascii_case(known)) else { continue };
        let value = trimmed(memchr::memchr(b'!', value.as_bytes()).map_or(value, |at| &value[..at]));
        let is = |s: &str| value.eq_ignore_ascii_case(s);
        let far_out = || number(value).is_some_and(|n| n < -400.0);
        let gone = match *name {
            "display" => is("none"),
            "visibility" => is("hidden") || is("collapse"),
            "opacity" => number(value) == Some(0.0),
            "text-indent" => far_out(),
            _ => false,
        };
        if gone {
            return Way::Gone;
        }
        match *name {
            "font-size" => way = if number(value).is_some_and(|n| n < 1.0) { Way::Tiny } else { Way::Sized },
            "overflow" => clipped |= is("hidden"),
            "width" | "height" | "max-height" => no_size |= number(value) == Some(0.0),
            "position" => placed |= is("absolute") || is("fixed"),
            "left" | "top" => far |= far_out(),
            _ => {}
        }
    }
    if (clipped && no_size) || (placed && far) { Way::Gone } else { way }
}

fn number(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(value.len());
    let number: f64 = value[..end].parse().ok()?;
    // Relative sizes are not comparable with pixels, except that nothing is nothing.
    let relative = matches!(value[end..].trim(), "em" | "rem" | "%");
    Some(if relative { number * 16.0 } else { number })
}

#[cfg(test)]
mod tests {
    use super::{Way, declared};

    #[test]
    fn out_of_sight() {
        let gone = [
            "display:none",
            "color:red; display : NONE !important",
            "visibility:hidden",
            "position:absolute;left:-9999px",
            "text-indent:-9999px",
            "overflow:hidden;height:0px",
        ];
        let shown = ["display:block", "left:-20px;position:absolute", "overflow:hidden", "height:0", "text-indent:-2em", ""];
        for (way, styles) in [
            (Way::Gone, &gone[..]),
            (Way::Shown, &shown[..]),
            (Way::Tiny, &["font-size:0", "font-size:0px", "font-size:.01em"]),
            (Way::Sized, &["font-size:16px", "font-size:1.2em", "font-size:large"]),
        ] {
            for style in styles {
                assert_eq!(declared(style), way, "{style}");
            }
        }
    }
}
