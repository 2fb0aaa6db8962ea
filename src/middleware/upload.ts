import express, { type RequestHandler } from 'express'
import { BadRequest } from '../errors.ts'
import { byAddress, limit } from './rate-limit.ts'

/** Forms with files, for the pages that take one: from here on a file is what `read` makes of it. */
const filesAs = (limit: string, read: (file: File) => unknown): RequestHandler[] => [
  express.raw({ type: 'multipart/form-data', limit }),
  async (req, _res, next) => {
    if (Buffer.isBuffer(req.body)) req.body = await fieldsOf(req.body, req.get('content-type') ?? '', read)
    next()
  }
]

/** A file is the text in it. */
export const upload = filesAs('512kb', file => file.text())

/**
 * A file stays one: a picture. More than any that is taken, so that one a little too large is told so by its form; not
 * often, since nobody knows yet who sends it.
 */
export const pictureUpload = [
  limit({ name: 'picture', minutes: 10, most: 30, by: byAddress }),
  ...filesAs('8mb', file => file)
]

async function fieldsOf(body: Buffer, type: string, read: (file: File) => unknown) {
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData().catch(() => {
    throw new BadRequest()
  })
  const pairs = [...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : await read(value)])
  const named = Map.groupBy(await Promise.all(pairs), ([name]) => name)
  return Object.fromEntries(
    [...named].map(([name, all]) => [name, all.length > 1 ? all.map(([, each]) => each) : all[0]?.[1]])
  )
}
