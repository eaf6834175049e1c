import './worklist.css';
import './worklist-phone.css';
import './worklist/rows.js';
import './worklist/preview.js';
import './worklist/keys.js';
import './worklist/news.js';
import './worklist/toasts.js';
import './worklist/suggest.js';
import './worklist/order.js';
import './worklist/swipe.js';

// Everything here is comfort: links and forms do the same without it.
document.documentElement.classList.add('has-script');
