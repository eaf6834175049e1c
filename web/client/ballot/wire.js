// The two calls of a voter. The ticket is asked for with the login; the vote goes without cookie, login and referrer.
const PATIENCE = 20_000; // ms
const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504]);

// The server has said no; `code` is that of its problem.
export class Refused extends Error {
  constructor(code, status) {
    super(code);
    this.code = code;
    this.status = status;
  }
}

// No answer, or none of ours: whether the server has got it is unknown, so the same must be sent again.
export class Unanswered extends Error {}

export async function ticketCall(base, ballotId, blinded, login = {}) {
  const options = { credentials: 'same-origin', headers: login };
  return (await call(`${base}/ballots/${ballotId}/tickets`, { blinded }, options)).blind_signature;
}

export function voteCall(base, ballotId, vote) {
  const { key, token, sealed, proof } = vote;
  const options = { credentials: 'omit', referrerPolicy: 'no-referrer' };
  return call(`${base}/ballots/${ballotId}/votes`, { key, token, sealed, proof }, options);
}

async function call(address, body, { headers = {}, ...options }) {
  const { response, answer } = await answered(address, {
    ...options,
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers },
    cache: 'no-store', redirect: 'error',
  });
  if (response.ok) return answer;
  if (RETRIED.has(response.status) || answer.code === 'busy' || !answer.code) throw new Unanswered(`${response.status}`);
  throw new Refused(answer.code, response.status);
}

async function answered(address, options) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(address, { ...options, signal: patience.signal });
    return { response, answer: await response.json() };
  } catch (why) {
    throw new Unanswered(String(why));
  } finally {
    clearTimeout(timer);
  }
}
