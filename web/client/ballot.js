import './ballot.css';
import { countDown } from './ballot/countdown.js';

// Each page fetches its own part; the cryptography comes when somebody takes a ticket.
const PAGES = {
  vote: async (root) => new (await import('./ballot/vote_page.js')).VotePage(root),
  survey: async (root) => new (await import('./ballot/survey_page.js')).SurveyPage(root),
  receipt: async (root) => new (await import('./ballot/receipt_page.js')).ReceiptPage(root),
};

countDown();
const root = document.querySelector('[data-ballot-page]');
if (root) PAGES[root.dataset.ballotPage](root).then((page) => page.start());
