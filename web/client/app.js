import '@tabler/core/dist/css/tabler.min.css';
import './theme.css';
import './shell.css';
import './lists.css';
import './case.css';
import './forms.css';
import './dialog.css';
import './cosigning.css';
import './keys.css';
import './designer.css';
import './review.css';
import './migration.css';
import './trial.css';
import './people.css';
import './expert.css';
import './negotiation.css';
import './closing.css';
import './requests.css';
import './board.css';
import './spot.css';
import './fingers.css';
import htmx from 'htmx.org';
import './photos.js';
import './morph.js';
import './page.js';
import './keys.js';
import './forms.js';
import './find.js';
import './drop.js';

import './sending.js';
import './copying.js';
import './spot.js';
import './ballot/waiting.js';
import './mentions.js';
import './dialog.js';
import './tabs.js';
import './negotiation.js';

// everything here is comfort: links and forms do the same without it
document.documentElement.classList.add('has-script');
htmx.config.allowEval = false; // strict content security policy
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages name people and wages: nothing of them stays in the browser's storage
// a refused form comes back as 422 with the problems in it
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..', swap: true },
  { code: '422', swap: true },
  { code: '[45]..', swap: false, error: true },
];

// which button sent a form: htmx knows those inside of it only
document.addEventListener('htmx:configRequest', (event) => {
  const { formData, triggeringEvent } = event.detail;
  const button = triggeringEvent?.submitter;
  if (button?.name && !formData.has(button.name)) formData.append(button.name, button.value);
});

// a fragment request that fails (session over, gone, server error) shows the whole page that says so
document.addEventListener('htmx:responseError', (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 401) window.location.reload();
  else document.querySelector('#trouble')?.removeAttribute('hidden');
});
document.addEventListener('htmx:sendError', () => document.querySelector('#offline')?.removeAttribute('hidden'));
document.addEventListener('htmx:afterRequest', (event) => {
  if (!event.detail.successful) return;
  for (const id of ['offline', 'trouble']) document.getElementById(id)?.setAttribute('hidden', '');
});

// parts of a page that other scripts have put in
document.addEventListener('tongban:swapped', (event) => htmx.process(event.detail));
document.addEventListener('htmx:afterSwap', (event) => { event.detail.target.hidden = false; });
