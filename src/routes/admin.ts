import { Router } from 'express'

export const admin = Router()
