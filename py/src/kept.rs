//! Documents as they are kept in files: the JSON form with its text, and what the caller knew of each.

use crate::document::Document;
use crate::known::{Known, Value as Passed};
use gongwen::json::Form;
use gongwen::{Error, OffsetEncoding};
use serde_json::{Map, Value, json};

/// A document as a line: the form `gongwen/1` in `document`, beside it its name and what was told of it.
pub(crate) fn line(document: &Document) -> String {
    let doc = &document.doc;
    let mut form = doc.to_form(OffsetEncoding::Utf32);
    form.text = Some(doc.text().into());
    let known = document.known().map(|known| {
        let keep: Vec<Value> = known.keep.iter().map(|(name, value)| json!([name, value.as_ref().map(json_of)])).collect();
        json!({
            "title": known.title, "place": known.place, "published": known.published.map(|day| day.to_string()), "year": known.year,
            "url": known.url, "keep": keep,
        })
    });
    let head = json!({ "name": document.name, "known": known, "hinted": { "title": doc.hinted.title, "place": doc.hinted.place } });
    let head = head.to_string();
    format!("{},\"document\":{}}}", head.strip_suffix('}').unwrap_or(&head), form.to_json())
}

fn json_of(value: &Passed) -> Value {
    match value {
        Passed::Bool(b) => (*b).into(),
        Passed::Int(n) => (*n).into(),
        Passed::Float(n) => (*n).into(),
        Passed::Str(s) => s.as_str().into(),
    }
}

fn passed(value: &Value) -> Option<Passed> {
    match value {
        Value::Bool(b) => Some(Passed::Bool(*b)),
        Value::Number(n) => n.as_i64().map(Passed::Int).or_else(|| n.as_f64().map(Passed::Float)),
        Value::String(s) => Some(Passed::Str(s.clone())),
        _ => None,
    }
}

/// The document on a line, or of a JSON form alone. A name or text that is given goes before that of the line.
pub(crate) fn read(line: &str, text: Option<&str>, name: Option<String>) -> Result<Document, Error> {
    let wrong = |e: serde_json::Error| Error::Json(e.to_string());
    let mut object: Map<String, Value> = serde_json::from_str(line).map_err(wrong)?;
    let Some(form) = object.remove("document") else {
        let doc = Form::from_json(line)?.to_document(text)?;
        return Ok(Document::of_form(doc, name, None));
    };
    let form: Form<'static> = serde_json::from_value(form).map_err(wrong)?;
    let mut doc = form.to_document(text)?;
    let string = |object: &Value, key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let object = Value::Object(object);
    doc.hinted.title = object.get("hinted").and_then(|h| string(h, "title"));
    doc.hinted.place = object.get("hinted").and_then(|h| string(h, "place"));
    let known = object.get("known").filter(|k| k.is_object()).map(|known| {
        let keep = known.get("keep").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let pair = |pair: &Value| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1).and_then(passed)));
        Ok::<_, Error>(Known {
            title: string(known, "title"),
            place: string(known, "place"),
            published: string(known, "published").map(|day| day.parse()).transpose()?,
            year: known.get("year").and_then(Value::as_u64).and_then(|year| u16::try_from(year).ok()),
            url: string(known, "url"),
            keep: keep.iter().filter_map(pair).collect(),
        })
    });
    Ok(Document::of_form(doc, name.or_else(|| string(&object, "name")), known.transpose()?))
}
