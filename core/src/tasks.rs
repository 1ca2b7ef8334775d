//! Which section is the task that a responsibility list belongs to?

use crate::{Document, MarkerStyle, SectionId};

/// Settles lists that stand on a line of their own below numbered details: where a document's other lists
/// show that its tasks are of one family, such a list belongs to the task, not to the last detail.
pub(crate) fn settle(doc: &mut Document<'_>) {
    let style_of = |id: SectionId| doc.sections[id.index()].marker.style;
    let mut counts = [0usize; 12];
    let mut total = 0;
    for id in doc.responsibilities.iter().filter_map(|r| r.section) {
        counts[style_of(id) as usize] += 1;
        total += 1;
    }
    let Some(common) = MarkerStyle::ALL.iter().copied().max_by_key(|s| counts[*s as usize]) else { return };
    if total < 4 || counts[common as usize] * 4 < total * 3 {
        return;
    }
    let settled: Vec<Option<SectionId>> = doc
        .responsibilities
        .iter()
        .map(|r| {
            let id = r.section?;
            let own_line = doc.paragraphs.binary_search_by_key(&r.span.start, |p| p.span.start).is_ok();
            let task = doc.section(id).ancestors().find(|s| s.row.marker.style == common);
            if own_line && style_of(id) != common { task.map(|s| s.id) } else { None }
        })
        .collect();
    for (row, task) in doc.responsibilities.iter_mut().zip(settled) {
        if task.is_some() {
            row.section = task;
        }
    }
}
