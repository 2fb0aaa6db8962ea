const summary = () => document.querySelector('[data-error-summary]')

export function focusErrorSummary() {
  const shown = summary()
  if (!shown || shown.hidden) return
  shown.focus()
}

/** Shows the summary that the server would have sent; false where the page has no place for it. */
export function showErrorSummary(problems) {
  const box = summary()
  if (!box) return false
  const alert = element('div', { role: 'alert' }, element('h2', {}, box.dataset.heading), list(problems))
  box.replaceChildren(alert)
  box.hidden = false
  const [, product = ''] = document.title.split(/(?= – [^–]*$)/)
  document.title = box.dataset.pageTitle + product
  box.focus()
  return true
}

const list = problems =>
  element('ul', {}, ...problems.map(({ id, text }) => element('li', {}, element('a', { href: `#${id}` }, text))))

function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
