/** A link to `#print` prints the page. Without JavaScript it is not shown; the browser's own menu prints as well. */
export function printLinks() {
  document.addEventListener('click', event => {
    if (!event.target.closest('a[href="#print"]')) return
    event.preventDefault()
    print()
  })
}
