//! Batches as lines of CSV and JSON, for files and terminals.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use std::fmt::Write;

/// The batch as CSV, a line a row. Several values in a cell are divided by `|`; a missing one is empty.
pub(crate) fn csv(batch: &RecordBatch, header: bool, separator: &str) -> String {
    let mut out = String::new();
    if header {
        let schema = batch.schema();
        for (at, field) in schema.fields().iter().enumerate() {
            separate(&mut out, at, separator);
            quoted(&mut out, field.name(), separator);
        }
        out.push('\n');
    }
    let mut cell = String::new();
    for row in 0..batch.num_rows() {
        for (at, column) in batch.columns().iter().enumerate() {
            separate(&mut out, at, separator);
            cell.clear();
            plain(&mut cell, column, row);
            quoted(&mut out, &cell, separator);
        }
        out.push('\n');
    }
    out
}

/// The batch as JSON, an object a line; a missing value is null.
pub(crate) fn jsonl(batch: &RecordBatch) -> String {
    let schema = batch.schema();
    let keys: Vec<String> = schema.fields().iter().map(|f| format!("{}: ", serde_json::Value::from(f.name().as_str()))).collect();
    let mut out = String::new();
    for row in 0..batch.num_rows() {
        out.push('{');
        for (at, (key, column)) in keys.iter().zip(batch.columns()).enumerate() {
            separate(&mut out, at, ", ");
            out += key;
            json(&mut out, column, row);
        }
        out += "}\n";
    }
    out
}

/// The batch as a table of Markdown.
pub(crate) fn markdown(batch: &RecordBatch, header: bool) -> String {
    let mut out = String::new();
    let schema = batch.schema();
    if header {
        for field in schema.fields() {
            let _ = write!(out, "| {} ", escaped(field.name()));
        }
        out.push_str("|\n");
        out.push_str(&"| --- ".repeat(schema.fields().len()));
        out.push_str("|\n");
    }
    let mut cell = String::new();
    for row in 0..batch.num_rows() {
        for column in batch.columns() {
            cell.clear();
            plain(&mut cell, column, row);
            let _ = write!(out, "| {} ", escaped(&cell));
        }
        out.push_str("|\n");
    }
    out
}

fn escaped(cell: &str) -> String {
    let words: Vec<&str> = cell.split(['\n', '\r']).map(str::trim).filter(|w| !w.is_empty()).collect();
    words.join(" ").replace('\\', "\\\\").replace('|', "\\|").replace('<', "\\<")
}

/// How a cell is compared.
pub(crate) enum Test {
    Is(String),
    IsNot(String),
    Holds(String),
    Less(f64),
    AtMost(f64),
    More(f64),
    AtLeast(f64),
}

/// Which rows of a column pass. A cell of several values passes when one of them does; a missing one never does.
pub(crate) fn passing(column: &ArrayRef, test: &Test) -> Vec<bool> {
    let mut cell = String::new();
    (0..column.len()).map(|row| passes(column, row, test, &mut cell)).collect()
}

fn passes(column: &ArrayRef, row: usize, test: &Test, cell: &mut String) -> bool {
    if column.is_null(row) {
        return false;
    }
    if let (DataType::List(_), Test::Is(_) | Test::Holds(_)) = (column.data_type(), test) {
        let values = column.as_list::<i32>().value(row);
        return (0..values.len()).any(|at| passes(&values, at, test, cell));
    }
    cell.clear();
    plain(cell, column, row);
    let number = || cell.parse::<f64>().ok();
    match test {
        Test::Is(wanted) => cell == wanted || matches!((number(), wanted.parse::<f64>()), (Some(a), Ok(b)) if a == b),
        Test::IsNot(wanted) => cell != wanted,
        Test::Holds(wanted) => cell.contains(wanted.as_str()),
        Test::Less(limit) => number().is_some_and(|n| n < *limit),
        Test::AtMost(limit) => number().is_some_and(|n| n <= *limit),
        Test::More(limit) => number().is_some_and(|n| n > *limit),
        Test::AtLeast(limit) => number().is_some_and(|n| n >= *limit),
    }
}

fn separate(out: &mut String, at: usize, comma: &str) {
    if at > 0 {
        out.push_str(comma);
    }
}

fn quoted(out: &mut String, cell: &str, separator: &str) {
    if cell.contains(['"', '\n', '\r']) || cell.contains(separator) {
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(cell);
    }
}

fn string(column: &ArrayRef, row: usize) -> Option<&str> {
    matches!(column.data_type(), DataType::Utf8).then(|| column.as_string::<i32>().value(row))
}

/// A value as a cell of text.
pub(crate) fn plain(out: &mut String, column: &ArrayRef, row: usize) {
    if column.is_null(row) {
        return;
    }
    // Writing to a string does not fail.
    let _ = match column.data_type() {
        DataType::Utf8 => out.write_str(string(column, row).unwrap_or_default()),
        DataType::Int64 => write!(out, "{}", column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => write!(out, "{}", column.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => out.write_str(if column.as_boolean().value(row) { "True" } else { "False" }),
        DataType::Date32 => match crate::arrow::date(column.as_primitive::<Date32Type>().value(row)) {
            Some(day) => write!(out, "{day}"),
            None => Ok(()),
        },
        DataType::List(_) => {
            let values = column.as_list::<i32>().value(row);
            for at in 0..values.len() {
                separate(out, at, "|");
                plain(out, &values, at);
            }
            Ok(())
        }
        _ => Ok(()),
    };
}

fn json(out: &mut String, column: &ArrayRef, row: usize) {
    if column.is_null(row) {
        out.push_str("null");
        return;
    }
    match column.data_type() {
        DataType::Utf8 => {
            let _ = write!(out, "{}", serde_json::Value::from(string(column, row).unwrap_or_default()));
        }
        DataType::Float64 => {
            let value = column.as_primitive::<Float64Type>().value(row);
            if value.is_finite() { plain(out, column, row) } else { out.push_str("null") }
        }
        DataType::Int64 => plain(out, column, row),
        DataType::Boolean => out.push_str(if column.as_boolean().value(row) { "true" } else { "false" }),
        DataType::Date32 => {
            out.push('"');
            plain(out, column, row);
            out.push('"');
        }
        DataType::List(_) => {
            let values = column.as_list::<i32>().value(row);
            out.push('[');
            for at in 0..values.len() {
                separate(out, at, ", ");
                json(out, &values, at);
            }
            out.push(']');
        }
        _ => out.push_str("null"),
    }
}
