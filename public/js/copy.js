export function copyButtons() {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll('[data-copy]')) {
    const words = button.querySelector('[aria-live]')
    const before = words.textContent
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy)
      words.textContent = button.dataset.done
      setTimeout(() => {
        words.textContent = before
      }, 3000)
    })
  }
}
