//! A document as numbers, the way it crosses to JavaScript.
//!
//! Its JSON form would be several times as long as the text, to be written, decoded and parsed: most of it is names of
//! fields, and words that the page has already. So rows cross as integers. A string is where it stands in the text, or,
//! where the text does not have it, in the words that follow it. `js/document.js` reads in the same order what is
//! written here, and the tests hold the two to the JSON form.

use gongwen::json::{Number, SCHEMA};
use gongwen::{Date, Document, Marker, OffsetEncoding, OffsetIndex, Span};
use std::borrow::Cow;

/// What stands for nothing.
const NONE: i32 = -1;

/// The numbers of a document: where the words behind it begin, how many code units they have; the document; the words.
pub(crate) fn numbers(doc: &Document<'_>) -> Vec<i32> {
    let index = OffsetIndex::new(doc.text(), OffsetEncoding::Utf16);
    let end = index.encode(doc.text().len() as u32) as i32;
    let mut border = Border { doc, index, numbers: vec![0, 0], end, more: Vec::new(), words: Vec::new() };
    border.document();
    let Border { mut numbers, mut more, .. } = border;
    (numbers[0], numbers[1]) = (numbers.len() as i32, more.len() as i32);
    more.push(0);
    numbers.extend(more.chunks_exact(2).map(|pair| i32::from(pair[0]) | i32::from(pair[1]) << 16));
    numbers
}

struct Border<'d> {
    doc: &'d Document<'d>,
    index: OffsetIndex<'d>,
    numbers: Vec<i32>,
    /// How long the text is.
    end: i32,
    /// What stands behind the text: strings that it does not have, in UTF-16.
    more: Vec<u16>,
    /// Words of the vocabularies that stand there already, and where.
    words: Vec<(&'static str, [i32; 2])>,
}

impl<'d> Border<'d> {
    fn document(&mut self) {
        let doc = self.doc;
        self.word(SCHEMA);
        self.word(self.index.encoding().as_str());
        self.word(doc.kind().as_str());
        self.maybe(doc.title, Self::named);
        self.maybe(doc.issuer, Self::named);
        self.maybe(doc.place, Self::named);
        self.number_or_none(doc.place_code.map(|c| c.0));
        self.number_or_none(doc.year.map(u32::from));
        self.list(&doc.metadata, |b, m| {
            b.word(m.key.as_str());
            b.text(m.label);
            b.text(m.value);
            b.date(m.date);
            b.place(m.span);
        });
        let sections: Vec<_> = doc.all_sections().collect();
        self.list(&sections, |b, s| {
            b.number_or_none(s.row.parent.map(|p| p.0));
            b.number(s.row.level.into());
            b.string(&s.path());
            b.maybe(s.row.marker, |b, m| b.marker(m));
            b.maybe(s.row.heading, |b, h| {
                b.text(h.span);
                b.place(h.span);
                b.word(h.form.as_str());
            });
            b.word(s.row.role.as_str());
            b.place(s.row.span);
        });
        self.list(&doc.paragraphs, |b, p| {
            b.number_or_none(p.section.map(|s| s.0));
            b.place(p.span);
            b.maybe(p.topic, Self::named);
        });
        self.list(&doc.items, |b, i| {
            b.number(i.paragraph.0);
            b.number_or_none(i.section.map(|s| s.0));
            b.marker(i.marker);
            b.place(i.span);
        });
        self.list(&doc.metrics, |b, m| {
            b.number_or_none(m.section.map(|s| s.0));
            b.place(m.span);
            b.text(m.span);
            b.value(Number(m.value));
            b.maybe(m.value_high.map(Number), Self::value);
            b.string(&doc.unit(m));
            b.word(m.dimension.as_str());
            b.word(m.bound.as_str());
            b.list(&m.subject, |b, s| b.text(*s));
            b.list(&m.subject, |b, s| b.place(*s));
            b.word(m.modality.as_str());
            b.maybe(m.per, Self::text);
            b.maybe(m.change, |b, c| {
                b.word(c.kind.as_str());
                b.maybe(c.from.map(Number), Self::value);
                b.maybe(c.to.map(Number), Self::value);
                b.maybe(c.basis, Self::text);
            });
            b.number_or_none(m.part_of.map(|i| i.0));
            b.maybe(m.period, |b, p| {
                b.date(Some(p.from));
                b.date(Some(p.to));
            });
        });
        self.list(&doc.responsibilities, |b, r| {
            b.number_or_none(r.section.map(|s| s.0));
            b.place(r.span);
            b.word(r.role.as_str());
            b.text(r.label);
            b.list(&r.units, |b, u| b.named(*u));
            b.maybe(r.manner, Self::text);
            b.number_or_none(r.deadline);
        });
        self.list(&doc.deadlines, |b, d| {
            b.number_or_none(d.section.map(|s| s.0));
            b.place(d.span);
            b.text(d.span);
            b.word(d.kind.as_str());
            b.date(d.date);
            b.maybe(d.every, |b, every| b.word(every.as_str()));
        });
        self.list(&doc.references, |b, r| {
            b.number_or_none(r.section.map(|s| s.0));
            b.place(r.span);
            b.maybe(r.title, Self::text);
            b.maybe(r.number, |b, n| {
                b.text(n.span);
                b.text(n.agency);
                b.number(n.year.into());
                b.number(n.serial);
                b.place(n.span);
            });
        });
        self.list(&doc.tables, |b, t| {
            b.number_or_none(t.section.map(|s| s.0));
            b.place(t.span);
            b.list(&t.rows, |b, row| {
                b.number(u32::from(row.header));
                b.list(&row.cells, |b, cell| b.named(*cell));
            });
        });
        self.list(&doc.attachments, |b, a| b.named(*a));
        self.maybe(doc.signature, |b, s| {
            b.maybe(s.issuer, Self::text);
            b.date(s.date);
            b.place(s.span);
        });
        self.list(&doc.boilerplate, |b, span| b.place(*span));
        self.list(&doc.diagnostics, |b, d| {
            b.word(d.code.as_str());
            b.word(d.severity.as_str());
            b.string(&d.message);
            b.string(&d.message_zh);
            b.place(d.span);
            b.maybe(d.related, Self::place);
        });
    }

    /// None is above 2³¹: no text has as many code units, and the grammar reads no marker or serial number of ten digits.
    fn number(&mut self, n: u32) {
        self.numbers.push(n as i32);
    }

    fn number_or_none(&mut self, n: Option<u32>) {
        self.numbers.push(n.map_or(NONE, |n| n as i32));
    }

    /// Whether there is something, and what.
    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.number(u32::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// How many there are, and each.
    fn list<T>(&mut self, rows: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(rows.len() as u32);
        for row in rows {
            write(self, row);
        }
    }

    fn place(&mut self, span: Span) {
        let (start, end) = self.index.encode_span(span);
        self.numbers.extend([start as i32, end as i32]);
    }

    /// The text of a span as a reader sees it.
    fn text(&mut self, span: Span) {
        match self.doc.clean(span) {
            // What is borrowed is the span's own text, without blanks around it.
            Cow::Borrowed(text) => {
                let raw = &self.doc.text()[span.range()];
                let start = span.start + (text.as_ptr() as usize - raw.as_ptr() as usize) as u32;
                self.place(Span::new(start, start + text.len() as u32));
            }
            Cow::Owned(text) => self.string(&text),
        }
    }

    fn named(&mut self, span: Span) {
        self.text(span);
        self.place(span);
    }

    fn marker(&mut self, marker: Marker) {
        self.text(marker.span);
        self.word(marker.style.as_str());
        self.number(marker.number);
        self.place(marker.span);
    }

    /// A string behind the text.
    fn string(&mut self, text: &str) {
        let start = self.more.len();
        self.more.extend(text.encode_utf16());
        self.numbers.extend([self.end + start as i32, self.end + self.more.len() as i32]);
    }

    /// A word of a vocabulary, which stands behind the text once.
    fn word(&mut self, word: &'static str) {
        // By address, which is quick; a word with two addresses would stand there twice.
        match self.words.iter().find(|(known, _)| std::ptr::eq(*known, word)) {
            Some((_, place)) => self.numbers.extend(place),
            None => {
                self.string(word);
                let n = self.numbers.len();
                self.words.push((word, [self.numbers[n - 2], self.numbers[n - 1]]));
            }
        }
    }

    fn date(&mut self, date: Option<Date>) {
        self.number_or_none(date.map(|d| (u32::from(d.year) * 100 + u32::from(d.month)) * 100 + u32::from(d.day)));
    }

    /// A double's bits, the lower half first.
    fn value(&mut self, value: Number) {
        let bits = value.double().to_bits();
        self.numbers.extend([bits as i32, (bits >> 32) as i32]);
    }
}
