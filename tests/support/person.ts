import { type CheerioAPI, load } from 'cheerio'
import supertest from 'supertest'
import { paths } from '../../src/paths.ts'
import { password } from './world.ts'

type Agent = ReturnType<typeof supertest.agent>
type Fields = Record<string, unknown>
type Method = 'get' | 'post' | 'patch' | 'delete' | 'put'

/** Somebody with a browser (pages, forms) that can also speak JSON. Keeps its cookies. */
export class Person {
  readonly #agent: Agent
  #token = ''

  constructor(url: string) {
    this.#agent = supertest.agent(url)
  }

  async signsIn(email: string) {
    const answer = await this.sends('post', paths.auth.login(), { email, password })
    if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text}`)
    this.#token = answer.body.csrfToken
    return this
  }

  /** Opens a page. */
  async opens(path: string) {
    return page(await this.#agent.get(path).set('Accept', 'text/html'))
  }

  /** Sends a form; redirects are not followed. */
  async submits(path: string, fields: Fields = {}) {
    const token = await this.token()
    return page(
      await this.#agent
        .post(path)
        .type('form')
        .set('Accept', 'text/html')
        .send({ ...fields, _csrf: token })
    )
  }

  /** Asks for JSON. */
  async asks(path: string) {
    return this.#agent.get(path).set('Accept', 'application/json')
  }

  /** Writes JSON. */
  async sends(method: Method, path: string, data: Fields = {}) {
    const token = await this.token()
    return this.#agent[method](path).set('Accept', 'application/json').set('X-CSRF-Token', token).send(data)
  }

  /** A request as it is, with the cookies but without a token. */
  bare(method: Method, path: string) {
    return this.#agent[method](path)
  }

  async token() {
    if (!this.#token) this.#token = (await this.asks(paths.auth.session())).body.csrfToken
    return this.#token
  }
}

export const visitor = (app: { url: string }) => new Person(app.url)

export const signedIn = (app: { url: string }, user: { email: string }) => new Person(app.url).signsIn(user.email)

/** What a person sees of an answer: by heading, label and words. */
function page(answer: { status: number; text: string; headers: Record<string, string> }) {
  const $ = load(answer.text ?? '')
  return {
    status: answer.status,
    location: answer.headers.location,
    headers: answer.headers,
    html: answer.text,
    title: $('title').text().trim(),
    heading: words($, 'h1'),
    text: $('main').text().replace(/\s+/g, ' ').trim(),
    problems: $('[data-error-summary] li')
      .map((_, item) => $(item).text().trim())
      .get(),
    links: $('a')
      .map((_, link) => $(link).attr('href'))
      .get(),
    field: (label: string) => field($, label),
    $
  }
}

const words = ($: CheerioAPI, selector: string) => $(selector).first().text().replace(/\s+/g, ' ').trim()

function field($: CheerioAPI, label: string) {
  const found = $('label').filter((_, element) => $(element).text().replace(/\s+/g, ' ').trim().startsWith(label))
  const input = $(`[id="${found.attr('for')}"]`)
  return {
    value: input.is('textarea') ? input.text() : input.val(),
    name: input.attr('name'),
    error: input.attr('aria-describedby')
  }
}
