//! Every sample report, read as a whole, against what is kept of it in `tests/snapshots`.
//!
//! `GONGWEN_UPDATE=1 cargo test -p gongwen --test fixtures` writes the snapshots anew; read the difference as a
//! reader of the document would before committing it. A crate for snapshots would bring more code than these
//! forty lines and its own tool for reviewing; `git diff` reviews well.

#[path = "common/snapshot.rs"]
mod snapshot;

use std::path::Path;

fn check(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("../examples/reports").join(name)).unwrap();
    let got = snapshot::render(name, &gongwen::parse(&text));
    snapshot::assert_same(&root.join("tests/snapshots").join(name), &got);
}

macro_rules! fixtures {
    ($($name:ident = $file:literal,)*) => {
        $(#[test] fn $name() { check($file); })*

        #[test]
        fn every_sample_is_here() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/reports");
            for entry in std::fs::read_dir(folder).unwrap() {
                let name = entry.unwrap().file_name().to_string_lossy().into_owned();
                assert!(!name.ends_with(".txt") || [$($file),*].contains(&name.as_str()), "{name} has no fixture");
            }
        }
    };
}

fixtures! {
    an_annual_report = "qinghe-annual-2023.txt",
    a_web_page = "liuxi-annual-2022.txt",
    a_plan_inside_a_news_article = "songshi-plan-2024.txt",
    a_notice_and_the_measures_it_issues = "yunling-measures.txt",
    a_report_on_one_line = "linze-one-line.txt",
    lines_cut_by_a_page = "qingtang-hardwrap.txt",
    a_work_report = "jiangkou-work-report-2025.txt",
    a_regulation_with_faults = "baishi-regulation.txt",
}
