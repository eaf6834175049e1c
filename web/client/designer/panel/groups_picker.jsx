/** @jsxImportSource @bpmn-io/properties-panel/preact */
import { useService } from 'bpmn-js-properties-panel';
import { diagramsOf } from '../bundle.js';
import { kit } from '../kit.js';
import { named, say } from '../words.js';
import { ofAttribute } from './entries.jsx';
import { Edit } from './settings.js';

const place = ofAttribute('zeebe:AssignmentDefinition', 'candidateGroups');
const rolesOf = (draft) => new Set(diagramsOf(draft).flatMap(({ roles }) => roles));
const listed = (text) => text.split(',').map((one) => one.trim()).filter(Boolean);

// Groups are chosen, not typed; what is written as an expression is shown as it is.
function GroupsPicker({ element, id }) {
  const [injector, draft] = [useService('injector'), useService('config.draft')];
  const written = place.read(element);
  const write = (value) => {
    const edit = new Edit(injector, element);
    place.write(edit, value);
    edit.done();
  };
  if (written.startsWith('=')) return <p class="panel-note"><code>{written}</code></p>;
  const chosen = listed(written);
  const roles = kit.roles.filter(({ id: role }) => rolesOf(draft).has(role));
  const known = new Map([...roles, ...kit.groups].map((group) => [group.id, named(group)]));
  const options = (all) => all.filter((group) => !chosen.includes(group.id)).map((group) => <option key={group.id} value={group.id}>{named(group)}</option>);
  return (
    <div class="bio-properties-panel-entry" data-entry-id={id}>
      <label class="bio-properties-panel-label" for="panel-groups">{say('办理组')}</label>
      <ul class="panel-chosen">
        {chosen.map((group) => (
          <li key={group}>{known.get(group) ?? say('{id}（未知）', { id: group })}
            <button type="button" aria-label={say('去掉{name}', { name: known.get(group) ?? group })} onClick={() => write(chosen.filter((one) => one !== group).join(', '))}>×</button>
          </li>
        ))}
      </ul>
      <select id="panel-groups" name="groups" class="bio-properties-panel-input" value="" onChange={(event) => write([...chosen, event.target.value].join(', '))}>
        <option value="">{chosen.length ? say('再加一个组…') : say('选择办理组…')}</option>
        {roles.length > 0 && <optgroup label={say('本流程的角色')}>{options(roles)}</optgroup>}
        <optgroup label={say('用户组')}>{options(kit.groups)}</optgroup>
      </select>
    </div>
  );
}

export const groupsEntry = { id: 'candidateGroups', component: GroupsPicker, isEdited: () => false };
