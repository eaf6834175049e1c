import { root } from './served.js';

const KEPT = 'tongban.designer.mode';
const LASTING = ['draw', 'configure'];

// 画图 has the whole width, 配置 the settings beside it, 模拟 plays tokens; 试运行 stands among them and is a page of its own.
// Gives the function that enters one.
export function startModes(changed) {
  const buttons = [...root.querySelectorAll('[data-mode-choice]')];
  const enter = (mode) => {
    root.dataset.mode = mode;
    buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.modeChoice === mode)));
    try { if (LASTING.includes(mode)) localStorage.setItem(KEPT, mode); } catch { /* storage is switched off */ }
    changed(mode);
  };
  buttons.forEach((button) => button.addEventListener('click', () => enter(button.dataset.modeChoice)));
  let kept = null;
  try { kept = localStorage.getItem(KEPT); } catch { /* storage is switched off */ }
  enter(LASTING.includes(kept) ? kept : 'configure');
  return enter;
}
