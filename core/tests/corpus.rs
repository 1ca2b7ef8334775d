//! Every input that fuzzing has kept holds every law, the dear ones too: `fuzz/corpus`, a folder for each target.
#![cfg(feature = "formats")]

mod common;

#[path = "common/allocator.rs"]
mod allocator;
#[path = "common/same.rs"]
mod same;
#[path = "common/targets.rs"]
mod targets;

use common::{assert_blank_lines_are_nothing, assert_laws, assert_sound};

#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

#[test]
fn kept_inputs_hold_every_law() {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus"));
    let mut count = 0;
    for target in targets::TARGETS {
        for entry in std::fs::read_dir(root.join(target)).unwrap_or_else(|e| panic!("{target}: {e}")) {
            let path = entry.unwrap().path();
            let data = std::fs::read(&path).unwrap();
            let held = std::panic::catch_unwind(|| targets::run(target, &data, true));
            assert!(held.is_ok(), "{}", path.display());
            count += 1;
        }
    }
    println!("{count} inputs");
    assert!(count >= 50, "the corpus is there");
}
