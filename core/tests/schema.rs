//! The published JSON Schema is the one that the types of `gongwen::json` give, and what is written fits it.
//!
//! `GONGWEN_UPDATE=1 cargo test -p gongwen --features schema --test schema` writes it anew.

#![cfg(feature = "schema")]

use gongwen::json::Form;
use gongwen::{Code, OffsetEncoding};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The schema, with what the types cannot say: fixed words, and how dates look.
fn generated() -> Value {
    let root = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Form<'static>>();
    let mut schema = serde_json::to_value(root).unwrap();
    schema["title"] = json!("gongwen/1");
    schema["properties"]["schema"] = json!({ "const": gongwen::json::SCHEMA });
    schema["properties"]["offset_encoding"] = json!({ "enum": ["utf-8", "utf-16", "utf-32"], "description": "The unit of every offset." });
    let finding = &mut schema["$defs"]["Finding"]["properties"];
    finding["severity"] = json!({ "enum": ["info", "warning", "error"] });
    let codes: Vec<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
    // Later versions may know more codes.
    finding["code"] = json!({ "type": "string", "examples": codes });
    for (row, field) in [("Metadata", "date"), ("Deadline", "date"), ("Signature", "date"), ("Period", "from"), ("Period", "to")] {
        schema["$defs"][row]["properties"][field]["pattern"] = json!("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    }
    schema
}

fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/gongwen-1.schema.json")
}

#[test]
fn the_published_schema_is_in_step() {
    let text = format!("{}\n", serde_json::to_string_pretty(&generated()).unwrap());
    if std::env::var_os("GONGWEN_UPDATE").is_some() {
        std::fs::write(published(), &text).unwrap();
    }
    let kept = std::fs::read_to_string(published()).unwrap();
    assert!(kept == text, "spec/gongwen-1.schema.json is not what the types say; GONGWEN_UPDATE=1 writes it anew");
}

#[test]
fn what_is_written_fits_and_comes_back() {
    let schema = generated();
    let mut read = 0;
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/reports")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let doc = gongwen::parse(&text);
        for encoding in [OffsetEncoding::Utf8, OffsetEncoding::Utf16, OffsetEncoding::Utf32] {
            let written = doc.to_json(encoding);
            let value: Value = serde_json::from_str(&written).unwrap();
            if let Err(why) = fits(&schema, &schema, &value) {
                panic!("{}: {why}", path.display());
            }
            let form: Form<'_> = serde_json::from_str(&written).unwrap();
            // `==` and not text: 1/3 has more digits in the document than in a file.
            assert_eq!(serde_json::to_string(&form).unwrap(), written, "{}", path.display());
        }
        read += 1;
    }
    assert!(read >= 6);
}

#[test]
fn what_is_wrong_does_not_fit() {
    let schema = generated();
    let good: Value = serde_json::from_str(&gongwen::parse("一、总体情况\n全年学法4次。\n").to_json(OffsetEncoding::Utf8)).unwrap();
    fits(&schema, &schema, &good).unwrap();
    let spoil = |change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        fits(&schema, &schema, &bad).unwrap_err()
    };
    spoil(&|v| v["schema"] = json!("gongwen/2"));
    spoil(&|v| v["kind"] = json!("novel"));
    spoil(&|v| v["extra"] = json!(1));
    spoil(&|v| drop(v.as_object_mut().unwrap().remove("items")));
    spoil(&|v| v["metrics"][0]["span"] = json!([1]));
    spoil(&|v| v["metrics"][0]["value"] = json!("4"));
    spoil(&|v| v["sections"][0]["level"] = json!(-1));
    spoil(&|v| v["sections"][0]["heading"]["form"] = json!(null));
}

/// Whether a value fits: the part of JSON Schema that our schema uses. A word it does not know is a fault of the
/// test, not of the value. (A whole validator is run on the same files by scripts/test.sh.)
fn fits(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let Some(words) = schema.as_object() else {
        return if *schema == json!(true) { Ok(()) } else { Err(format!("{schema} allows nothing")) };
    };
    let fail = |word: &str| Err(format!("{value} against {word} of {schema}"));
    for (word, rule) in words {
        let ok = match word.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" | "examples" | "default" => true,
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                fits(root, &root["$defs"][name], value).map(|()| true)?
            }
            "type" => match rule {
                Value::Array(all) => all.iter().any(|t| is(t, value)),
                one => is(one, value),
            },
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "anyOf" => rule.as_array().unwrap().iter().any(|s| fits(root, s, value).is_ok()),
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|a| a.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|a| a.len() as u64 <= rule.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|s| s.parse::<gongwen::Date>().is_ok()),
            "required" => value.as_object().is_none_or(|o| rule.as_array().unwrap().iter().all(|k| o.contains_key(k.as_str().unwrap()))),
            "additionalProperties" => {
                let known = words["properties"].as_object().unwrap();
                *rule == json!(false) && value.as_object().is_none_or(|o| o.keys().all(|k| known.contains_key(k)))
            }
            "properties" => {
                for (key, inner) in rule.as_object().unwrap() {
                    if let Some(found) = value.get(key) {
                        fits(root, inner, found)?;
                    }
                }
                true
            }
            "items" => {
                for found in value.as_array().into_iter().flatten() {
                    fits(root, rule, found)?;
                }
                true
            }
            "prefixItems" => {
                for (inner, found) in rule.as_array().unwrap().iter().zip(value.as_array().into_iter().flatten()) {
                    fits(root, inner, found)?;
                }
                true
            }
            other => panic!("the schema uses {other:?}, which this test does not know"),
        };
        if !ok {
            return fail(word);
        }
    }
    Ok(())
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other}"),
    }
}
