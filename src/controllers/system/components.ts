import type { Request, Response } from 'express'
import { reply } from '../../views.ts'

/** Every component in every state, for those who build pages. Not there in production. */
export const index = (req: Request, res: Response) => reply(req, res, 'dev/components')
