import { Group } from '@bpmn-io/properties-panel';
import { kit } from '../kit.js';
import { isEnglish } from '../served.js';
import { named, say } from '../words.js';
import { choice, feel, ofProperty, words, yesNo } from './entries.jsx';
import { takesClock } from './kinds.js';
import { property } from './settings.js';

const UNITS = {
  workday: () => say('个工作日'), calendar_day: () => say('日'), month: () => say('个月'), hour: () => say('小时'),
};
const FOUNDED = { 'FROM-MEMORY': () => say('条文待核'), PROPOSAL: () => say('本市自定，待确认') };

function amount(rule) {
  if (rule.value === null || rule.value === undefined) return '';
  const unit = UNITS[rule.unit]?.() ?? rule.unit ?? '';
  return isEnglish ? `${rule.value} ${unit}` : `${rule.value}${unit}`;
}

function described(element) {
  const rule = kit.rules.find(({ id }) => id === property(element, 'clock'));
  if (!rule) return null;
  return [amount(rule), rule.article, FOUNDED[rule.status]?.()].filter(Boolean).join(' · ');
}

// The deadline by law: which rule, from when, and what becomes of it when the case comes back.
export function clockGroup(element) {
  if (!takesClock(element)) return null;
  const options = () => kit.rules.filter(({ kind }) => kind === 'clock')
    .map((rule) => ({ value: rule.id, label: [named(rule), amount(rule)].filter(Boolean).join(' · ') }));
  const entries = [choice({ id: 'clock', label: say('期限规则'), place: ofProperty('clock'), options, description: described })];
  if (property(element, 'clock')) {
    entries.push(
      feel({ id: 'clock_start', label: say('从哪天起算（FEEL，默认今天）'), place: ofProperty('clock_start') }),
      words({ id: 'clock_variable', label: say('到期日写入变量'), place: ofProperty('clock_variable') }),
      yesNo('on_return', say('案件退回到这里时'), null, [
        { value: 'continue', label: say('期限接着算') }, { value: 'restart', label: say('期限重新算') }]),
    );
  }
  return { id: 'city-clock', label: say('期限'), component: Group, shouldOpen: Boolean(property(element, 'clock')), entries };
}
