import './marks.css';

const MARKERS = ['is-done', 'is-current', 'is-failed'];

// Where tokens have been, are, and cannot go on. May be called again with another state: what was marked before is forgotten.
export function markTokens(viewer, { done, current, failed }) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const known = viewer.get('elementRegistry');
  overlays.remove({ type: 'token' });
  known.forEach((element) => MARKERS.forEach((marker) => canvas.removeMarker(element, marker)));
  const each = (ids, marker) => ids.filter((id) => known.get(id)).forEach((id) => canvas.addMarker(id, marker));
  each(done, 'is-done');
  each(current.map((token) => token.element_id), 'is-current');
  each(failed, 'is-failed');
  for (const { element_id: id, label } of current) {
    const element = known.get(id);
    if (!element || !label || element.children?.length) continue;
    const badge = document.createElement('div');
    badge.className = failed.includes(id) ? 'token-badge is-stuck' : 'token-badge';
    badge.textContent = label;
    overlays.add(id, 'token', { position: placeOf(element), html: badge });
  }
}

// on a flow in the middle of its last piece, where it comes to the step that waits
function placeOf(element) {
  if (!element.waypoints) return { top: -12, right: 16 };
  const [from, to] = element.waypoints.slice(-2);
  const left = Math.min(...element.waypoints.map(({ x }) => x));
  const top = Math.min(...element.waypoints.map(({ y }) => y));
  return { left: (from.x + to.x) / 2 - left - 8, top: (from.y + to.y) / 2 - top - 10 };
}
