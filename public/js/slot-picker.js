const pickersIn = part => [
  ...(part.matches('[data-slot-picker]') ? [part] : part.querySelectorAll('[data-slot-picker]'))
]
const chosenIn = form => form.querySelector('input[data-time]:checked')
const buttonIn = form => form.querySelector('[data-label-template]')
const saidBeside = form => form.closest('[data-live]')?.querySelector('[data-slot-said]')

export function slotPickers() {
  for (const form of pickersIn(document.body)) label(form, chosenIn(form))
  document.addEventListener('change', ({ target }) => {
    const form = target.closest('[data-slot-picker]')
    if (!form || !target.matches('input[data-time]')) return
    label(form, target)
    saidBeside(form)?.replaceChildren()
  })
  document.addEventListener('click', event => {
    if (event.target.closest('[data-gone]')) event.preventDefault()
  })
}

/** The button says what will happen: "Hold 10:00 for 10 minutes". */
function label(form, chosen) {
  const button = buttonIn(form)
  if (button && chosen) button.textContent = button.dataset.labelTemplate.replace('{time}', chosen.dataset.time)
}

/**
 * Before a page takes over which times are free by now: the chosen one stays chosen as long as it is free. When it is
 * not, that is said, and the button says again what it said at first. The time that has the focus keeps it, and its
 * place, though it can't be chosen any more.
 */
export function keepChoice(part, fresh) {
  const [twin] = pickersIn(fresh)
  const twinOf = time => twin?.querySelector(`input[data-time][value="${time.value}"]`)
  for (const form of pickersIn(part)) {
    const [chosen, focused] = [chosenIn(form), form.querySelector('input[data-time]:focus')]
    const same = chosen && twinOf(chosen)
    if (same) same.checked = true
    if (same) label(twin, same)
    else if (chosen) lose(form, chosen, twin)
    if (focused && !twinOf(focused)) stay(focused, fresh)

    const said = saidBeside(form)?.textContent
    if (said) fresh.querySelector('[data-slot-said]')?.replaceChildren(said)
  }
}

function lose(form, chosen, twin) {
  chosen.checked = false
  const said = saidBeside(form)
  said?.replaceChildren(said.dataset.words.replace('{time}', chosen.dataset.time))
  const [button, first] = [buttonIn(form), twin && buttonIn(twin)]
  if (button && first) button.textContent = first.textContent
}

/** What stands in the place of a time that is gone, as soon as the focus leaves it. */
const goneAs = new WeakMap()

function stay(time, fresh) {
  const place = time.closest('[data-slot]')
  const item = fresh.querySelector(`[data-slot="${time.value}"]`)
  if (!place || !item) return
  if (!goneAs.has(place)) place.addEventListener('focusout', () => place.replaceWith(goneAs.get(place)), { once: true })
  goneAs.set(place, item)
  place.setAttribute('data-gone', '')
  time.setAttribute('aria-disabled', 'true')
  time.removeAttribute('id')
  item.replaceWith(place.cloneNode(true))
}
