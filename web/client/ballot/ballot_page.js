// What the page of the vote and that of the receipt share: which view fits what this device keeps, and how it goes on.
import { copied, download } from './handing_out.js';
import { Kept } from './kept.js';
import { missing } from './support.js';
import { Views } from './views.js';
import { CastBefore, ReceiptWrong, Voter } from './voter.js';
import { Refused, Unanswered } from './wire.js';

const AGAIN = 15_000; // ms until a vote that waits is sent again by itself
const REFUSED = { already_cast: 'used', ballot_not_open: 'late', ballot_not_found: 'late' };

export class BallotPage extends Views {
  constructor(root) {
    super(root);
    this.ballot = JSON.parse(root.dataset.ballot);
    this.timer = 0;
  }

  start() {
    this.show('starting');
    const lack = missing();
    if (lack) {
      this.show(lack);
      return;
    }
    this.kept = new Kept(localStorage, this.ballot, this.root.dataset.voter);
    this.voter = new Voter(this.ballot, this.kept);
    this.listen(this.acts());
    window.addEventListener('storage', (event) => { if (event.key === this.kept.place) this.wake(); });
    window.addEventListener('pageshow', (event) => { if (event.persisted) this.goOn(); });
    window.addEventListener('online', () => this.wake());
    this.goOn();
  }

  // Another window of this browser has gone on, or the connection is back.
  wake() {
    if (this.current !== 'sending' && this.current !== 'taking') this.goOn();
  }

  goOn() {
    const { stage } = this.kept;
    if (stage === 'receipt') this.showReceipt();
    else if (stage === 'vote') this.deliver();
    else if (stage === 'refused') this.show(REFUSED[this.kept.read().refused] || 'late');
    else this.showStage(stage);
  }

  acts() {
    return {
      deliver: () => this.deliver(),
      save: () => this.save(),
      copy: () => this.copy(),
      print: () => window.print(),
      wipe: (button) => this.wipe(button),
    };
  }

  deliver() {
    return this.send(() => this.voter.deliver());
  }

  // Until there is a receipt, or a refusal; an answer that is lost is asked for again.
  async send(cast) {
    if (this.current === 'sending') return;
    clearTimeout(this.timer);
    this.show('sending');
    try {
      await cast();
      this.showReceipt();
    } catch (why) {
      this.failed(why);
    }
  }

  failed(why) {
    if (this.kept.stage === 'receipt') {
      this.showReceipt(); // another window was answered meanwhile
    } else if (why instanceof Unanswered && this.kept.stage === 'vote') {
      this.show('vote');
      this.timer = setTimeout(() => this.goOn(), AGAIN);
    } else if (why instanceof ReceiptWrong) {
      this.show('unsure');
    } else if (why instanceof CastBefore) {
      this.show('used');
    } else {
      this.write('[data-code]', why instanceof Refused ? why.code : String(why));
      this.show(REFUSED[why.code] || 'broken');
    }
  }

  showReceipt() {
    const { number, entry, signature } = this.kept.read().receipt;
    for (const step of document.querySelectorAll('.ballot-steps li')) step.removeAttribute('aria-current');
    document.querySelector('.ballot-steps li:last-child')?.setAttribute('aria-current', 'step');
    this.write('[data-receipt-number]', grouped(number));
    this.write('[data-receipt-entry]', grouped(entry));
    this.write('[data-receipt-signature]', grouped(signature));
    this.show('receipt');
  }

  save() {
    const { receipt } = this.kept.read();
    if (receipt) download(`receipt-${this.ballot.id}.json`, receiptFile(this.ballot, receipt));
    else download(`ticket-${this.ballot.id}.json`, this.kept.asFile());
  }

  async copy() {
    const { receipt } = this.kept.read();
    const text = receipt ? receipt.number : this.kept.asFile();
    const isCopied = await copied(text);
    this.note('said', isCopied ? 'copied' : 'not-copied');
    for (const place of this.all('[data-ticket-text]')) {
      place.value = isCopied ? '' : text;
      place.hidden = isCopied;
    }
  }

  wipe(button) {
    if (!window.confirm(button.dataset.confirmWipe)) return;
    this.kept.wipe();
    this.goOn();
  }
}

export const grouped = (hex) => hex.match(/.{1,4}/g).join(' ');

function receiptFile(ballot, receipt) {
  return JSON.stringify({ format: 'tongban-receipt/1', ballot: ballot.id, title: ballot.title, ...receipt }, null, 2);
}
