import { Group } from '@bpmn-io/properties-panel';
import { isAny } from 'bpmn-js/lib/util/ModelUtil';
import { tasksOf } from '../bundle.js';
import { say } from '../words.js';
import { choice, ofProperty, words, yesNo } from './entries.jsx';
import { groupsEntry } from './groups_picker.jsx';
import { isOffered } from './kinds.js';

// Who does it, and who else must not be the same person.
export function peopleGroup(element, draft, standing) {
  const isTask = isAny(element, ['bpmn:UserTask', 'bpmn:ManualTask']);
  if (!isTask && !isOffered(element)) return null;
  const entries = [groupsEntry, ...standing];
  if (!isAny(element, ['bpmn:ManualTask'])) {
    entries.push(choice({
      id: 'four_eyes', label: say('四眼：须与谁不是同一人'), place: ofProperty('four_eyes'),
      options: () => tasksOf(draft).filter(({ id }) => id !== element.id).map(({ id, name }) => ({ value: id, label: `${name}（${id}）` })),
    }));
  }
  if (isAny(element, ['bpmn:UserTask'])) entries.push(...rights());
  if (isOffered(element)) entries.push(words({ id: 'offered_when', label: say('何时可以发起（FEEL）'), place: ofProperty('offered_when') }));
  return { id: 'people', label: say('办理人与四眼'), component: Group, shouldOpen: true, entries };
}

function rights() {
  return [
    yesNo('may_return', say('能否退回'), say('可以退回：办理的一方能把案件退回；不可退回：机关也不能。'), [
      { value: 'true', label: say('可以退回') }, { value: 'false', label: say('不可退回') }]),
    yesNo('may_cosign', say('能否会签'), null, [{ value: 'false', label: say('不可请他人会签') }]),
    yesNo('irreversible', say('能否退到这一步之前'), null, [
      { value: 'true', label: say('办完后不能再退到之前') }, { value: 'false', label: say('可以退到之前') }]),
    words({ id: 'on_the_spot', label: say('谁可以请对方当场确认（FEEL）'), place: ofProperty('on_the_spot') }),
  ];
}
