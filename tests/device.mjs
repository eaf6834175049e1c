// The voters' client in Node: one JSON command a line comes in, one answer a line goes out. Voters of one `storage`
// are windows of one browser. What the client throws comes back as { threw: its class or code }.
import { createInterface } from 'node:readline';
import { foundPaper, readBoard } from '../web/client/ballot/board.js';
import { canonical } from '../web/client/ballot/canonical.js';
import { Kept } from '../web/client/ballot/kept.js';
import { rootOf } from '../web/client/ballot/merkle.js';
import { isGenuineReceipt } from '../web/client/ballot/vote.js';
import { Voter } from '../web/client/ballot/voter.js';

const storages = new Map();

class Storage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
}

function storageOf(name) {
  if (!storages.has(name)) storages.set(name, new Storage());
  return storages.get(name);
}

function voterOf({ ballot, voter, storage, base, login }) {
  const kept = new Kept(storageOf(storage || voter), ballot, voter);
  return new Voter(ballot, kept, { base, login, pauses: [1, 1, 1] });
}

const acts = {
  take: (asked) => voterOf(asked).takeTicket(),
  cast: (asked) => voterOf(asked).cast(asked.answers),
  deliver: (asked) => voterOf(asked).deliver(),
  load: (asked) => voterOf(asked).load(asked.file),
  file: (asked) => voterOf(asked).kept.asFile(),
  kept: (asked) => voterOf(asked).kept.read(),
  keep: (asked) => voterOf(asked).kept.write(asked.record),
  together: (asked) => Promise.all(asked.acts.map(answerTo)),
  find: async ({ board, ballot, receipt }) => foundPaper(readBoard(board), ballot, receipt),
  genuine: ({ ballot, receipt }) => isGenuineReceipt(ballot, receipt),
  canonical: ({ value }) => canonical(value),
  root: ({ entries }) => rootOf(entries),
};

async function answerTo(asked) {
  try {
    return { gave: (await acts[asked.do](asked)) ?? null };
  } catch (why) {
    return { threw: why.code || why.constructor.name, said: String(why.stack) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line)))}\n`);
}
