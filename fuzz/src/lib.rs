//! What the programs here share: the laws of each target, which are those of the test suite, and inputs that get past
//! the first look of a reader.

#[path = "../../core/tests/common/allocator.rs"]
mod allocator;
#[path = "../../core/tests/common/mod.rs"]
mod common;
pub mod grammar;
#[path = "../../core/tests/common/same.rs"]
mod same;
#[path = "../../core/tests/common/targets.rs"]
mod targets;

/// The pieces of the grammar.
pub const PIECES: &[&str] = common::pieces::PIECES;
use common::{assert_blank_lines_are_nothing, assert_laws, assert_sound};
/// The targets.
pub const TARGETS: &[&str] = &targets::TARGETS;

#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

/// Asserts what must hold for an input; the dear laws on one input in sixteen.
pub fn run(target: &str, data: &[u8]) {
    targets::run(target, data, targets::is_chosen(data));
}

/// Asserts everything.
pub fn run_dear(target: &str, data: &[u8]) {
    targets::run(target, data, true);
}

/// A fuzz target of libFuzzer: its laws, and changes by the grammar half of the time.
#[cfg(feature = "libfuzzer")]
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::run($name, data));
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            let mut random = $crate::grammar::Random(u64::from(seed));
            if random.below(2) == 0 {
                return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
            }
            let other = $crate::grammar::generate($name, &mut random);
            let changed = $crate::grammar::mutate($name, &data[..size], &other, &mut random);
            let len = changed.len().min(max_size);
            data[..len].copy_from_slice(&changed[..len]);
            len
        });
    };
}
