export function passwords() {
  for (const box of document.querySelectorAll('[data-password]')) {
    const input = box.querySelector('input')
    const button = box.querySelector('button')
    const show = shown => {
      input.type = shown ? 'text' : 'password'
      button.textContent = shown ? button.dataset.hide : button.dataset.show
      button.setAttribute('aria-label', shown ? button.dataset.hideLabel : button.dataset.showLabel)
    }
    button.hidden = false
    button.addEventListener('click', () => show(input.type === 'password'))
    // Browsers remember what was typed into text fields, so it is a password again when it is sent.
    input.form?.addEventListener('submit', () => show(false))
  }
}
