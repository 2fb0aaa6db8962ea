export function characterCounts() {
  for (const area of document.querySelectorAll('textarea[data-most]')) {
    const count = document.getElementById(`${area.id}-count`)
    const update = () => {
      const left = Number(area.dataset.most) - [...area.value].length
      count.textContent = (left < 0 ? count.dataset.over : count.dataset.left).replace('{n}', Math.abs(left))
      count.classList.toggle('field-count-over', left < 0)
    }
    area.addEventListener('input', update)
    update()
  }
}
