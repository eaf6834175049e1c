import { root } from './served.js';

const KEPT = 'tongban.designer.mode';

// 画图 has the whole width, 配置 the settings beside it; 试运行 stands among them and is a page of its own.
export function startModes(changed) {
  const buttons = [...root.querySelectorAll('[data-mode-choice]')];
  const enter = (mode) => {
    root.dataset.mode = mode;
    buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.modeChoice === mode)));
    try { localStorage.setItem(KEPT, mode); } catch { /* storage is switched off */ }
    changed();
  };
  buttons.forEach((button) => button.addEventListener('click', () => enter(button.dataset.modeChoice)));
  let kept = null;
  try { kept = localStorage.getItem(KEPT); } catch { /* storage is switched off */ }
  enter(buttons.some((button) => button.dataset.modeChoice === kept) ? kept : 'configure');
}
