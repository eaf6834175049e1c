// A ticket: the server's signature on a key that it has never seen (RFC 9474).
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { fromBase64, toBase64 } from './bytes.js';
import { newSecret, publicKey } from './signing.js';

const suite = RSABSSA.SHA384.PSS.Deterministic();

export class TicketWrong extends Error {}

// What is to be kept before it is sent: if the answer is lost, the same blinded key gets the same signature.
export async function newRequest(ballot) {
  const secret = newSecret();
  const key = publicKey(secret);
  const { blindedMsg, inv } = await suite.blind(await signer(ballot), key);
  return { key: toBase64(key), secret: toBase64(secret), blinded: toBase64(blindedMsg), inverse: toBase64(inv) };
}

// Unblinds what the server signed and checks that it is a ticket of this ballot.
export async function ticketFrom(ballot, request, blindSignature) {
  const { key, secret } = request;
  try {
    const signed = [fromBase64(blindSignature), fromBase64(request.inverse)];
    return { key, secret, token: toBase64(await suite.finalize(await signer(ballot), fromBase64(key), ...signed)) };
  } catch {
    throw new TicketWrong('the signature is not one of this ballot');
  }
}

// Whether the key belongs to the secret, and the token to this key and this ballot.
export async function isTicket(ballot, { key, secret, token }) {
  try {
    if (toBase64(publicKey(fromBase64(secret))) !== key) return false;
    return await suite.verify(await signer(ballot), fromBase64(token), fromBase64(key));
  } catch {
    return false;
  }
}

function signer(ballot) {
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  return crypto.subtle.importKey('spki', fromBase64(ballot.ticket_key), algorithm, true, ['verify']);
}
