//! Parses the sample reports twice, for `scripts/instructions` to count what the second time takes.
//!
//! `count nothing` parses them once, so that the difference is the parsing alone.

fn main() {
    let nothing = std::env::args().nth(1).is_some_and(|a| a == "nothing");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/reports");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    // The word lists are read once in a process, some of them only where a text asks for them; that is not what is counted.
    for text in &texts {
        std::hint::black_box(gongwen::parse(text));
    }
    if !nothing {
        for text in &texts {
            std::hint::black_box(gongwen::parse(text));
        }
    }
    println!("{}", texts.iter().map(String::len).sum::<usize>());
}
