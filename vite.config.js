import { defineConfig } from 'vite';
import { chineseLiterals } from './tools/chinese_literals.js';
import { oneWordNames } from './tools/one_word_names.js';
import { usedStyles } from './tools/used_styles.js';

export default defineConfig({
  root: 'web/client',
  base: '/assets/build/',
  publicDir: false,
  plugins: [chineseLiterals({ from: /@bpmn-io\/form-js-(editor|viewer)\/dist/, words: 'web/client/designer/translating/form_words.json' }),
    chineseLiterals({ from: /@bpmn-io\/properties-panel\/dist\/index\.esm/, words: 'web/client/designer/translating/panel_words.json' }),
    oneWordNames({ from: /@bpmn-io\/feel-editor\/dist\/index/ })],
  css: { postcss: { plugins: [usedStyles({ of: /@tabler\/core/, from: 'web', without: ['static', 'translations'] })] } },
  build: {
    outDir: '../static/build',
    emptyOutDir: true,
    manifest: true,
    // the floor of office desktops and in-app browsers: Chromium 87, iOS 14.5
    target: ['chrome87', 'safari14.1'],
    rollupOptions: {
      input: { app: 'web/client/app.js', viewer: 'web/client/viewer.js', check: 'web/client/check.js', compare: 'web/client/compare.js',
        ballot: 'web/client/ballot.js',
        worklist: 'web/client/worklist.js', designer: 'web/client/designer.js', form_editor: 'web/client/form_editor.js', decisions: 'web/client/decisions.js' },
      checks: { eval: false }, // htmx holds one, which allowEval=false never reaches
    },
  },
});
