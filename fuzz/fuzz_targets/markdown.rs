//! The target `markdown` of `core/tests/common/targets.rs`, with the grammar's changes beside those of libFuzzer.
#![no_main]

gongwen_fuzz::target!("markdown");
