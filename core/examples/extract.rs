//! Shows what `gongwen::read` takes out of a file, before any parsing.
//!
//! ```text
//! cargo run --features formats --example extract -- page.html            every line with its kind
//! cargo run --features formats --example extract -- --text page.html     the document's text only
//! ```

use gongwen::layout::BlockKind;
use gongwen::read::{Options, extract};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text_only = false;
    let mut out = std::io::stdout().lock();
    for arg in std::env::args().skip(1) {
        if arg == "--text" {
            text_only = true;
            continue;
        }
        let bytes = std::fs::read(&arg)?;
        let got = extract(&bytes, &Options::new().file_name(arg.as_str()))?;
        if text_only {
            if got.layout.blocks.is_empty() {
                writeln!(out, "{}", got.text)?;
            }
            for block in got.layout.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
                writeln!(out, "{}", &got.text[block.span.range()])?;
            }
            continue;
        }
        let sure = if got.encoding_sure { "" } else { " (a guess)" };
        writeln!(out, "{arg}: {} in {}{sure}", got.format.as_str(), got.encoding)?;
        for m in &got.metadata {
            writeln!(out, "  {} = {} @ {:?}", m.name, m.value, m.range)?;
        }
        for d in &got.diagnostics {
            writeln!(out, "  {} {}: {} @ {:?}", d.severity.as_str(), d.code, d.message, d.span)?;
        }
        for block in &got.layout.blocks {
            let kind = match block.kind {
                BlockKind::Paragraph => "p ".to_owned(),
                BlockKind::Heading(n) => format!("h{n}"),
                BlockKind::Boilerplate => "- ".to_owned(),
                BlockKind::TableRow => "tr".to_owned(),
                #[allow(unreachable_patterns)]
                _ => "? ".to_owned(),
            };
            writeln!(out, "{kind} {}", &got.text[block.span.range()])?;
        }
    }
    Ok(())
}
