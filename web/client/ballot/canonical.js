// One spelling for every JSON value (docs/audit.md, section 2). A board has whole numbers only.

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return spelt(value);
  const fields = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${fields.join(',')}}`;
}

function spelt(value) {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError('a number that is not whole');
  return JSON.stringify(value);
}
