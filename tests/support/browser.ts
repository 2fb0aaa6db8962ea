import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, vi } from 'vitest'
import { paths } from '../../src/paths.ts'
import { disableScripts, problemsOf } from '../browser/support/checked.ts'
import { password } from './world.ts'

export interface Means {
  javaScript?: boolean
  width?: number
  theme?: 'light' | 'dark'
}

/** People at their browsers, one context each. All are closed when the file is done. */
export function openBrowser(app: { url: string }) {
  let browser: Browser
  vi.setConfig({ testTimeout: 120_000 })
  beforeAll(async () => {
    browser = await chromium.connect(inject('browser'))
  })
  afterAll(() => browser.close())

  const visitor = async ({ javaScript = true, width = 1280, theme = 'light' }: Means = {}) => {
    const context = await browser.newContext({
      baseURL: app.url,
      viewport: { width, height: 844 },
      colorScheme: theme,
      reducedMotion: 'reduce'
    })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    if (!javaScript) await disableScripts(page)
    return new Visitor(context, page)
  }
  return {
    visitor,
    signedIn: async (user: { email: string }, means?: Means) => (await visitor(means)).signsIn(user.email)
  }
}

/**
 * Does what a person does, by the words on the page. Every page that comes up is checked before anything else is done.
 */
export class Visitor {
  readonly context: BrowserContext
  readonly page: Page
  readonly #said: string[] = []

  constructor(context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
    page.on('pageerror', error => this.#said.push(String(error)))
    page.on('console', message => {
      // A page that answers 404 or 422 is no fault: the browser only says so.
      const isAnswer = message.location().url === page.url() && message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isAnswer) this.#said.push(message.text())
    })
  }

  async signsIn(email: string) {
    const { request } = this.context
    const headers = { accept: 'application/json' }
    const { csrfToken } = await (await request.get(paths.auth.session(), { headers })).json()
    const sent = { headers: { ...headers, 'x-csrf-token': csrfToken }, data: { email, password } }
    expect((await request.post(paths.auth.login(), sent)).status()).toBe(200)
    return this
  }

  opens = (path: string) => this.arrives(() => this.page.goto(path))
  reloads = () => this.arrives(() => this.page.reload())
  goesBack = () => this.arrives(() => this.page.goBack())

  /** A link, by its words or their beginning. */
  follows = (words: string | RegExp) => this.arrives(() => this.#named('link', words).click())

  /** A button that leads to a page. */
  presses = (words: string | RegExp) => this.arrives(() => this.#named('button', words).click())

  async fills(fields: Record<string, string>) {
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value)
  }

  async selects(label: string, option: string) {
    await this.field(label).selectOption({ label: option })
  }

  /** A radio or a checkbox. */
  async chooses(label: string) {
    await this.field(label).check()
  }

  /** On the page that asks to check and book. */
  async books({ paying = 'Pay at the clinic' } = {}) {
    await this.chooses(paying)
    await this.presses('Book this time')
  }

  field(label: string) {
    return this.page.getByLabel(startingWith(label))
  }

  async sees(...words: (string | RegExp)[]) {
    const text = await this.text()
    for (const each of words) expect(text).toMatch(typeof each === 'string' ? new RegExp(escaped(each)) : each)
  }

  text = async () => (await this.page.locator('main').innerText()).replace(/\s+/g, ' ')
  heading = () => this.page.getByRole('heading', { level: 1 }).innerText()
  problems = () => this.page.locator('[data-error-summary] li').allInnerTexts()

  /** Does what brings up a page, and checks that page. */
  async arrives(by: () => Promise<unknown>) {
    const loaded = this.page.waitForEvent('load')
    await Promise.all([loaded, by()])
    await this.checked()
  }

  async checked() {
    const problems = [...this.#said.splice(0), ...(await problemsOf(this.page))]
    expect(problems, `${this.page.url()} ${this.page.viewportSize()?.width}`).toEqual([])
  }

  #named(role: 'link' | 'button', words: string | RegExp): Locator {
    const name = typeof words === 'string' ? startingWith(words) : words
    return this.page.getByRole(role, { name }).first()
  }
}

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const startingWith = (words: string) => new RegExp(`^\\s*${escaped(words)}`)
