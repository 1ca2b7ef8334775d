//! Labels: 责任单位, 牵头责任部门, 完成时限.

use crate::ResponsibilityRole as Role;
use crate::lexicon::duties::DUTIES;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Announces {
    /// Units that play a part.
    Units(Role),
    /// A date.
    Deadline,
}

/// The label that `text` ends with: where it begins and what it announces.
pub(crate) fn at_end(text: &str) -> Option<(usize, Announces)> {
    let words = &*DUTIES;
    let deadline = words.time.label.end(text);
    if deadline > 0 {
        return Some((text.len() - deadline, Announces::Deadline));
    }
    let noun = words.roles.label_noun.end(text);
    let person = words.roles.label_person.end(text);
    if noun.max(person) > 0 {
        let of_noun = composed(text, noun);
        if let Some((at, role)) = of_noun.or_else(|| composed(text, person)) {
            let role = if noun < person || of_noun.is_none() { Role::Person } else { role };
            return Some((at, Announces::Units(role)));
        }
    }
    let alone = words.roles.label_alone.end(text);
    let at = text.len() - alone;
    // Without its noun a label has to stand alone: 依法追究刑事责任： is none.
    (alone > 0 && at == 0).then(|| (0, Announces::Units(part_of(text).unwrap_or(Role::Responsible))))
}

/// The pieces before a noun of `noun` bytes.
fn composed(text: &str, noun: usize) -> Option<(usize, Role)> {
    if noun == 0 {
        return None;
    }
    let words = &*DUTIES;
    let mut at = text.len() - noun;
    // 责任人 and 负责人 are nouns that say the part themselves.
    let mut role = part_of(&text[at..]);
    loop {
        let head = &text[..at];
        let piece = words.label.iter().map(|(_, w)| w.end(head)).max().unwrap_or(0).max(words.roles.label_filler.end(head));
        if piece == 0 {
            break;
        }
        at -= piece;
    }
    role = part_of(&text[at..]).or(role);
    // 任务 and 组织 may well end the sentence before.
    role.map(|role| (at, role))
}

/// The part that the pieces of a label name.
fn part_of(label: &str) -> Option<Role> {
    // 牵头责任单位 leads; 监督责任单位 supervises.
    DUTIES.label.iter().find(|(_, words)| words.find(label).is_some()).map(|(role, _)| *role)
}

/// Whether a label may open a list on a line of its own: 责任单位： does, 主办单位： heads an event.
pub(crate) fn opens_line(label: &str) -> bool {
    DUTIES.roles.label_line.start(label) > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use Announces::{Deadline, Units};

    #[test]
    fn labels() {
        for (text, at, what) in [
            ("责任单位", "责任单位", Units(Role::Responsible)),
            ("牵头责任单位", "牵头责任单位", Units(Role::Lead)),
            ("牵头考核单位", "牵头考核单位", Units(Role::Lead)),
            ("配合部门", "配合部门", Units(Role::Support)),
            ("落实单位", "落实单位", Units(Role::Responsible)),
            ("责任任部门", "责任任部门", Units(Role::Responsible)),
            ("主要责任单位", "主要责任单位", Units(Role::Responsible)),
            ("属地责任", "属地责任", Units(Role::Responsible)),
            ("督办单位", "督办单位", Units(Role::Supervise)),
            ("责任领导", "责任领导", Units(Role::Person)),
            ("责任人", "责任人", Units(Role::Person)),
            ("牵头领导", "牵头领导", Units(Role::Person)),
            ("牵头落实单位", "牵头落实单位", Units(Role::Lead)),
            ("主办", "主办", Units(Role::Lead)),
            ("完成时限", "完成时限", Deadline),
            ("市财政局完成时限", "完成时限", Deadline),
            ("市财政局配合单位", "配合单位", Units(Role::Support)),
        ] {
            let found = at_end(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&text[found.0..], found.1), (at, what), "{text}");
        }
        for text in ["责任编辑", "监督电话", "依法追究刑事责任", "主管部门", "联系人", "发布时间", "项目负责人名单", ""] {
            assert_eq!(at_end(text), None, "{text}");
        }
    }
}
