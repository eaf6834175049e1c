// A Vite plugin: packages that have no translation of their own get Chinese words where they show text.
// Which language is spoken is decided when the page runs. The packages are pinned; a word that is found nowhere any more
// fails the build.
import { readFileSync } from 'node:fs';

const SHOWN = 'label|description|name|title|placeholder|children|text|header|tooltip|emptyListMessage|ariaLabel|"aria-label"|\'aria-label\'';
const quoted = (words) => words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');

export function chineseLiterals({ from, words }) {
  const known = JSON.parse(readFileSync(words, 'utf8'));
  const used = new Set();
  // words of several parts wherever they stand; single words only where something is shown
  const isLong = (word) => /[\s']/.test(word);
  const long = new RegExp(`(['"\`])(${quoted(Object.keys(known).filter(isLong))})\\1`, 'g');
  const short = new RegExp(`((?:${SHOWN})\\s*:\\s*|\\?\\?\\s*|\\|\\|\\s*|\\?\\s*|undefined : )(['"])(${quoted(Object.keys(known).filter((word) => !isLong(word)))})\\2`, 'g');
  const inChinese = (word, written) => {
    used.add(word);
    return `(document.documentElement.lang === 'en' ? ${written} : ${JSON.stringify(known[word])})`;
  };
  return {
    name: 'chinese-literals',
    enforce: 'pre',
    transform: {
      filter: { id: from },
      handler(code, id) {
        if (!/\.js(\?|$)/.test(id)) return undefined;
        const changed = code.replace(long, (all, quote, word) => inChinese(word, all)).replace(short, (all, before, quote, word) => before + inChinese(word, quote + word + quote));
        return { code: changed, map: null };
      },
    },
    buildEnd(failure) {
      const unused = Object.keys(known).filter((word) => !used.has(word));
      if (!failure && unused.length) this.error(`these words are in no package any more: ${unused.join(', ')}`);
    },
  };
}
