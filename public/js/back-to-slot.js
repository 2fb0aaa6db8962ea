/**
 * A page that comes back to the timetable comes to the time that something was done to. On a phone that stands in a
 * list, perhaps folded away, where no address leads: the address is the same as at a desk.
 */
export function backToSlot() {
  const id = location.hash.slice(1)
  if (!id.startsWith('slot-') || document.getElementById(id)?.checkVisibility()) return
  const listed = document.getElementById(id.replace('slot-', 'listed-'))
  const folded = listed?.closest('details')
  if (folded) folded.open = true
  listed?.scrollIntoView()
}
