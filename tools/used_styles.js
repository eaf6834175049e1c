// A PostCSS plugin: of a style sheet that somebody else wrote, the rules that no page of ours can ever need are left out.
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const SOURCES = new Set(['.html', '.js', '.py']);
const WORD = /[A-Za-z][\w-]*/g;
const NAME = /[.]((?:\\.|[\w-])+)|\[(data-bs-[\w-]+)/g;
// What stands in :not(), :is() and :where() does not have to be there for the rest to apply.
const CHOICE = /:(?:not|is|where)\((?:[^()]|\([^()]*\))*\)/g;

// `of` says of which file, by its path; `from` is the folder of all that can name a class.
export function usedStyles({ of, from, without = [] }) {
  let isUsed;
  return {
    postcssPlugin: 'used-styles',
    Once(sheet) {
      if (!of.test(sheet.source?.input.file ?? '')) return;
      isUsed ??= knownIn(from, without);
      sheet.walkRules((rule) => leaveOut(rule, isUsed));
      sheet.walkAtRules((rule) => { if (rule.nodes?.length === 0) rule.remove(); });
    },
  };
}

function leaveOut(rule, isUsed) {
  if (rule.parent.type === 'atrule' && rule.parent.name.endsWith('keyframes')) return;
  const kept = rule.selectors.filter((selector) => names(selector).every(isUsed));
  if (!kept.length) rule.remove();
  else if (kept.length < rule.selectors.length) rule.selectors = kept;
}

function names(selector) {
  return [...selector.replace(CHOICE, '').matchAll(NAME)].map(([, name, attribute]) => (name ?? attribute).replaceAll('\\', ''));
}

// Every word of the sources counts as a class; one that ends with a dash is the beginning of a class put together there.
function knownIn(folder, without) {
  const words = new Set(files(folder, without).flatMap((path) => readFileSync(path, 'utf8').match(WORD) ?? []));
  const beginnings = [...words].filter((word) => word.endsWith('-'));
  return (name) => words.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
}

function files(folder, without) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return without.includes(entry.name) ? [] : files(path, without);
    return SOURCES.has(extname(entry.name)) ? [path] : [];
  });
}
