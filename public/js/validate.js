import { showErrorSummary } from './error-summary.js'

const checked = '[data-missing], [data-invalid], [data-short], [data-most-bytes]'
const anEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Says before sending what the server would say after it, in the same words. Only on submit: the server decides. */
export function validateForms() {
  for (const form of document.querySelectorAll('form[novalidate]')) {
    form.addEventListener('submit', event => {
      const checks = [...form.querySelectorAll(checked)].map(check)
      checks.forEach(showProblem)
      const problems = checks.filter(each => each.text)
      if (problems.length && showErrorSummary(problems)) event.preventDefault()
    })
  }
}

const check = field => ({ field, id: `field-${field.dataset.name ?? field.name}`, text: problemOf(field) })

function problemOf(field) {
  const { missing, invalid, pattern, short } = field.dataset
  if (missing && isEmpty(field)) return missing
  const { mostBytes, tooLarge } = field.dataset
  if (mostBytes && field.files[0]?.size > Number(mostBytes)) return tooLarge
  const value = field.value?.trim()
  if (!value) return
  if (invalid && !(pattern ? new RegExp(pattern, 'u') : anEmail).test(value)) return invalid
  if (short && value.length < field.minLength) return short
}

function isEmpty(field) {
  if (field.type === 'checkbox') return !field.checked
  if (!field.dataset.name) return field.value.trim() === ''
  const inputs = [...field.querySelectorAll('input')]
  return inputs.every(input => (/radio|checkbox/.test(input.type) ? !input.checked : input.value.trim() === ''))
}

function showProblem({ field, id, text }) {
  const message = document.getElementById(`${id}-error`)
  const frame = field.closest('.field') ?? field
  if (!message) return
  frame.classList.toggle('field-wrong', Boolean(text))
  const marked = field.dataset.name ? field.querySelectorAll('[aria-invalid]') : [field]
  for (const input of marked) input.setAttribute('aria-invalid', String(Boolean(text)))
  message.hidden = !text
  const prefix = Object.assign(document.createElement('span'), {
    className: 'visually-hidden',
    textContent: message.dataset.prefix
  })
  const words = document.createElement('span')
  words.append(prefix, ' ', text ?? '')
  message.replaceChildren(...(text ? [words] : []))
}
