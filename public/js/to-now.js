/** A day that is opened is opened at the present: what is over is scrolled away, within the timetable alone. */
export function toNow() {
  const now = document.querySelector('.timetable-now')
  const card = now?.closest('.timetable-card')
  if (!card || location.hash || card.scrollTop) return
  const head = card.querySelector('thead').offsetHeight
  card.scrollTop += now.getBoundingClientRect().top - card.getBoundingClientRect().top - head - card.clientHeight / 8
}
