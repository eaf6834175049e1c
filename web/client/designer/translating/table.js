import { isEnglish } from '../served.js';
import { missing } from '../words.js';
import known from './table_words.js';

function translate(template, gaps = {}) {
  if (!isEnglish && !(template in known) && /[a-z]/i.test(template)) missing.add(template);
  const words = isEnglish ? template : known[template] ?? template;
  return words.replace(/{([^}]+)}/g, (gap, name) => (name in gaps ? gaps[name] : gap));
}

export default { translate: ['value', translate] };
