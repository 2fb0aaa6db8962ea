/** As much room as a menu wants below what opens it. */
const GAP = 8

/**
 * Menus (`details[data-menu]`) open over the page, where there is room: below, else above. One is open at a time, and
 * Escape, a press elsewhere or moving on closes it. Without this they open below, and close by their own button.
 */
export function menus() {
  const open = () => document.querySelectorAll('details[data-menu][open]')
  const closeBut = kept => {
    for (const menu of open()) if (menu !== kept) menu.open = false
  }

  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (!target.matches('details[data-menu][open]')) return
      closeBut(target)
      target.toggleAttribute('data-up', hasMoreRoomAbove(target))
    },
    true
  )
  document.addEventListener('pointerdown', ({ target }) => closeBut(target.closest('details[data-menu]')))
  document.addEventListener('focusin', ({ target }) => closeBut(target.closest('details[data-menu]')))
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    const [menu] = open()
    if (!menu) return
    menu.open = false
    menu.querySelector('summary').focus()
  })
}

/** Whether it would be cut off below, by the window or by what it scrolls in, and less so above. */
function hasMoreRoomAbove(menu) {
  const list = menu.querySelector('ul')
  menu.removeAttribute('data-up')
  const card = menu.closest('.table-card')?.getBoundingClientRect()
  const head = menu.closest('table')?.tHead.getBoundingClientRect().bottom ?? 0
  const bottom = Math.min(innerHeight, card?.bottom ?? innerHeight)
  const { top } = menu.querySelector('summary').getBoundingClientRect()
  const needed = list.offsetHeight + GAP
  return list.getBoundingClientRect().top + needed > bottom && top - needed > Math.max(head, 0)
}
