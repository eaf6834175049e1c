// What this device keeps of one voter's part in one ballot, until it is wiped. Never a choice that can be read.
//   request  asked for a ticket, no answer yet       ticket   may vote
//   vote     sealed and sent, no answer yet          receipt  in the box; all else is gone
//   refused  the vote was not taken, and why
import { KEPT } from './places.js';

const FORMAT = 'tongban-ticket/1';

export class NotATicketFile extends Error {}

export class Kept {
  constructor(storage, ballot, voter) {
    this.storage = storage;
    this.ballot = ballot;
    this.place = `${KEPT}${ballot.id}.${voter}`;
  }

  read() {
    try {
      return JSON.parse(this.storage.getItem(this.place)) || {};
    } catch {
      return {};
    }
  }

  write(record) {
    this.storage.setItem(this.place, JSON.stringify(record));
  }

  wipe() {
    this.storage.removeItem(this.place);
  }

  get stage() {
    const record = this.read();
    return ['receipt', 'refused', 'vote', 'ticket', 'request'].find((stage) => record[stage]) || 'nothing';
  }

  // A file for another device: the ticket, and the vote when it is sealed already.
  asFile() {
    const { ticket, vote } = this.read();
    return JSON.stringify({ format: FORMAT, ballot: this.ballot.id, title: this.ballot.title, ticket, vote });
  }

  // The ticket and the vote of such a file. Throws NotATicketFile, also for one of another ballot.
  fromFile(text) {
    const { format, ballot, ticket, vote } = parsed(text);
    if (format !== FORMAT || ballot !== this.ballot.id || !ticket) throw new NotATicketFile();
    return { ticket, vote };
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) || {};
  } catch {
    throw new NotATicketFile();
  }
}

// One window at a time, where the browser can do that; where it cannot, whoever writes looks once more before. Never
// while the server is asked: a window in the background, which browsers slow down, would keep the others waiting.
export function alone(name, work) {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(name, work) : work();
}
