const pause = 5000

/** Ignores the second press of a double click. The server makes sure anyway. */
export function submitOnce() {
  const sentAt = new WeakMap()
  document.addEventListener('submit', event => {
    if (event.defaultPrevented || event.target.method !== 'post') return
    if (Date.now() - (sentAt.get(event.target) ?? 0) < pause) return event.preventDefault()
    sentAt.set(event.target, Date.now())
  })
  // A page that comes back from the history may be sent again.
  addEventListener('pageshow', event => {
    if (event.persisted) for (const form of document.forms) sentAt.delete(form)
  })
}
