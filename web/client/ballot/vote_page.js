// The page of the vote: take a ticket, choose, look again, cast.
import { BallotPage } from './ballot_page.js';
import { Choices } from './choices.js';
import { NotATicketFile } from './kept.js';
import { CastBefore, NoTicket } from './voter.js';
import { Refused, Unanswered } from './wire.js';

export class VotePage extends BallotPage {
  constructor(root) {
    super(root);
    this.choices = new Choices(root);
    this.isAsked = false; // a ticket was asked for, and neither it nor a refusal has come
    // The browser's back button leads from the review to the choices, and never to a review without choices.
    window.addEventListener('popstate', () => { if (this.current === 'review') this.show('choose'); });
  }

  acts() {
    return {
      ...super.acts(),
      take: () => this.take(),
      bring: () => this.bring(),
      review: () => this.review(),
      change: () => window.history.back(),
      cast: () => this.cast(),
    };
  }

  showStage(stage) {
    if (stage === 'request' || (stage === 'nothing' && this.isAsked)) this.take();
    else if (stage === 'ticket') this.choose();
    else this.show(this.root.dataset.hasTicket === undefined ? 'nothing' : 'elsewhere');
  }

  choose() {
    this.voter.prepare().catch(() => {}); // what is not there yet is fetched when it is needed
    if (this.current !== 'choose' && this.current !== 'review') this.show('choose');
  }

  async take() {
    if (this.current === 'taking') return;
    clearTimeout(this.timer);
    this.isAsked = true;
    this.show('taking');
    await painted();
    try {
      await this.voter.takeTicket();
      this.isAsked = false;
      this.goOn();
    } catch (why) {
      this.isAsked = why instanceof Unanswered;
      this.notTaken(why);
    }
  }

  notTaken(why) {
    if (why instanceof Unanswered) {
      this.show('no-answer');
      this.timer = setTimeout(() => this.goOn(), 15_000);
    } else if (why.code === 'ticket_taken') {
      this.root.dataset.hasTicket = '';
      this.show('elsewhere');
    } else if (why instanceof Refused && why.status === 401) {
      window.location.assign(this.root.dataset.login);
    } else if (why instanceof Refused && why.code !== 'blinded_value_wrong') {
      window.location.reload(); // closed, aborted, or a paper was given out: the server's page says which
    } else {
      this.failed(why);
    }
  }

  async bring() {
    const places = [...this.all(`[data-view="${this.current}"] [data-bring]`)];
    const file = places.find((place) => place.dataset.bring === 'file').files[0];
    const text = file ? await file.text() : places.find((place) => place.dataset.bring === 'text').value;
    try {
      await this.voter.load(text);
    } catch (why) {
      if (!(why instanceof NotATicketFile || why instanceof NoTicket || why instanceof CastBefore)) throw why;
      for (const note of this.all('[data-wrong="ticket"]')) note.hidden = false;
      return;
    }
    for (const place of places) place.value = '';
    for (const note of this.all('[data-wrong="ticket"]')) note.hidden = true;
    this.goOn();
  }

  review() {
    const wrong = this.choices.firstWrong();
    if (wrong) {
      wrong.focus();
      return;
    }
    for (const [id, words] of this.choices.words()) this.write(`[data-review="${id}"]`, words.join('、'));
    window.history.pushState({ review: true }, '');
    this.show('review');
  }

  async cast() {
    await this.send(async () => {
      await painted();
      await this.voter.cast(this.choices.answers());
    });
    if (this.kept.stage !== 'ticket') this.choices.clear();
  }
}

// The work that follows keeps the browser busy: let it show first that something is being done.
function painted() {
  return new Promise((go) => { requestAnimationFrame(() => setTimeout(go)); });
}
