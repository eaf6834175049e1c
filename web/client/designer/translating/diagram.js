import shipped from 'bpmn-js-i18n/translations/zn.js';
import shippedBpmn from 'bpmn-js-i18n-zh/lib/bpmn-js';
import shippedPanel from 'bpmn-js-i18n-zh/lib/properties-panel';
import shippedZeebe from 'bpmn-js-i18n-zh/lib/zeebe-properties-panel';
import { isEnglish } from '../served.js';
import { missing } from '../words.js';
import own from './diagram_words.js';

// Three dictionaries of others, then ours; our own labels are Chinese already.
const known = { ...shipped, ...shippedBpmn, ...shippedPanel, ...shippedZeebe, ...own };
const isOurs = /[\u4e00-\u9fff]/; // already Chinese

function lookedUp(words) {
  if (isEnglish || !words || isOurs.test(words)) return words;
  if (words in known) return known[words];
  if (/[a-z]/i.test(words)) missing.add(words);
  return words;
}

export function translate(template, gaps = {}) {
  return lookedUp(template).replace(/{([^}]+)}/g, (gap, name) => (name in gaps ? (!isEnglish && known[gaps[name]]) || gaps[name] : gap));
}

export default { translate: ['value', translate] };
