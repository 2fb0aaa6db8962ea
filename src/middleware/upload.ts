import express, { type RequestHandler } from 'express'
import { BadRequest } from '../errors.ts'

const LIMIT = '512kb'

/** Forms with files, for the pages that take one: from here on a file is the text in it. */
export const upload: RequestHandler[] = [
  express.raw({ type: 'multipart/form-data', limit: LIMIT }),
  async (req, _res, next) => {
    if (Buffer.isBuffer(req.body)) req.body = await fieldsOf(req.body, req.get('content-type') ?? '')
    next()
  }
]

async function fieldsOf(body: Buffer, type: string) {
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData().catch(() => {
    throw new BadRequest()
  })
  const pairs = [...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : await value.text()])
  const named = Map.groupBy(await Promise.all(pairs), ([name]) => name)
  return Object.fromEntries(
    [...named].map(([name, all]) => [name, all.length > 1 ? all.map(([, each]) => each) : all[0]?.[1]])
  )
}
