import { Router } from 'express'

export const doctor = Router()
