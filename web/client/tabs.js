// Which tab of a case somebody looked at last, by person and process, on this device: links to such cases lead there.
// The server shows the overview of a case that has no such tab.
const read = (whose) => { try { return localStorage.getItem(`tongban.tab.${whose}`); } catch { return null; } };
const keep = (whose, tab) => { try { localStorage.setItem(`tongban.tab.${whose}`, tab); } catch { /* storage is switched off */ } };

function lead() {
  for (const link of document.querySelectorAll('a[data-tab-of]')) {
    const tab = read(link.dataset.tabOf);
    const address = new URL(link.href);
    if (!tab || tab === 'overview') address.searchParams.delete('tab');
    else address.searchParams.set('tab', tab);
    link.href = address.pathname + address.search;
  }
}

const tabs = document.querySelector('[data-tabs-of]');
if (tabs) keep(tabs.dataset.tabsOf, tabs.dataset.tab);
lead();
// more tabs than fit on a phone: the open one is in sight
for (const list of document.querySelectorAll('.tabs ul')) {
  const open = list.querySelector('[aria-current]');
  if (open) list.scrollLeft = open.offsetLeft - (list.clientWidth - open.offsetWidth) / 2;
}
document.addEventListener('htmx:afterSettle', lead);
window.addEventListener('pageshow', lead); // gone back to a list that the browser had kept
