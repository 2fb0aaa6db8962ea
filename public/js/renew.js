import { keepChoice } from './slot-picker.js'

const structure = new Set(
  'ARTICLE DD DETAILS DIV DL DT H1 H2 H3 H4 HEADER LI NAV OL P SECTION SPAN SUMMARY TABLE TBODY TD TH THEAD TR UL'.split(
    ' '
  )
)
const typed = 'textarea, input:not([type=hidden], [type=checkbox], [type=radio])'

/**
 * Makes a part of the page like its fresh copy and touches only what differs, so that what somebody reads, has focused
 * or unfolded stays where it is. Does nothing and says false while that would disturb: then it is to be tried again.
 */
export function renew(part, fresh) {
  carryOver(part, fresh)
  keepChoice(part, fresh)
  if (part.isEqualNode(fresh)) return true
  const { activeElement } = document
  const focused = activeElement !== part && part.contains(activeElement) ? activeElement : null
  // As long as it is in the page: what is taken out has no form any more.
  const sign = focused && signOf(focused)
  if (isInUse(part, fresh, focused) || (focused && !counterpart(fresh, focused, sign))) return false

  patch(part, fresh)
  if (focused && document.activeElement !== focused)
    (focused.isConnected ? focused : counterpart(part, focused, sign))?.focus({ preventScroll: true })
  return true
}

/** What differs without meaning anything: tokens, and what somebody unfolded. */
function carryOver(part, fresh) {
  const token = document.querySelector('input[name=_csrf]')
  if (token)
    for (const input of fresh.querySelectorAll('input[name=_csrf]')) input.setAttribute('value', token.defaultValue)
  for (const details of fresh.querySelectorAll('details')) {
    const known = counterpart(part, details)
    if (!known) continue
    details.open = known.open
    details.toggleAttribute('data-up', known.hasAttribute('data-up'))
  }
}

/** Somebody types or has typed in it, has something open that would change, presses on it or selects its text. */
function isInUse(part, fresh, focused) {
  if (focused?.matches(`${typed}, select`)) return true
  if (part.matches(':active') || part.querySelector('dialog[open], [aria-expanded=true]')) return true
  const unfolded = part.querySelector('details[open]:focus-within')
  if (unfolded && !counterpart(fresh, unfolded)?.isEqualNode(unfolded)) return true
  if ([...part.querySelectorAll('input, textarea')].some(isChanged)) return true
  const selection = getSelection()
  return !selection.isCollapsed && part.contains(selection.anchorNode)
}

/** What is chosen of a day's times is kept (`slot-picker.js`). */
const isChanged = field =>
  !field.matches('input[data-time]') && field.matches('[type=checkbox], [type=radio]')
    ? field.checked !== field.defaultChecked
    : field.matches(typed) && field.value !== field.defaultValue

function patch(part, fresh) {
  for (const { name } of [...part.attributes]) if (!fresh.hasAttribute(name)) part.removeAttribute(name)
  for (const { name, value } of fresh.attributes) if (part.getAttribute(name) !== value) part.setAttribute(name, value)

  const left = [...part.childNodes]
  const take = fits => {
    const at = left.findIndex(fits)
    return at < 0 ? null : left.splice(at, 1)[0]
  }
  const wanted = [...fresh.childNodes]
  const same = wanted.map(node => take(each => each.isEqualNode(node)))
  const next = wanted.map(
    (node, at) =>
      same[at] ??
      grown(
        take(each => isSameThing(each, node)),
        node
      )
  )
  for (const node of left) node.remove()
  next.forEach((node, at) => {
    if (part.childNodes[at] !== node) part.insertBefore(node, part.childNodes[at] ?? null)
  })
}

function grown(known, node) {
  if (!known) return document.importNode(node, true)
  patch(known, node)
  return known
}

/** Only what holds others is changed in place. A link or a button never becomes another under somebody's finger. */
const isSameThing = (a, b) => a.nodeName === b.nodeName && holds(a) && nameOf(a) === nameOf(b)

/** The form in which a time is chosen stays the form it is: it is in use all the while. */
const holds = node =>
  structure.has(node.nodeName) || (node.matches?.('[data-slot-picker], [data-slot-picker] fieldset') ?? false)

/** A row is the same as long as it leads to the same thing. */
const nameOf = element =>
  element.id ||
  element.getAttribute('aria-labelledby') ||
  element.getAttribute('action') ||
  (/^(TR|LI|ARTICLE)$/.test(element.nodeName) && element.querySelector('a')?.getAttribute('href')) ||
  ''

const counterpart = (part, element, sign = signOf(element)) =>
  [...part.querySelectorAll(element.nodeName)].find(each => signOf(each) === sign)

/** What tells one thing that can be focused from all others: where it leads, or what it says and sends. */
function signOf(element) {
  const { id, form, name, value } = element
  const words = (element.querySelector('summary') ?? element).textContent.trim()
  const place = element.getAttribute('aria-labelledby') ?? element.getAttribute('href')
  // The first of several radios has the id of the field, whichever it is.
  return (element.type !== 'radio' && id) || place || JSON.stringify([form?.getAttribute('action'), name, value, words])
}
