//! PDF files with a text layer.
//!
//! `hayro` interprets the pages; what it draws is collected here as placed characters and ruled lines, of which
//! [`page`](super::page) makes paragraphs and tables. Images are never decoded.

use super::fold::fold;
use super::page::{GLYPH, Glyph, LaidOut, Page, Pages, lay_out, turned};
use super::{Extracted, Format, Limits, Options, Origin, SourceMeta, check};
use crate::{Code, Diagnostic, Error, Span};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::page::Page as Source;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let limits = options.limits;
    let broken = |reason: &str| Error::Malformed { format: "PDF", reason: reason.to_owned() };
    check_streams(bytes, limits)?;
    // Where panics unwind, one of the interpreter's is an error or a page that is not read.
    let opened = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes.to_vec())))
        .map_err(|_| broken("its structure is damaged; open it in a viewer and print it to a new PDF"))?;
    let pdf = opened.map_err(|e| match e {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Error::Unsupported { format: "password-protected PDF", hint: "open it with its password, print it to a new PDF and read that" }
        }
        LoadPdfError::Decryption(_) => Error::Unsupported { format: "encrypted PDF", hint: "open it in a viewer, print it to a new PDF and read that" },
        LoadPdfError::Invalid => broken("its structure is damaged; open it in a viewer and print it to a new PDF"),
    })?;
    let count = catch_unwind(AssertUnwindSafe(|| pdf.pages().len())).unwrap_or(0);
    if count == 0 {
        return Err(broken("it has no pages; open it in a viewer and print it to a new PDF"));
    }
    check("number of pages", count as u64, limits.entries, "raise `limits.entries`")?;
    let cache = InterpreterCache::new();
    let mut sink = Sink { text: String::new(), page: Page::default(), limits, glyphs: 0, unnamed: 0, images: 0, coded: 0, work: 0, placed: 0 };
    let mut pages = Vec::with_capacity(count);
    let (mut scans, mut failed) = (Vec::new(), Vec::new());
    for (i, page) in pdf.pages().iter().enumerate() {
        let (before, images) = (sink.glyphs, sink.images);
        let done = catch_unwind(AssertUnwindSafe(|| sink.read(page, &pdf, &cache)));
        check("drawing operations", sink.work, WORK, "split the file")?;
        if done.is_err() {
            failed.push(i + 1);
        }
        if sink.glyphs == before && sink.images > images {
            scans.push(i + 1);
        }
        pages.push(std::mem::take(&mut sink.page));
        check("size of the text laid out", sink.taken(), limits.unpacked.min(u64::from(u32::MAX) / 2), "raise `limits.unpacked`")?;
    }
    let diagnostics = diagnostics(&sink, count, &scans, &failed);
    let LaidOut { assembly, marks } = lay_out(Pages { pages, text: sink.text, sorted: false }, limits)?;
    let text = assembly.text;
    Ok(Extracted {
        origin: Origin::boxes(text.pieces, marks),
        text: text.text,
        layout: assembly.layout,
        format: Format::Pdf,
        encoding: "UTF-8",
        encoding_sure: true,
        metadata: metadata(&pdf),
        diagnostics: diagnostics.into_iter().chain(assembly.diagnostics).collect(),
    })
}

/// Unpacks all streams but images for their size alone: the interpreter sets itself no limit.
fn check_streams(bytes: &[u8], limits: Limits) -> Result<(), Error> {
    const KEYWORD: &[u8] = b"stream";
    let mut total = 0u64;
    let mut buffer = vec![0u8; 32 * 1024];
    for at in memchr::memmem::find_iter(bytes, KEYWORD) {
        let from = at + KEYWORD.len();
        let from = from + bytes[from..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        // Packed as a rule: what does not begin like it is as large as it stands there.
        if bytes.get(from).is_none_or(|b| b & 0x0F != 8) || bytes[..at].ends_with(b"end") {
            continue;
        }
        let before = &bytes[at.saturating_sub(1024)..at];
        let dictionary = memchr::memmem::rfind(before, b"obj").map_or(before, |i| &before[i..]);
        if super::sniff::find(dictionary, b"/Image").is_some() {
            continue;
        }
        let mut inflate = flate2::Decompress::new(true);
        loop {
            let (read, written) = (inflate.total_in(), inflate.total_out());
            let status = inflate.decompress(&bytes[from + read as usize..], &mut buffer, flate2::FlushDecompress::None);
            let more = inflate.total_out() - written;
            total += more;
            check("unpacked size", total, limits.unpacked, "raise `limits.unpacked`")?;
            let ratio = if inflate.total_out() > 1 << 20 { inflate.total_out() / inflate.total_in().max(1) } else { 0 };
            check("compression ratio", ratio, limits.ratio, "raise `limits.ratio`")?;
            let goes_on = matches!(status, Ok(flate2::Status::Ok)) && (more > 0 || inflate.total_in() > read);
            if !goes_on {
                break;
            }
        }
    }
    Ok(())
}

fn diagnostics(sink: &Sink, count: usize, scans: &[usize], failed: &[usize]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let list = |pages: &[usize]| {
        let shown: Vec<String> = pages.iter().take(10).map(usize::to_string).collect();
        shown.join(", ") + if pages.len() > 10 { " …" } else { "" }
    };
    let mut tell = |code, message: String, zh: String| out.push(Diagnostic::new(code, Span::at(0), message, zh));
    if sink.glyphs == 0 {
        tell(
            Code::NoTextLayer,
            format!("none of the {count} pages has text; they are pictures: run text recognition (OCR) on the file and read the result"),
            format!("共 {count} 页，均无文字层，系扫描件或图片：请先做文字识别（OCR）再读取"),
        );
    } else if !scans.is_empty() {
        let pages = list(scans);
        tell(
            Code::NoTextLayer,
            format!("{} of {count} pages are pictures without text ({pages}): run text recognition (OCR) on the file", scans.len()),
            format!("{count} 页中有 {} 页无文字层（第 {pages} 页）：请先做文字识别（OCR）", scans.len()),
        );
    }
    if sink.unnamed * 20 > sink.glyphs {
        tell(
            Code::UnreadableTextLayer,
            format!(
                "the file does not say which characters {} of {} glyphs are: run text recognition (OCR) on it, or take the original",
                sink.unnamed, sink.glyphs
            ),
            format!("{} 个字形中有 {} 个未标明对应字符：请做文字识别（OCR）或取原文件", sink.glyphs, sink.unnamed),
        );
    } else if sink.coded * 50 > sink.glyphs {
        tell(
            Code::UnreadableTextLayer,
            format!(
                "{} of {} characters are rare ones that stand for others: the file's table of characters is wrong; take the original, or run text recognition (OCR)",
                sink.coded, sink.glyphs
            ),
            format!("{} 个字符中有 {} 个为误码：文件的字符对照表有误，请取原文件或做文字识别（OCR）", sink.glyphs, sink.coded),
        );
    }
    if !failed.is_empty() {
        let pages = list(failed);
        tell(Code::NotRead, format!("pages that are damaged and were read in part: {pages}"), format!("以下页面已损坏，未读全：{pages}"));
    }
    out
}

fn metadata(pdf: &Pdf) -> Vec<SourceMeta> {
    let meta = pdf.metadata();
    let mut out = Vec::new();
    let fields = [
        ("title", &meta.title),
        ("creator", &meta.author),
        ("subject", &meta.subject),
        ("keywords", &meta.keywords),
        ("application", &meta.creator),
        ("producer", &meta.producer),
    ];
    for (name, value) in fields {
        let Some(bytes) = value else { continue };
        let value = if let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) {
            char::decode_utf16(wide.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]]))).map(|c| c.unwrap_or('\u{FFFD}')).collect()
        } else {
            String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect())
        };
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{FEFF}');
        if !value.is_empty() {
            out.push(SourceMeta { name: format!("core:{name}"), value: value.to_owned(), range: 0..0 });
        }
    }
    for (name, date) in [("created", &meta.creation_date), ("modified", &meta.modification_date)] {
        if let Some(d) = date {
            let value = format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", d.year, d.month, d.day, d.hour, d.minute, d.second);
            out.push(SourceMeta { name: format!("core:{name}"), value, range: 0..0 });
        }
    }
    out
}

/// What the interpreter draws on.
struct Sink {
    text: String,
    page: Page,
    limits: Limits,
    glyphs: usize,
    /// Glyphs of which the file does not say what they are.
    unnamed: usize,
    images: usize,
    /// Characters that come of a wrong table.
    coded: usize,
    /// How often the interpreter drew something.
    work: u64,
    /// How many characters were placed on pages.
    placed: u64,
}

/// What a file of a few thousand pages draws is less; forms that call each other draw without end.
const WORK: u64 = 50_000_000;

impl Sink {
    fn read<'a>(&mut self, page: &'a Source<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) {
        let (width, height) = page.render_dimensions();
        self.page = Page { width, height, ..Page::default() };
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        // Everything is drawn: the size only matters to shadings, which nobody looks at.
        let mut context = Context::new(transform, Rect::new(0.0, 0.0, 1.0, 1.0), cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, self);
    }

    /// What the pages so far take.
    fn taken(&self) -> u64 {
        self.placed * GLYPH + self.text.len() as u64
    }

    /// Counts one drawing, and leaves the interpreter where it can be left when there are too many.
    fn count(&mut self) {
        self.work += 1;
        if self.work > WORK && cfg!(panic = "unwind") {
            // No panic: no hook is called, and `read` is caught above.
            std::panic::resume_unwind(Box::new("too many drawing operations"));
        }
    }

    fn push(&mut self, glyph: &Drawn<'_>, place: Affine, bold: bool) {
        let mut text = String::new();
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => text.push(fold(c)),
            Some(BfString::String(s)) => text.extend(s.chars().map(fold)),
            None => {}
        }
        text.retain(|c| !c.is_control() && c != '\u{AD}');
        if text.is_empty() {
            self.unnamed += 1;
            self.glyphs += 1;
            text.push('\u{FFFD}');
        } else if !text.trim().is_empty() {
            self.glyphs += 1;
            self.unnamed += usize::from(text.contains('\u{FFFD}'));
            // 犃犅 for AB: letters of GBK's row A0, as some presses write them. ÿó for 国、: bytes of a code cut in two.
            self.coded += usize::from(
                text.chars().any(|c| matches!(c, '\u{7280}'..='\u{72DD}' | '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{A0}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ƀ')),
            );
        }
        let at = place * Point::ZERO;
        let [a, b, c, d, ..] = place.as_coeffs();
        let unit = (c * c + d * d).sqrt();
        let size = if unit < 0.5 { unit * 1000.0 } else { unit };
        let (x, y) = (at.x as f32, at.y as f32);
        if !x.is_finite() || !y.is_finite() || !size.is_finite() || size <= 0.0 || text.len() > 60 {
            return;
        }
        let advance = match glyph {
            Drawn::Outline(g) => g.advance_width(),
            Drawn::Type3(g) => g.advance_width(),
        };
        let narrow = text.is_ascii();
        let along = (a * a + b * b).sqrt();
        let width = match advance.filter(|w| w.is_finite() && *w > 0.0) {
            Some(w) => (f64::from(w) * if along < 0.5 { along } else { along / 1000.0 }) as f32,
            None => size as f32 * if narrow { 0.5 } else { 1.0 },
        };
        let size = size as f32;
        // The line's direction; level lines are by far the most.
        let turn = (b.atan2(a).to_degrees().round() as i16).rem_euclid(360);
        let (x, y) = turned(x, y, turn);
        // Printed twice for boldness: the same character at the same place.
        let twin = |o: &Glyph| {
            (o.x - x).abs() < 0.12 * size
                && (o.y - y).abs() < 0.12 * size
                && o.turn == turn
                && self.text.get(o.at as usize..o.at as usize + usize::from(o.len)) == Some(&text)
        };
        if !text.trim().is_empty() && self.page.glyphs.iter().rev().take(200).any(twin) {
            return;
        }
        let start = self.text.len() as u32;
        self.placed += 1;
        if self.taken() > self.limits.unpacked.min(u64::from(u32::MAX) / 2) {
            return;
        }
        self.text.push_str(&text);
        self.page.glyphs.push(Glyph { x, y, width: width.clamp(0.0, size * 4.0), size, turn, bold, at: start, len: text.len() as u8 });
    }
}

/// Whether a font is a bold one by its weight or its name: 黑体 is what bold is to 仿宋.
fn is_bold(glyph: &Drawn<'_>) -> bool {
    let Drawn::Outline(glyph) = glyph else { return false };
    let Some(font) = glyph.font_data() else { return false };
    let name = font.postscript_name.unwrap_or_default();
    let name = name.rsplit('+').next().unwrap_or_default().to_ascii_lowercase();
    font.weight.is_some_and(|w| w >= 600) || ["bold", "heavy", "black", "simhei", "heiti"].iter().any(|n| name.contains(n))
}

impl Device<'_> for Sink {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        self.count();
        if matches!(mode, DrawMode::Invisible) || path.elements().len() > 200 {
            return;
        }
        let bounds = |path: &BezPath| (props.transform * path.clone()).bounding_box();
        let whole = bounds(path);
        let mut rule = |r: Rect| self.page.add_rule(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32);
        if path.elements().len() <= 2 || whole.width() <= 3.0 || whole.height() <= 3.0 {
            rule(whole);
            return;
        }
        let stroked = matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..));
        // A path of several lines, or the four sides of a stroked box.
        for segment in path.segments() {
            let hayro_interpret::kurbo::PathSeg::Line(line) = segment else { continue };
            if stroked {
                let (a, b) = (props.transform * line.p0, props.transform * line.p1);
                rule(Rect::from_points(a, b));
            }
        }
        if !stroked {
            // Many thin boxes in one path.
            let mut part = BezPath::new();
            for element in path.elements() {
                if matches!(element, hayro_interpret::kurbo::PathEl::MoveTo(_)) && !part.elements().is_empty() {
                    rule(bounds(&std::mem::take(&mut part)));
                }
                part.push(*element);
            }
            if !part.elements().is_empty() && part.elements().len() < path.elements().len() {
                rule(bounds(&part));
            }
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'_>, mode: &DrawMode) {
        let r = props.transform.transform_rect_bbox(*rect);
        if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) && r.width() > 3.0 && r.height() > 3.0 {
            for (x0, y0, x1, y1) in [(r.x0, r.y0, r.x1, r.y0), (r.x0, r.y1, r.x1, r.y1), (r.x0, r.y0, r.x0, r.y1), (r.x1, r.y0, r.x1, r.y1)] {
                self.page.add_rule(x0 as f32, y0 as f32, x1 as f32, y1 as f32);
            }
        } else {
            self.page.add_rule(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        // Filled and stroked is bold as programs make it of a font that has none.
        let bold = matches!(mode, DrawMode::FillAndStroke(..)) || run.glyphs().first().is_some_and(|g| is_bold(g));
        for glyph in run.glyphs() {
            self.count();
            self.push(glyph, props.transform * glyph.transform(), bold);
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count();
        self.images += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
