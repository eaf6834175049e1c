import english from './english.js';
import { isEnglish } from './served.js';

export const missing = new Set(); // words without a translation: a test wants it empty

// `say('第 {n} 步', { n: 3 })`; the Chinese words are the key
export function say(words, gaps = {}) {
  let said = words;
  if (isEnglish) {
    if (!(words in english)) missing.add(words);
    said = english[words] ?? words;
  }
  return said.replace(/{(\w+)}/g, (gap, name) => (name in gaps ? gaps[name] : gap));
}

// `name` is Chinese, `name_en` English where there is one
export const named = (thing) => (isEnglish && thing.name_en) || thing.name || thing.id || '';
