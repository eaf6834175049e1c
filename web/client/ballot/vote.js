// A vote: the choice sealed for the ballot, and the key's proof; then the receipt for it.
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { fromBase64, fromHex, joined, toBase64 } from './bytes.js';
import { entryOf, numberOf, proofMessage, receiptMessage, sealInfo, writtenChoice } from './format.js';
import { isSigned, sign } from './signing.js';

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm(),
});

// Nothing that this leaves behind opens the choice again: whoever finds the vote on the device learns nothing.
export async function sealedVote(ballot, ticket, answers) {
  const key = fromBase64(ticket.key);
  const sealed = await sealedChoice(ballot, key, answers);
  const proof = sign(fromBase64(ticket.secret), proofMessage(ballot.id, sealed));
  return { key: ticket.key, token: ticket.token, sealed: toBase64(sealed), proof: toBase64(proof) };
}

async function sealedChoice(ballot, key, answers) {
  const recipientPublicKey = await suite.kem.importKey('raw', fromBase64(ballot.seal_key), true);
  const wanted = { recipientPublicKey, info: sealInfo(ballot.id, key) };
  const { ct, enc } = await suite.seal(wanted, writtenChoice(ballot, answers));
  return joined(new Uint8Array(enc), new Uint8Array(ct));
}

// Whether this is the server's word for exactly this vote.
export async function isReceiptOf(ballot, vote, receipt) {
  const isNamed = receipt.number === (await numberOf(fromBase64(vote.key))) && receipt.entry === (await entryOf(vote));
  return isNamed && receipt.ballot_id === ballot.id && isGenuineReceipt(ballot, receipt);
}

export function isGenuineReceipt(ballot, { entry, signature }) {
  const isSpelt = /^[0-9a-f]{64}$/.test(entry) && /^[0-9a-f]{128}$/.test(signature);
  return isSpelt && isSigned(fromBase64(ballot.receipt_key), receiptMessage(ballot.id, entry), fromHex(signature));
}
