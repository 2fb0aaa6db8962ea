import { Prisma } from '../../generated/client.ts'
import { messageKinds } from '../notifications/kinds.ts'

/** Other times are a question: whoever knows how a visit stands has not been asked it. */
const QUESTION = 'appointment.proposed'

const topicOf = (kind: string) => (kind === QUESTION ? kind : kind.split('.')[0])

/** The kinds that one call settles: whoever is told of one knows what the others would have said. */
export const kindsToldWith = (kind: string) => messageKinds.filter(each => topicOf(each) === topicOf(kind))

/** The same as SQL over `n` (notifications), without parameters: what they have in common. */
export const topic = Prisma.sql`CASE n.kind WHEN 'appointment.proposed' THEN n.kind ELSE split_part(n.kind, '.', 1) END`
