import './designer/style_nonce.js';
import './designer/designer.css';
import { Draft } from './designer/draft.js';
import { note, tellState } from './designer/saving_state.js';
import { isNarrow, served } from './designer/served.js';
import { say } from './designer/words.js';

async function start() {
  const draft = new Draft(isNarrow ? { ...served, may_edit: false } : served);
  const isRecovered = await draft.recover();
  tellState(draft);
  if (isRecovered && draft.state !== 'conflict') note(say('上次没有存进去的修改已经找回。'));
  if (isNarrow) await (await import('./designer/reading.js')).startReading(draft);
  else await (await import('./designer/modelling.js')).startModelling(draft);
}

start();
