import { renew } from './renew.js'

/** Between two looks, at least; and by how much the looks of all who hear the same are spread. */
const BETWEEN = 2000
const SPREAD = 700
const FIRST_RETRY = 5000
const LONGEST_RETRY = 60_000
/** How soon a part that was in use is tried again. */
const AGAIN = 1000

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

/**
 * Parts of the page marked `data-live` show what is, as soon as something happens: of the kinds the attribute names, or
 * of any. While the page is looked at it hears that something happened, asks for itself again, and takes over those
 * parts, and with them the parts marked `data-live-along`. Nothing is read out and nothing moves the focus.
 */
export function livePage() {
  const source = document.body.dataset.liveSource
  const parts = document.querySelectorAll('[data-live]')
  if (!source || parts.length === 0) return
  const kinds = new Set([...parts].flatMap(part => (part.dataset.live || 'any').split(' ')))
  const concerns = about => kinds.has('any') || about.some(kind => kinds.has(kind))

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
    stream.addEventListener('message', ({ data }) => concerns(JSON.parse(data).about) && look())
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

  let isAsked = false
  let isLooking = false

  async function look() {
    isAsked = true
    if (isLooking) return
    isLooking = true
    while (isAsked && !isOver && !document.hidden) {
      await pause(Math.random() * SPREAD)
      isAsked = false
      await ask()
      await pause(BETWEEN)
    }
    isLooking = false
  }

  async function ask() {
    const headers = { Accept: 'text/html', 'X-Refresh': 'live' }
    const answer = await fetch(location.href, { headers, redirect: 'manual', cache: 'no-store' }).catch(() => null)
    if (!answer || answer.status === 429 || answer.status >= 500) return
    if (!answer.ok) return stop()
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    show(
      [...document.querySelectorAll('[data-live], [data-live-along]')].map(part => [part, page.getElementById(part.id)])
    )
  }

  let showing = 0

  function show(pairs) {
    clearTimeout(showing)
    const waiting = pairs.filter(([part, fresh]) => fresh && !renew(part, fresh))
    if (waiting.length) showing = setTimeout(show, AGAIN, waiting)
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  addEventListener('pagehide', close)
  addEventListener('pageshow', ({ persisted }) => persisted && open())
  open()
}
