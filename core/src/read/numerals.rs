//! Numbers as lists show them.

/// 1 → 一, 12 → 十二, 120 → 一百二十. Beyond 99 999 in digits.
pub(crate) fn chinese(n: u32) -> String {
    const UNITS: [&str; 5] = ["", "十", "百", "千", "万"];
    if n == 0 || n > 99_999 {
        return digits(n);
    }
    let figures: Vec<u32> = n.to_string().bytes().map(|b| u32::from(b - b'0')).collect();
    let mut out = String::new();
    let mut gap = false;
    for (i, f) in figures.iter().enumerate() {
        let unit = UNITS[figures.len() - 1 - i];
        if *f == 0 {
            gap = true;
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // 十二, not 一十二, but 一百一十二.
        if !(*f == 1 && unit == "十" && out.is_empty()) {
            out.push(digit(*f));
        }
        out.push_str(unit);
    }
    out
}

/// 105 → 一〇五.
pub(crate) fn digits(n: u32) -> String {
    n.to_string().bytes().map(|b| digit(u32::from(b - b'0'))).collect()
}

fn digit(n: u32) -> char {
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'][n as usize % 10]
}

/// 12 → 壹拾贰, as on cheques.
pub(crate) fn formal(n: u32) -> String {
    chinese(n)
        .chars()
        .map(|c| match c {
            '一' => '壹',
            '二' => '贰',
            '三' => '叁',
            '四' => '肆',
            '五' => '伍',
            '六' => '陆',
            '七' => '柒',
            '八' => '捌',
            '九' => '玖',
            '十' => '拾',
            '百' => '佰',
            '千' => '仟',
            c => c,
        })
        .collect()
}

/// 1 → a, 27 → aa (Word doubles the letter, it does not count in base 26).
pub(crate) fn letters(n: u32, first: char) -> String {
    let n = n.max(1) - 1;
    let letter = char::from_u32(first as u32 + n % 26).unwrap_or(first);
    std::iter::repeat_n(letter, (n as usize / 26 + 1).min(20)).collect()
}

/// 4 → IV.
pub(crate) fn roman(mut n: u32) -> String {
    const STEPS: [(u32, &str); 13] =
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    if n == 0 || n > 9999 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, sign) in STEPS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// 3 → ③; beyond 50, where there is no such character, in brackets.
pub(crate) fn circled(n: u32) -> String {
    match n {
        0 => "⓪".to_owned(),
        1..=20 => one('①', n - 1),
        21..=35 => one('㉑', n - 21),
        36..=50 => one('㊱', n - 36),
        _ => format!("({n})"),
    }
}

/// The character `n` places after `first`.
pub(crate) fn one(first: char, n: u32) -> String {
    char::from_u32(first as u32 + n).unwrap_or(first).to_string()
}

/// From a cycle of signs: 甲乙丙丁…
pub(crate) fn cycle(n: u32, signs: &str) -> String {
    let len = signs.chars().count().max(1);
    signs.chars().nth((n.max(1) as usize - 1) % len).into_iter().collect()
}

/// 12 → １２.
pub(crate) fn full_width(n: u32) -> String {
    n.to_string().chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_written() {
        for (n, text) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (101, "一百零一"),
            (112, "一百一十二"),
            (1005, "一千零五"),
            (110, "一百一十"),
            (10_001, "一万零一"),
        ] {
            assert_eq!(chinese(n), text);
        }
        assert_eq!(digits(105), "一〇五");
        assert_eq!((roman(1994), letters(28, 'a'), circled(36)), ("MCMXCIV".into(), "bb".into(), "㊱".into()));
        assert_eq!((formal(12), cycle(11, "甲乙丙丁戊己庚辛壬癸"), full_width(12)), ("拾贰".into(), "甲".into(), "１２".into()));
    }
}
