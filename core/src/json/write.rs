//! The form as text.
//!
//! serde_json could do it, a little slower (1.4 ms against 1.2 for 126 kB of reports). But it
//! prints doubles, some of them with exponents; the numbers here are decimals, and a decimal is its digits.

use super::{Change, Layer, Named, Number, Place};
use std::borrow::Cow;

/// What can be written as JSON.
pub(super) trait Write {
    fn write(&self, out: &mut String);

    /// Whether a field is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// An object under construction.
pub(super) struct Row<'o> {
    out: &'o mut String,
    empty: bool,
}

/// The name of a field as it stands before its value: `,"name":`.
macro_rules! key {
    ($name:expr) => {
        concat!(",\"", $name, "\":")
    };
}
pub(super) use key;

impl<'o> Row<'o> {
    pub(super) fn new(out: &'o mut String) -> Self {
        out.push('{');
        Row { out, empty: true }
    }

    /// Adds a field; its name is a [`key!`].
    pub(super) fn field(&mut self, key: &str, value: &dyn Write) {
        if value.is_absent() {
            return;
        }
        self.out.push_str(if self.empty { &key[1..] } else { key });
        self.empty = false;
        value.write(self.out);
    }

    pub(super) fn end(self) {
        self.out.push('}');
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Write> Write for Layer<T> {
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for (i, value) in self.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            value.write(out);
        }
        out.push(']');
    }
}

impl Write for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Write for u8 {
    fn write(&self, out: &mut String) {
        integer((*self).into(), out);
    }
}

impl Write for u16 {
    fn write(&self, out: &mut String) {
        integer((*self).into(), out);
    }
}

impl Write for u32 {
    fn write(&self, out: &mut String) {
        integer(*self, out);
    }
}

impl Write for Place {
    fn write(&self, out: &mut String) {
        let mut text = [b'['; 23];
        let last = text.len() - 1;
        text[last] = b']';
        let comma = decimal(self.1, &mut text[..last]) - 1;
        text[comma] = b',';
        let start = decimal(self.0, &mut text[..comma]) - 1;
        ascii(&text[start..], out);
    }
}

impl Write for str {
    fn write(&self, out: &mut String) {
        out.push('"');
        let mut rest = self;
        while let Some(at) = rest.as_bytes().iter().position(|b| matches!(b, 0..0x20 | b'"' | b'\\')) {
            out.push_str(&rest[..at]);
            let escaped = rest.as_bytes()[at];
            rest = &rest[at + 1..];
            match escaped {
                b'"' => out.push_str("\\\""),
                b'\\' => out.push_str("\\\\"),
                b'\n' => out.push_str("\\n"),
                b'\r' => out.push_str("\\r"),
                b'\t' => out.push_str("\\t"),
                0x08 => out.push_str("\\b"),
                0x0C => out.push_str("\\f"),
                b => {
                    out.push_str(if b < 0x10 { "\\u000" } else { "\\u001" });
                    out.extend(char::from_digit((b & 0xF).into(), 16));
                }
            }
        }
        out.push_str(rest);
        out.push('"');
    }
}

impl Write for Cow<'_, str> {
    fn write(&self, out: &mut String) {
        (**self).write(out);
    }
}

impl Write for Named<'_> {
    fn write(&self, out: &mut String) {
        let mut row = Row::new(out);
        row.field(key!("text"), &self.text);
        row.field(key!("span"), &self.span);
        row.end();
    }
}

impl Write for Change<'_> {
    fn write(&self, out: &mut String) {
        let mut row = Row::new(out);
        row.field(key!("kind"), &self.kind);
        // They belong to one kind of change only.
        for (key, value) in [(key!("from"), &self.from), (key!("to"), &self.to)] {
            if value.is_some() {
                row.field(key, value);
            }
        }
        row.field(key!("basis"), &self.basis);
        row.end();
    }
}

impl Write for Number {
    fn write(&self, out: &mut String) {
        if self.0.is_sign_negative() && !self.0.is_zero() {
            out.push('-');
        }
        let exact = self.0.normalize();
        let (mantissa, scale) = (exact.mantissa().unsigned_abs(), exact.scale());
        // Up to 15 digits a decimal is the shortest text that reads as the double nearest to it.
        if scale == 0 || mantissa < 10u128.pow(15) {
            digits(mantissa, scale, out);
        } else {
            let (mantissa, scale) = shortest(self.double().abs()).unwrap_or((mantissa, scale));
            digits(mantissa, scale, out);
        }
    }
}

fn integer(n: u32, out: &mut String) {
    let mut text = [0; 10];
    let start = decimal(n, &mut text);
    ascii(&text[start..], out);
}

/// Writes a number to the end of `text`, and tells where it starts there.
fn decimal(mut n: u32, text: &mut [u8]) -> usize {
    let mut at = text.len();
    loop {
        at -= 1;
        text[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            return at;
        }
    }
}

/// `n` with its last `scale` digits behind the point.
fn digits(mut n: u128, scale: u32, out: &mut String) {
    let mut text = [b'0'; 64];
    let mut at = text.len();
    // Nearly all numbers fit into 64 bits, where dividing is much cheaper.
    while n > u64::MAX.into() {
        at -= 1;
        text[at] += (n % 10) as u8;
        n /= 10;
    }
    let mut n = n as u64;
    while n > 0 {
        at -= 1;
        text[at] += (n % 10) as u8;
        n /= 10;
    }
    let point = text.len() - scale as usize;
    let start = at.min(point - 1);
    ascii(&text[start..point], out);
    if scale > 0 {
        out.push('.');
        ascii(&text[point..], out);
    }
}

fn ascii(text: &[u8], out: &mut String) {
    out.push_str(str::from_utf8(text).unwrap_or_default());
}

/// The double nearest to `m / d`, of two equally near the even one.
pub(super) fn nearest(m: u128, d: u128) -> f64 {
    let (mut quotient, mut rest) = (m / d, m % d);
    let mut exponent = 0u64;
    while quotient >> 54 == 0 && rest > 0 {
        rest <<= 1;
        quotient = quotient << 1 | u128::from(rest >= d);
        rest -= if rest >= d { d } else { 0 };
        exponent += 1;
    }
    // Two bits more than a double has, or it is exact: the lowest may stand for all that is cut off.
    let rounded = (quotient | u128::from(rest > 0)) as f64;
    rounded * f64::from_bits((1023 - exponent) << 52)
}

/// The shortest digits that read as `x`, and how many of them stand behind the point. None for a number so small
/// that it would need more than 22.
fn shortest(x: f64) -> Option<(u128, u32)> {
    let bits = x.to_bits();
    let (mantissa, exponent) = (u128::from(bits & ((1 << 52) - 1) | 1 << 52), (bits >> 52) as i32 - 1075);
    if exponent >= 0 {
        return Some((mantissa << exponent, 0));
    }
    (0..=22).find_map(|scale| {
        let ten = 10u128.pow(scale);
        let n = (mantissa * ten + (1 << (-exponent - 1))) >> -exponent;
        (nearest(n, ten) == x).then_some((n, scale))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn text(n: &str) -> String {
        let mut out = String::new();
        Number(n.parse().unwrap()).write(&mut out);
        out
    }

    #[test]
    fn a_decimal_is_its_digits() {
        for n in ["0", "3", "98.5", "-0.07", "12345.6789", "0.000012", "999999999999.999", "9223372036854775807"] {
            assert_eq!(text(n), n);
        }
        assert_eq!(text("98.50"), "98.5");
        assert_eq!(text("1200.00"), "1200");
        assert_eq!(text("-0"), "0");
    }

    #[test]
    fn long_fractions_are_the_doubles_next_to_them() {
        for (n, d) in [(1, 3), (2, 3), (10, 11), (22, 7), (1, 7_000), (9_999_999, 3), (1, 97)] {
            let n = Decimal::from(n) / Decimal::from(d);
            let double: f64 = n.to_string().parse().unwrap();
            assert_eq!(Number(n).double(), double);
            assert_eq!(text(&n.to_string()), double.to_string());
        }
    }

    #[test]
    fn numbers_are_rounded_as_the_standard_library_reads_them() {
        let mut seed = 7u64;
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let n = Decimal::from_i128_with_scale((i128::from(seed) << (seed >> 59)) >> (seed >> 58 & 31), (seed >> 8) as u32 % 29);
            assert_eq!(Number(n).double(), n.to_string().parse::<f64>().unwrap(), "{n}");
        }
    }
}
