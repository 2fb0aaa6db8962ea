/** Run inside a page: what has the keyboard's focus, by its words, and what keeps one from seeing it. */
;(() => {
  const focused = document.activeElement
  const label = focused.labels?.[0]
  const words = focused.getAttribute('aria-label') || label?.innerText || focused.textContent || focused.localName
  const name = words.replaceAll(/\s+/g, ' ').trim()

  const seen = focused.matches('.slot-input, .choice-input') ? label : focused
  const { outlineStyle, outlineWidth } = getComputedStyle(seen)
  const box = seen.getBoundingClientRect()
  const points = [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [box.x + box.width * x, box.y + box.height * y]))
  const isOnTop = ([x, y]) => {
    const top = document.elementFromPoint(x, y)
    return top && (seen.contains(top) || top.contains(seen) || label?.contains(top))
  }
  const problems = []
  if (focused === document.body) problems.push('nothing has the focus')
  else if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) problems.push(`no outline around “${name}”`)
  else if (!points.some(isOnTop)) problems.push(`“${name}” has the focus and is hidden`)
  return { name, id: focused.id, problems }
})()
