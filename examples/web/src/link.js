// The state in the address: where one looks, never what is written there. Samples have names of their own;
// of a reader's own files not even the name goes in, only digits by which the same text is known again.

const FIELDS = {
  view: /^(doc|all|home)$/, doc: /^\d{1,4}$/, part: /^(files|metrics|tasks|compare|search)$/, tab: /^(metrics|tasks|matrix|deadlines|references|diagnostics)$/,
  sel: /^[a-z]{1,20}\.\d{1,8}$/, sort: /^[a-z]{1,12}\.(asc|desc)$/, lang: /^(zh|en)$/, text: /^[0-9a-f]{16}$/, samples: /^[\w.-]{1,60}(,[\w.-]{1,60}){0,40}$/,
};

export function readLink(hash = location.hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = {};
  for (const [name, form] of Object.entries(FIELDS)) {
    const value = given.get(name);
    if (value !== null && form.test(value)) state[name] = value;
  }
  return state;
}

/** The address's part for a state. */
export function hashOf(state) {
  const out = new URLSearchParams();
  for (const [name, form] of Object.entries(FIELDS)) {
    const value = state[name];
    if (value !== undefined && value !== null && form.test(String(value))) out.set(name, String(value));
  }
  return out.toString().replaceAll("%2C", ",");
}

/** Writes the state; `step` makes it a step that the back button undoes. */
export function writeLink(state, step = false) {
  const hash = hashOf(state);
  if (hash === location.hash.replace(/^#/, "")) return;
  history[step ? "pushState" : "replaceState"](null, "", hash ? `#${hash}` : location.pathname + location.search);
}
