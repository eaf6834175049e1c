const TIME = 500; // ms along a flow

export const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

// A dot goes along each of the flows; `stop` takes it away at once. Nothing moves for who does not want motion.
export function travel(viewer, flows) {
  const known = viewer.get('elementRegistry');
  const ways = isStill() ? [] : flows.map((id) => known.get(id)).filter((flow) => flow?.waypoints);
  const layer = viewer.get('canvas').getLayer('tokens', 10);
  const dots = ways.map((flow) => ({ flow, dot: dotIn(layer), length: lengthOf(flow.waypoints) }));
  let frame = 0;
  const stop = () => {
    cancelAnimationFrame(frame);
    dots.forEach(({ dot }) => dot.remove());
  };
  const arrived = new Promise((arrive) => {
    const begun = performance.now();
    const move = (now) => {
      const part = Math.min(1, (now - begun) / TIME);
      dots.forEach(({ flow, dot, length }) => put(dot, pointAt(flow.waypoints, length * part)));
      if (part < 1) frame = requestAnimationFrame(move);
      else arrive(stop());
    };
    if (dots.length) frame = requestAnimationFrame(move);
    else arrive();
  });
  return { arrived, stop };
}

function dotIn(layer) {
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  dot.setAttribute('class', 'travelling-token');
  dot.setAttribute('r', '8');
  dot.setAttribute('cx', '-9999');
  layer.append(dot);
  return dot;
}

function put(dot, { x, y }) {
  dot.setAttribute('cx', x);
  dot.setAttribute('cy', y);
}

const between = (one, other) => Math.hypot(other.x - one.x, other.y - one.y);
const lengthOf = (points) => points.slice(1).reduce((sum, point, n) => sum + between(points[n], point), 0);

function pointAt(points, distance) {
  let left = distance;
  for (let n = 1; n < points.length; n += 1) {
    const [from, to] = [points[n - 1], points[n]];
    const piece = between(from, to);
    if (left <= piece && piece) return { x: from.x + (to.x - from.x) * (left / piece), y: from.y + (to.y - from.y) * (left / piece) };
    left -= piece;
  }
  return points.at(-1);
}
