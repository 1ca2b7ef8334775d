// A document from the numbers that `src/border.rs` writes, field by field in the same order.

/** @param {Int32Array} numbers @param {string} text the text that was parsed */
export function documentFrom(numbers, text) {
  const [words, units] = numbers;
  const more = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(new Uint16Array(numbers.buffer, numbers.byteOffset + 4 * words, units));
  const source = text + more;
  /** Strings behind the text, each made once. */
  const known = [];
  let at = 2;

  const number = () => numbers[at++];
  const id = () => {
    const n = numbers[at++];
    return n < 0 ? null : n;
  };
  const code = () => {
    const number = numbers[at++];
    return number < 0 ? null : String(number);
  };
  const place = () => [numbers[at++], numbers[at++]];
  const string = () => {
    const start = numbers[at++];
    const end = numbers[at++];
    if (start < text.length) return source.slice(start, end);
    // An empty string has no place of its own.
    return start === end ? "" : (known[start - text.length] ??= source.slice(start, end));
  };
  const maybe = (read) => (numbers[at++] ? read() : null);
  const list = (read) => {
    const rows = new Array(numbers[at++]);
    for (let i = 0; i < rows.length; i++) rows[i] = read(i);
    return rows;
  };
  const date = () => {
    const n = numbers[at++];
    if (n < 0) return null;
    const digits = String(n).padStart(8, "0");
    return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  };
  const bits = new Int32Array(2);
  const double = new Float64Array(bits.buffer);
  const value = () => {
    bits[0] = numbers[at++];
    bits[1] = numbers[at++];
    return double[0];
  };
  const named = () => ({ text: string(), span: place() });
  const marker = () => ({ text: string(), style: string(), number: number(), span: place() });
  const change = () => {
    const change = { kind: string() };
    // They belong to one kind of change only.
    for (const end of ["from", "to"]) if (number()) change[end] = value();
    change.basis = maybe(string);
    return change;
  };

  return {
    schema: string(),
    offset_encoding: string(),
    text: null,
    kind: string(),
    title: maybe(named),
    issuer: maybe(named),
    place: maybe(named),
    place_code: code(),
    year: id(),
    metadata: list(() => ({ key: string(), label: string(), value: string(), date: date(), span: place() })),
    sections: list((i) => ({
      id: i, parent: id(), level: number(), path: string(), marker: maybe(marker),
      heading: maybe(() => ({ text: string(), span: place(), form: string() })), role: string(), span: place(),
    })),
    paragraphs: list((i) => ({ id: i, section: id(), span: place(), topic: maybe(named) })),
    items: list((i) => ({ id: i, paragraph: number(), section: id(), marker: marker(), span: place() })),
    metrics: list((i) => ({
      id: i, section: id(), span: place(), text: string(), value: value(), value_high: maybe(value), unit: string(),
      dimension: string(), bound: string(), subject: list(string), subject_spans: list(place), modality: string(),
      per: maybe(string), change: maybe(change), part_of: id(), period: maybe(() => ({ from: date(), to: date() })),
    })),
    responsibilities: list((i) => ({
      id: i, section: id(), span: place(), role: string(), label: string(),
      units: list(() => ({ name: string(), span: place() })), manner: maybe(string), deadline: id(),
    })),
    deadlines: list((i) => ({ id: i, section: id(), span: place(), text: string(), kind: string(), date: date(), every: maybe(string) })),
    references: list((i) => ({
      id: i, section: id(), span: place(), title: maybe(string),
      number: maybe(() => ({ text: string(), agency: string(), year: number(), serial: number(), span: place() })),
    })),
    tables: list((i) => ({ id: i, section: id(), span: place(), rows: list(() => ({ header: number() === 1, cells: list(named) })) })),
    attachments: list(named),
    signature: maybe(() => ({ issuer: maybe(string), date: date(), span: place() })),
    boilerplate: list(place),
    diagnostics: list(() => ({
      code: string(), severity: string(), message: string(), message_zh: string(), span: place(), related: maybe(place),
    })),
  };
}
