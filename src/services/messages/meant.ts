import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { asReference } from '../appointments/reference.ts'
import { fewIds } from '../lists/few.ts'
import { COUNTED, containing, literal, wordsOf } from '../lists/pages.ts'

/**
 * Messages that somebody may mean. A condition on any of three tables has no index: each is asked by its own, as long as
 * there are few. The caller still says who may see what.
 */
export async function meant(q: string): Promise<Prisma.NotificationWhereInput> {
  const reference = { in: [q.toUpperCase(), asReference(q) ?? []].flat() }
  const appointment = await db.appointment.findFirst({ where: { reference }, select: { id: true } })
  if (appointment) return { appointmentId: appointment.id }

  const words = wordsOf(q)
  const named = (name: Prisma.Sql) =>
    Prisma.join(
      words.map(word => Prisma.sql`${name} ILIKE ${`%${literal(word)}%`}`),
      ' AND '
    )
  const most = Prisma.sql`LIMIT ${COUNTED + 1}`
  const few = await fewIds(Prisma.sql`
    (SELECT n.id FROM users u JOIN notifications n ON n.recipient_id = u.id WHERE ${named(Prisma.sql`u.name`)} ${most})
    UNION
    (SELECT n.id FROM patients p JOIN notifications n ON n.patient_id = p.id WHERE ${named(Prisma.sql`p.name`)} ${most})
    UNION
    (SELECT n.id FROM patients p JOIN appointments a ON a.patient_id = p.id JOIN notifications n ON n.appointment_id = a.id
      WHERE ${named(Prisma.sql`p.name`)} ${most})`)
  if (few) return { id: { in: few } }

  const inWords = containing<Prisma.NotificationWhereInput>(words.join(' '), text => [
    { recipient: { name: text } },
    { patient: { name: text } },
    { appointment: { patient: { name: text } } }
  ])
  return { AND: inWords }
}
