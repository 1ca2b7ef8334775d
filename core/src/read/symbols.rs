//! Characters of the symbol fonts, the ones that documents use: bullets, boxes, ticks, arrows.

/// The character that stands for one of a symbol font; itself, where it is of none.
pub(crate) fn symbol(code: u32, font: &str) -> Option<char> {
    let low = code & 0xFF;
    let wingdings = font.starts_with("Wingdings");
    if !(0xF000..=0xF0FF).contains(&code) && !wingdings {
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    Some(match (wingdings, low) {
        (true, 0x6C) => '●',
        (true, 0x6E) => '■',
        (true, 0x75) => '◆',
        (true, 0xA8 | 0x6F) => '□',
        (true, 0x52 | 0xFE) => '☑',
        (true, 0xFC) => '✓',
        (true, 0xFB | 0xFD) => '✗',
        (true, 0xD8) => '➢',
        (true, 0xE0) => '→',
        (true, 0x81..=0x8A) => char::from_u32('①' as u32 + low - 0x81)?,
        (true, 0x8C..=0x95) => char::from_u32('❶' as u32 + low - 0x8C)?,
        (false, 0xB3) => '≥',
        (false, 0xA3) => '≤',
        (false, 0xB4) => '×',
        (false, 0xB1) => '±',
        (false, 0xB0) => '°',
        (false, 0x20..=0x7E) => char::from_u32(low)?,
        _ => '•',
    })
}
