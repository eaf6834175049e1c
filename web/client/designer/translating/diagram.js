import shipped from 'bpmn-js-i18n/translations/zn.js';
import shippedBpmn from 'bpmn-js-i18n-zh/lib/bpmn-js';
import shippedPanel from 'bpmn-js-i18n-zh/lib/properties-panel';
import shippedZeebe from 'bpmn-js-i18n-zh/lib/zeebe-properties-panel';
import { isEnglish } from '../served.js';
import { missing } from '../words.js';
import own from './diagram_words.js';

// Three dictionaries of others, then ours; our own labels are Chinese already.
const known = { ...shipped, ...shippedBpmn, ...shippedPanel, ...shippedZeebe, ...own };
const isChinese = /[\u4e00-\u9fff]/;

function lookedUp(words) {
  if (isEnglish || !words || isChinese.test(words)) return words;
  if (words in known) return known[words];
  if (/[a-z]/i.test(words)) missing.add(words);
  return words;
}

export function translate(template, gaps = {}) {
  return lookedUp(template).replace(/{([^}]+)}/g, (gap, name) => (name in gaps ? lookedUp(String(gaps[name])) : gap));
}

export default { translate: ['value', translate] };
