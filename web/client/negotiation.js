// A page that is not looked at asks for nothing; and who has begun to write says so to the others in the room.
document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.target.matches('[data-live]') && document.hidden) event.preventDefault();
});
document.addEventListener('input', (event) => {
  const flag = event.target.dataset.writes && document.querySelector(event.target.dataset.writes);
  if (flag) flag.value = '1';
});
