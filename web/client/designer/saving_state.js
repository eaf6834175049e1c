import { made } from './made.js';
import { part } from './served.js';
import { say } from './words.js';

// The states of saving in words, and what can be done about a conflict.
const WORDS = {
  saved: () => say('已保存'),
  saving: () => say('正在保存…'),
  unsaved: () => say('未保存'),
  offline: () => say('未保存 · 离线，已留在本机'),
  conflict: () => say('未保存 · 有人先保存了'),
  refused: () => say('未能保存'),
};

export function tellState(draft) {
  const place = part('state');
  const show = () => {
    place.dataset.state = draft.state;
    place.textContent = draft.mayEdit ? WORDS[draft.state]() : say('只读');
    if (draft.state === 'conflict') offer(draft);
    if (draft.state === 'refused') complain(draft.reason);
  };
  draft.addEventListener('state', show);
  show();
}

function bar(...children) {
  const place = part('notice');
  place.replaceChildren(...children);
  place.hidden = false;
  return place;
}

export function note(words) {
  bar(made('span', {}, words), made('button', { type: 'button', class: 'btn btn-sm', click: () => { part('notice').hidden = true; } }, say('知道了')));
}

function complain(problem) {
  const details = (problem.problems || []).map((one) => one.message || one.detail || one.text).filter(Boolean);
  note([problem.detail || problem.title || say('未能保存'), ...details].join(' '));
}

function offer(draft) {
  const who = draft.reason.saved_by || '';
  const theirs = async () => { await draft.takeTheirs(); window.location.reload(); };
  const mine = async (event) => {
    event.target.disabled = true;
    try {
      window.location.assign(`/designer/drafts/${await draft.keepMineAsCopy()}`);
    } catch {
      event.target.disabled = false;
      note(say('副本没有存成，你的修改还在这个页面上。'));
    }
  };
  bar(
    made('strong', {}, say('{who}先保存了这份草稿，你的修改还没有存进去。', { who })),
    made('button', { type: 'button', class: 'btn btn-sm btn-primary', click: mine }, say('把我的存为副本')),
    made('button', { type: 'button', class: 'btn btn-sm', click: theirs }, say('放弃我的，用对方的')),
  ).focus();
}
