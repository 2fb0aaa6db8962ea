/** A link to `#print` prints the page. Without JavaScript it is not shown; the browser's own menu prints as well. */
export function printLinks() {
  for (const link of document.querySelectorAll('a[href="#print"]')) {
    link.addEventListener('click', event => {
      event.preventDefault()
      print()
    })
  }
}
