// The state in the address: where one looks, never what is written there. Samples have names of their own;
// of a reader's own files not even the name goes in.

const FIELDS = { view: /^(doc|all)$/, doc: /^\d{1,4}$/, tab: /^(metrics|matrix|deadlines|diagnostics)$/, sel: /^[a-z]{1,20}\.\d{1,8}$/, sort: /^[a-z]{1,12}\.(asc|desc)$/, lang: /^(zh|en)$/, samples: /^[\w.-]{1,60}(,[\w.-]{1,60}){0,40}$/ };

export function readLink(hash = location.hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = {};
  for (const [name, form] of Object.entries(FIELDS)) {
    const value = given.get(name);
    if (value !== null && form.test(value)) state[name] = value;
  }
  return state;
}

export function writeLink(state) {
  const out = new URLSearchParams();
  for (const [name, form] of Object.entries(FIELDS)) {
    const value = state[name];
    if (value !== undefined && value !== null && form.test(String(value))) out.set(name, String(value));
  }
  const hash = out.toString().replaceAll("%2C", ",");
  if (hash !== location.hash.replace(/^#/, "")) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}
