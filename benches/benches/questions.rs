//! Named by the question each answers: `cargo bench` in this folder.

use divan::Bencher;
use divan::counter::BytesCount;
use gongwen_benches::{Class, WORK, classes};
use std::sync::LazyLock;

static CLASSES: LazyLock<Vec<Class>> = LazyLock::new(classes);

fn names() -> impl Iterator<Item = &'static str> {
    CLASSES.iter().map(|c| c.name.as_str())
}

fn run(bencher: Bencher<'_, '_>, class: &str, name: &str) {
    let class = CLASSES.iter().find(|c| c.name == class).unwrap();
    let (_, work) = WORK.iter().find(|(n, _)| *n == name).unwrap();
    bencher.counter(BytesCount::usize(class.bytes())).bench_local(|| class.documents.iter().for_each(|t| work(t)));
}

macro_rules! questions {
    ($($question:ident: $name:literal)*) => {$(
        #[divan::bench(args = names(), sample_count = 5, sample_size = 1)]
        fn $question(bencher: Bencher<'_, '_>, class: &str) {
            run(bencher, class, $name);
        }
    )*};
}

questions! {
    how_fast_is_the_outline: "gongwen, structure"
    how_fast_is_everything: "gongwen, full"
    how_fast_is_json: "gongwen, full + JSON"
    and_pulldown_cmark: "pulldown-cmark, events"
    and_comrak: "comrak, AST"
    and_a_regex: "regex, quantities"
    and_words_with_jieba: "jieba-rs, words"
    and_finding_lines: "memchr, lines"
    and_checking_utf8: "simdutf8"
}

fn main() {
    divan::main();
}
