// `made('button', { class: 'btn', click: act }, 'words', …)`: an element with attributes, listeners and children
export function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// an icon of the sprite that the page uses
export function icon(name) {
  const sprite = document.querySelector('svg.icon use')?.getAttribute('href').split('#')[0] ?? '';
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  drawn.setAttribute('class', 'icon icon-s');
  drawn.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `${sprite}#${name}`);
  drawn.append(use);
  return drawn;
}
