// A Vite plugin: the editor of expressions completes names of several words, so that after `and cat` it looks for "and cat".
// Names of this dialect are one word, in any script. The package is pinned; a text that is found nowhere any more fails the build.
const TEXTS = [
  ['context.matchBefore(/\\w[\\w ]*$/)', 'null'],
  ['validFor = /^[\\w ]*$/', 'validFor = /^[\\p{L}\\p{N}_]*$/u'],
];

export function oneWordNames({ from }) {
  return {
    name: 'one-word-names',
    enforce: 'pre',
    transform: {
      filter: { id: from },
      handler(code) {
        const gone = TEXTS.filter(([text]) => !code.includes(text));
        if (gone.length) this.error(`the editor of expressions has this no more: ${gone.map(([text]) => text).join(', ')}`);
        return { code: TEXTS.reduce((changed, [text, better]) => changed.replaceAll(text, better), code), map: null };
      },
    },
  };
}
