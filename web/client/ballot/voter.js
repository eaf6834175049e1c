// A voter's own computer: takes a ticket, seals the choice, casts, and keeps what it needs to go on after any break.
import { alone } from './kept.js';
import { Refused, Unanswered, ticketCall, voteCall } from './wire.js';

const PAUSES = [1000, 2000, 4000, 8000]; // ms between the tries of one delivery
const FINAL = new Set(['already_cast', 'ballot_not_open', 'ballot_not_found']);

export class ReceiptWrong extends Error {}
export class CastBefore extends Error {}
export class NoTicket extends Error {}

export class Voter {
  constructor(ballot, kept, { base = '/api/v1', login = {}, pauses = PAUSES } = {}) {
    Object.assign(this, { ballot, kept, base, login, pauses });
  }

  // The cryptography, all at once: who has a ticket can seal and check although the connection is lost by then.
  async prepare() {
    try {
      const [ticket, vote] = await Promise.all([import('./ticket.js'), import('./vote.js')]);
      return { ...ticket, ...vote };
    } catch (why) {
      throw /fetch|import|load/i.test(why.message) ? new Unanswered(why.message) : why; // not there, or it does not run
    }
  }

  // One ticket a person: the request is kept before it leaves, so that a lost answer can be asked for again.
  async takeTicket() {
    const request = await alone(this.kept.place, () => this.#request());
    if (!request) return;
    const { ticketFrom } = await this.prepare();
    const ticket = await ticketFrom(this.ballot, request, await this.#signed(request));
    if (this.kept.stage === 'request') this.kept.write({ ticket });
  }

  // Seals the choice and sends it. Throws CastBefore when this ticket was used here before: the first vote stands.
  async cast(answers) {
    await alone(this.kept.place, async () => {
      const { ticket } = this.kept.read();
      if (this.kept.stage !== 'ticket') throw new CastBefore();
      const { sealedVote } = await this.prepare();
      const vote = await sealedVote(this.ballot, ticket, answers);
      if (this.kept.stage !== 'ticket') throw new CastBefore(); // another window was faster
      this.kept.write({ ticket, vote, receipt_key: this.ballot.receipt_key }); // enough to send it from anywhere
    });
    return this.deliver();
  }

  // Sends the vote that waits here, the same bytes as before: two windows that do it at once do no harm.
  async deliver() {
    const { vote, receipt: known } = this.kept.read();
    if (known) return known;
    if (!vote) throw new NoTicket();
    const receipt = await this.#answered(vote);
    const { isReceiptOf } = await this.prepare();
    if (!(await isReceiptOf(this.ballot, vote, receipt))) throw new ReceiptWrong();
    const { number, entry, signature } = receipt;
    this.kept.write({ receipt: { number, entry, signature } });
    return this.kept.read().receipt;
  }

  // Goes on with a ticket from a file.
  async load(text) {
    const { ticket, vote } = this.kept.fromFile(text);
    const { isTicket } = await this.prepare();
    if (!(await isTicket(this.ballot, ticket))) throw new NoTicket();
    await alone(this.kept.place, async () => {
      if (['vote', 'receipt'].includes(this.kept.stage)) throw new CastBefore();
      this.kept.write(vote ? { ticket, vote, receipt_key: this.ballot.receipt_key } : { ticket });
    });
  }

  // What was asked for before, or a new one; nothing when there is a ticket or more.
  async #request() {
    if (['ticket', 'vote', 'receipt'].includes(this.kept.stage)) return null;
    const known = this.kept.read().request;
    if (known) return known;
    const { newRequest } = await this.prepare();
    const made = await newRequest(this.ballot);
    if (this.kept.stage === 'nothing') this.kept.write({ request: made });
    return this.kept.read().request || null; // another window may have been faster
  }

  async #signed({ blinded }) {
    try {
      return await this.#persistently(() => ticketCall(this.base, this.ballot.id, blinded, this.login));
    } catch (why) {
      // this request will never be signed
      if (why instanceof Refused && why.status !== 401 && this.kept.stage === 'request') this.kept.wipe();
      throw why;
    }
  }

  async #answered(vote) {
    try {
      return await this.#persistently(() => voteCall(this.base, this.ballot.id, vote));
    } catch (why) {
      if (why instanceof Refused && this.kept.stage === 'vote') this.kept.write(this.#after(why));
      throw why;
    }
  }

  // A refused vote is not in the box: nothing more can be done with the ticket, or it may be sealed anew.
  #after({ code }) {
    return FINAL.has(code) ? { refused: code } : { ticket: this.kept.read().ticket };
  }

  async #persistently(send) {
    for (const pause of this.pauses) {
      try {
        return await send();
      } catch (why) {
        if (!(why instanceof Unanswered)) throw why;
        await new Promise((go) => { setTimeout(go, pause * (0.75 + Math.random() / 2)); });
      }
    }
    return send();
  }
}
