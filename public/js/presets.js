/** Choosing a country chooses what most have there, unless something else was chosen by hand. */
export function countryPresets() {
  const form = document.querySelector('form[data-presets]')
  if (!form) return
  const presets = JSON.parse(form.dataset.presets)
  const country = form.elements.namedItem('country')
  country.addEventListener('change', () => {
    for (const [name, value] of Object.entries(presets[country.value] ?? {})) {
      const field = form.elements.namedItem(name)
      if (field.value && field.value !== field.dataset.preset) continue
      field.value = value
      field.dataset.preset = value
    }
  })
}
