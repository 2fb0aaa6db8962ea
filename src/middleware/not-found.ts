import type { RequestHandler } from 'express'
import { NotFound } from '../errors.ts'

export const notFound: RequestHandler = () => {
  throw new NotFound()
}
