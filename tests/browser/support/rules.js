/** Run inside a page: what is wrong with it that axe does not look for. Answers with sentences. */
;(() => {
  const problems = []
  const say = (wrong, words) => wrong && problems.push(words)
  const root = document.documentElement

  const headings = document.querySelectorAll('h1')
  say(headings.length !== 1, `${headings.length} h1 instead of one`)
  say(!root.lang, 'no lang')
  say(!/\S – \S/.test(document.title), `the title is “${document.title}”`)
  const summary = document.querySelector('[data-error-summary]:not([hidden])')
  say(Boolean(summary) !== document.title.startsWith('Error: '), 'the title and the error summary disagree')
  for (const { hash } of summary?.querySelectorAll('a') ?? []) {
    say(!document.getElementById(hash.slice(1)), `the error summary leads to ${hash}, which is not there`)
  }
  say(root.scrollWidth > root.clientWidth, `scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth}`)

  const name = element => {
    const words = (element.innerText || element.getAttribute('aria-label') || element.name || element.id || '').trim()
    return `${element.localName} “${words.slice(0, 40).replaceAll(/\s+/g, ' ')}”`
  }
  const box = element => (element.matches('label input') ? element.closest('label') : element).getBoundingClientRect()
  const isShown = element =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip-link')

  for (const target of document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary'
  )) {
    if (!isShown(target) || getComputedStyle(target).display === 'inline') continue
    const { width, height } = box(target)
    const least = target.matches('.btn-primary, .time, .slot-input') ? 44 : 24
    const isSmall = Math.min(Math.round(width), Math.round(height)) < least
    say(isSmall, `${name(target)} is ${width.toFixed(1)} × ${height.toFixed(1)} px, less than ${least}`)
  }

  for (const said of document.querySelectorAll('main *:not(script)')) {
    const own = [...said.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data)
    const untranslated =
      /\b(common|auth|booking|doctor|team|admin|records|errors):[a-z][\w.]+|\{\{|undefined|\[object|\bNaN\b/
    const found = own.join(' ').match(untranslated)
    say(found, `says “${found?.[0]}”`)
  }
  return problems
})()
