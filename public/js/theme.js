const year = 31_536_000

/** Light, dark or as the device says. The cookie lets the server send the right page next time. */
export function themeChoice() {
  const group = document.querySelector('[data-theme-choice]')
  if (!group) return
  const buttons = [...group.querySelectorAll('button')]
  const show = theme => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.value === theme))
  }
  group.hidden = false
  show(document.documentElement.dataset.theme ?? 'system')
  group.addEventListener('click', event => {
    const theme = event.target.closest('button')?.value
    if (!theme) return
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API
    document.cookie = `theme=${theme}; path=/; max-age=${theme === 'system' ? 0 : year}; samesite=lax`
    show(theme)
  })
}
