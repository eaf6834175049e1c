// What the page came with: the draft, its place in the document, the language.
export const root = document.querySelector('[data-designer]');
export const served = JSON.parse(document.querySelector('#draft-data').textContent);
export const isEnglish = document.documentElement.lang === 'en';
export const part = (name) => root.querySelector(`[data-part="${name}"]`);

// a page of this draft; files are named behind the question mark because their paths have slashes
export function pageOf(kind, path) {
  const here = `/designer/drafts/${encodeURIComponent(served.id)}`;
  return path ? `${here}/${kind}?file=${encodeURIComponent(path)}` : `${here}${kind ? `/${kind}` : ''}`;
}

// a narrow screen reads; drawing and writing need a desk
export const isNarrow = window.matchMedia('(max-width: 767.98px)').matches;
