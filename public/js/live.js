import { renew } from './renew.js'

/** Between two looks, at least; and by how much the looks of all who hear the same are spread. */
const BETWEEN = 2000
const SPREAD = 700
const FIRST_RETRY = 5000
const LONGEST_RETRY = 60_000
/** How soon a part that was in use is tried again. */
const AGAIN = 1000

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

const itself = () => location.href.split('#')[0]

/**
 * Parts of the page marked `data-live` show what is, as soon as something happens: of the kinds the attribute names, or
 * of any. While the page is looked at it hears that something happened, asks for itself again, and takes over those
 * parts, and with them the parts marked `data-live-along`. A part with `data-live-at` is asked for at that address: it
 * stands on pages that are not to be asked for because of it. Nothing is read out and nothing moves the focus.
 */
export function livePage() {
  const source = document.body.dataset.liveSource
  const parts = [...document.querySelectorAll('[data-live]')]
  if (!source || parts.length === 0) return
  const placeOf = part => new URL(part.dataset.liveAt ?? itself(), location).href
  const kindsOf = part => (part.dataset.live || 'any').split(' ')
  const concerns = about => part => kindsOf(part).some(kind => kind === 'any' || about.includes(kind))
  const everywhere = () => new Set(parts.map(placeOf))

  let stream = null
  let isBehind = document.hidden
  let isOver = false
  let retry = FIRST_RETRY

  function open() {
    if (stream || isOver || document.hidden) return
    stream = new EventSource(source)
    stream.addEventListener('open', () => {
      retry = FIRST_RETRY
      if (isBehind) look()
      isBehind = true
    })
    stream.addEventListener('message', ({ data }) => {
      const { about, withinMs } = JSON.parse(data)
      const places = parts.filter(concerns(about)).map(placeOf)
      if (places.length) look(places, withinMs)
    })
    stream.addEventListener('over', stop)
    stream.addEventListener('error', () => stream?.readyState === EventSource.CLOSED && comeBack())
  }

  function close() {
    isBehind = true
    stream?.close()
    stream = null
  }

  function stop() {
    isOver = true
    close()
  }

  /** The browser has given up: refused for good, which a look will show, or a proxy whose server is being restarted. */
  async function comeBack() {
    close()
    await pause(retry * (0.5 + Math.random()))
    retry = Math.min(retry * 2, LONGEST_RETRY)
    await look()
    open()
  }

  const asked = new Set()
  let spread = SPREAD
  let isLooking = false

  async function look(places = everywhere(), withinMs = SPREAD) {
    for (const place of places) asked.add(place)
    spread = withinMs
    if (isLooking) return
    isLooking = true
    while (asked.size && !isOver && !document.hidden) {
      await pause(Math.random() * spread)
      const now = [...asked]
      asked.clear()
      for (const place of now) await ask(place)
      await pause(Math.max(BETWEEN, spread))
    }
    isLooking = false
  }

  async function ask(place) {
    const headers = { Accept: 'text/html', 'X-Refresh': 'live' }
    const answer = await fetch(place, { headers, redirect: 'manual', cache: 'no-store' }).catch(() => null)
    if (!answer || answer.status === 429 || answer.status >= 500) return
    if (!answer.ok) return stop()
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const own = parts.filter(part => placeOf(part) === place)
    const along = place === itself() ? document.querySelectorAll('[data-live-along]') : []
    show([...own, ...along].map(part => [part, page.getElementById(part.id)]))
  }

  const waiting = new Map()
  let showing = 0

  function show(pairs) {
    clearTimeout(showing)
    for (const [part, fresh] of pairs) waiting.set(part, fresh)
    for (const [part, fresh] of waiting) if (!fresh || renew(part, fresh.cloneNode(true))) waiting.delete(part)
    if (waiting.size) showing = setTimeout(show, AGAIN, [])
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  addEventListener('pagehide', close)
  addEventListener('pageshow', ({ persisted }) => persisted && open())
  open()
}
