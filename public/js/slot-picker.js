/** The button says what will happen: "Hold 10:00 for 10 minutes". */
export function slotPickers() {
  for (const form of document.querySelectorAll('[data-slot-picker]')) {
    const button = form.querySelector('[data-label-template]')
    if (!button) continue
    const update = () => {
      const chosen = form.querySelector('input[data-time]:checked')
      if (chosen) button.textContent = button.dataset.labelTemplate.replace('{time}', chosen.dataset.time)
    }
    form.addEventListener('change', update)
    update()
  }
}
