import { Draft } from './draft.js';
import { note, tellState } from './saving_state.js';
import { isNarrow, root, served } from './served.js';
import { say } from './words.js';

// A page over one file of the draft: it is saved before another page is opened.
export async function startFile() {
  const draft = new Draft(isNarrow ? { ...served, may_edit: false } : served);
  const isRecovered = await draft.recover();
  tellState(draft);
  if (isRecovered && draft.state !== 'conflict') note(say('上次没有存进去的修改已经找回。'));
  root.querySelector('[data-back]').addEventListener('click', async (event) => {
    if (!draft.changed.size) return;
    event.preventDefault();
    await draft.save();
    if (draft.state === 'saved') window.location.assign(event.target.closest('a').href);
    else note(say('还没有保存，先不离开这一页。'));
  });
  return { draft, path: root.dataset.file };
}
