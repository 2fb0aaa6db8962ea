/** Something that is not there, or not for this person: the two look alike on purpose. */
export class NotFound extends Error {}

/** Signed in, but this is not for their role. */
export class Forbidden extends Error {}

/** Nobody is signed in: a browser is sent to the sign-in page and back afterwards. */
export class NotSignedIn extends Error {}

/** The request itself makes no sense: a malformed query, a wrong content type. */
export class BadRequest extends Error {
  readonly problems: Problem[]
  readonly status: number

  constructor(problems: Problem[] = [], status = 400) {
    super('bad request')
    this.problems = problems
    this.status = status
  }
}

/** Asked too often; `seconds` until asking helps again. */
export class TooMany extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super('too many requests')
    this.seconds = seconds
  }
}

/** More work than can be done now: try again shortly. */
export class Busy extends Error {}

/** One thing to put right: which field (null for the whole form), and the locale key of what to say. */
export interface Problem {
  field: string | null
  key: string
  params?: Record<string, unknown>
}

/** A free time near the one that has gone, on its own clinic's clock. */
export interface Alternative {
  timeslotId: string
  startsAt: string
  timeZone: string
  clinic: { id: string; name: string; city: string }
  /** Whether it is at the clinic of the time that has gone. */
  isSameClinic: boolean
}

/** A rule said no. Shown beside the field; in JSON 422, or 409 when somebody else was faster. */
export class Refusal extends Error {
  readonly problems: Problem[]
  readonly status: 409 | 422
  readonly alternatives: Alternative[]

  constructor(problems: Problem[], { status = 422, alternatives = [] }: RefusalOptions = {}) {
    super(problems.map(problem => problem.key).join(', '))
    this.problems = problems
    this.status = status
    this.alternatives = alternatives
  }
}

interface RefusalOptions {
  status?: 409 | 422
  alternatives?: Alternative[]
}

/** A refusal of one field. */
export const refuse = (field: string | null, key: string, params?: Record<string, unknown>) =>
  new Refusal([{ field, key, ...(params && { params }) }])
