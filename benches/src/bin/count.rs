//! Parses texts twice, for `scripts/instructions` to count what the second time takes.
//!
//! `count` parses the sample reports, `count flood N` the Nth flood of short lines; `nothing` behind it parses them once, so that
//! the difference is the parsing alone. It prints how many bytes it was, and nothing where there is no such flood.

/// What is repeated: short lines and glued numbers, of which a byte is dearest.
const FLOODS: &[&str] = &["1\n", "0%\n", "(3\n", "(\n3\n", "$3\n[\n", "3.\n", "2年\n", "a\n", "一、0%0%0%", "千余场3至5家2024年6月底前\n"];

/// The length of a flood, in bytes.
const LONG: usize = 16 << 10;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let texts = match args.iter().position(|a| a == "flood") {
        Some(at) => {
            let flood = args.get(at + 1).and_then(|n| n.parse::<usize>().ok()).and_then(|n| FLOODS.get(n));
            flood.iter().map(|again| format!("清河市2024年工作报告\n一、总体情况\n全年学法4次。\n{}", again.repeat(LONG / again.len()))).collect()
        }
        None => reports(),
    };
    // The word lists are read once in a process, some of them only where a text asks for them; that is not what is counted.
    for text in &texts {
        std::hint::black_box(gongwen::parse(text));
    }
    if !args.iter().any(|a| a == "nothing") {
        for text in &texts {
            std::hint::black_box(gongwen::parse(text));
        }
    }
    if !texts.is_empty() {
        println!("{}", texts.iter().map(String::len).sum::<usize>());
    }
}

/// The sample reports.
fn reports() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/reports");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect()
}
