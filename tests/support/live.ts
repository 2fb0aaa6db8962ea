import { get, type IncomingMessage } from 'node:http'
import { expect } from 'vitest'
import { paths } from '../../src/paths.ts'

export interface Heard {
  about: string[]
}

export type Live = Awaited<ReturnType<typeof listens>>

/** Somebody's open stream of what happens. `hears` is the next message, `ends` how it ended. */
export async function listens(url: string, cookie: string, path: string = paths.live()) {
  const headers = { Accept: 'text/event-stream', 'Accept-Encoding': 'gzip', Cookie: cookie }
  const request = get(`${url}${path}`, { headers, agent: false })
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    request.once('response', resolve).once('error', reject)
  )
  expect(answer.statusCode).toBe(200)
  request.on('error', () => {})

  const heard: Heard[] = []
  let said = ''
  let read = 0
  let isOver = false
  let state: 'open' | 'over' | 'ended' | 'broken' = 'open'
  answer.setEncoding('utf8').on('data', text => {
    const pieces = (said + text).split('\n\n')
    said = pieces.pop() ?? ''
    for (const piece of pieces) take(piece)
  })
  answer.on('end', () => {
    state = isOver ? 'over' : 'ended'
  })
  answer.on('error', () => {
    if (state === 'open') state = 'broken'
  })
  const seen = { retry: 0, beats: 0 }
  function take(piece: string) {
    if (piece.startsWith('retry:')) seen.retry = Number.parseInt(piece.slice(6), 10)
    else if (piece.startsWith('event: over')) isOver = true
    else if (piece.startsWith('data: ')) heard.push(JSON.parse(piece.slice(6)))
    else seen.beats++
  }

  const until = (is: () => boolean) => expect.poll(is, { timeout: 15_000, interval: 20 }).toBe(true)
  await until(() => seen.retry > 0)
  const hears = async () => {
    await until(() => heard.length > read)
    return heard[read++] as Heard
  }
  const hearsOf = async (kind: string) => {
    for (;;) {
      const next = await hears()
      if (next.about.includes(kind)) return next
    }
  }
  return {
    headers: answer.headers,
    retry: seen.retry,
    heard,
    hears,
    hearsOf,
    ends: async () => {
      await until(() => state !== 'open')
      return state
    },
    beats: () => until(() => seen.beats > 0),
    leave: () => request.destroy()
  }
}
