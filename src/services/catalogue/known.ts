import type { Ctx } from '../../context.ts'
import { may } from '../../permissions.ts'

/** Everything there is to those who keep the catalogue, nothing to others. */
export const known = ({ actor }: Ctx) => (may(actor, 'catalogue.manage') ? {} : { id: { in: [] } })
