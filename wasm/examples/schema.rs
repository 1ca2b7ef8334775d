//! Prints the JSON Schema of what the core writes.

use schemars::generate::SchemaSettings;

fn main() {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<gongwen::json::Form<'static>>();
    println!("{}", serde_json::to_string_pretty(&schema).expect("a schema is JSON"));
}
