// Editors of expressions write their styles into the page; the policy lets them when they carry the page's nonce.
const nonce = document.querySelector('[data-style-nonce]')?.dataset.styleNonce;
const create = Document.prototype.createElement;

if (nonce) {
  Document.prototype.createElement = function createElement(name, options) {
    const element = create.call(this, name, options);
    if (String(name).toLowerCase() === 'style') element.nonce = nonce;
    return element;
  };
}
