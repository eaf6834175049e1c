// Calls of /api/v1; what the server refuses is a Refusal, a line that is down is the TypeError of fetch.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || String(status));
    this.status = status;
    this.problem = problem;
  }
}

const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, '0')).join('');

export async function call(method, path, body, { signal, isSafe = method === 'GET' } = {}) {
  const headers = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang };
  if (body) headers['Content-Type'] = 'application/json';
  if (!isSafe) headers['Idempotency-Key'] = freshKey();
  const answer = await fetch(`/api/v1${path}`, {
    method, headers, signal, body: body && JSON.stringify(body), credentials: 'same-origin',
  });
  const said = answer.status === 204 ? null : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, said || {});
  return said;
}
