/**
 * The week on a calendar, by the clinics' wall clocks: times are handed over as they are written there, and a drop is
 * counted from them, so that the browser's zone has no say. A drop changes nothing: it leads to the page that asks.
 */
function showWeek(box, { days, today, from, until, hidden, visits, slots, icons }) {
  const visitOf = event => visits.find(({ id }) => id === event.id)
  globalThis.EventCalendar.create(box, {
    view: 'timeGridWeek',
    timeZone: 'UTC',
    date: days[0].date,
    // The package only knows the day it is where the browser is.
    highlightedDates: [today],
    theme: theme => ({ ...theme, today: 'calendar-elsewhere-today' }),
    firstDay: 1,
    hiddenDays: hidden,
    headerToolbar: { start: '', center: '', end: '' },
    allDaySlot: false,
    slotMinTime: from,
    slotMaxTime: until,
    slotDuration: '00:30',
    slotLabelInterval: '01:00',
    slotHeight: 64,
    snapDuration: '00:05',
    slotEventOverlap: false,
    editable: true,
    eventDurationEditable: false,
    dayHeaderFormat: date => days.find(day => Number(day.date.slice(8)) === date.getDate()).label,
    slotLabelFormat: date => `${String(date.getHours()).padStart(2, '0')}:00`,
    events: [...slots.map(free), ...visits.map(taken)],
    eventContent: ({ event }) => (event.display === 'background' ? '' : { domNodes: [link(visitOf(event), icons)] }),
    eventDrop({ event, delta, revert }) {
      revert()
      const visit = visitOf(event)
      location.assign(`${visit.move}?${new URLSearchParams(choice(slots, visit, delta))}`)
    }
  })
  box.querySelector('.ec-highlight')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  // It calls itself a table and has not all that belongs to one. Each visit says its day itself.
  for (const part of box.querySelectorAll('[role]'))
    for (const name of ['role', 'aria-colindex', 'aria-rowindex']) part.removeAttribute(name)
}

const free = ({ start, end }) => ({ start, end, display: 'background' })

const taken = ({ id, start, end, tone, move }) => ({
  ...{ id, start, end, classNames: [`tone-${tone}`], startEditable: Boolean(move) }
})

/** The day of a drop, and the free time that is on then: at the visit's own clinic if there is one. */
function choice(slots, { start: before, clinicId }, { days, seconds }) {
  const dropped = new Date(Date.parse(`${before}Z`) + (days * 86_400 + seconds) * 1000).toISOString().slice(0, 16)
  const then = slots.filter(({ start, end }) => start <= dropped && dropped < end)
  const slot = then.find(each => each.clinicId === clinicId) ?? then[0]
  return { date: dropped.slice(0, 10), ...(slot && { timeslotId: slot.id }) }
}

/** Two lines: a visit of twenty minutes has no room for more. */
function link({ href, day, time, name, status, icon, place }, icons) {
  const when = [element('span', 'visually-hidden', day), ' ', element('strong', '', time)]
  const how = [drawn(`${icons}#${icon}`), element('span', 'calendar-who', [status, place].filter(Boolean).join(' · '))]
  const lines = [element('span', 'calendar-who', ...when, ' ', name), ' ', element('span', 'calendar-how', ...how)]
  return Object.assign(element('a', 'calendar-visit', ...lines), { href, title: name, draggable: false })
}

function element(name, className, ...children) {
  const made = Object.assign(document.createElement(name), { className })
  made.append(...children)
  return made
}

function drawn(href) {
  const [icon, use] = ['svg', 'use'].map(name => document.createElementNS('http://www.w3.org/2000/svg', name))
  icon.setAttribute('class', 'icon')
  icon.setAttribute('aria-hidden', 'true')
  use.setAttribute('href', href)
  icon.append(use)
  return icon
}

const box = document.querySelector('[data-calendar]')
showWeek(box, JSON.parse(box.dataset.calendar))
