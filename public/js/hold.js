/** How long a held time is still kept. Changes once a minute and is not read out. */
export function holds() {
  for (const box of document.querySelectorAll('[data-hold]')) {
    const words = box.querySelector('[data-hold-left]')
    const until = Date.parse(box.dataset.hold)
    const minutes = new Intl.NumberFormat(document.documentElement.lang, {
      style: 'unit',
      unit: 'minute',
      unitDisplay: 'long'
    })
    const update = () => {
      const left = Math.ceil((until - Date.now()) / 60_000)
      const text = left > 0 ? box.dataset.template.replace('{left}', minutes.format(left)) : box.dataset.over
      if (words.textContent !== text) words.textContent = text
      if (left > 0) setTimeout(update, 5000)
    }
    update()
  }
}
