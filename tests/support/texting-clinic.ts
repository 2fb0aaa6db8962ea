import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import { useMail } from '../../src/gateways/email.ts'
import { useSms } from '../../src/gateways/sms.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { record } from '../../src/services/audit/record.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import type { MessageKind } from '../../src/services/notifications/kinds.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { twilioFake } from './twilio-fake.ts'
import { hireDoctor, openClinic, registerPatient } from './world.ts'

const zone = 'Europe/London'

/** So many days from now, by the clock of the clinic. */
export const clock = (time: string, days = 1) =>
  Temporal.Now.plainDateISO(zone).add({ days }).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()
export const noon = clock('12:00')

const ctx = (now: Temporal.Instant) => systemCtx(now, 'test')
let count = 0
let visits = 0

/** A clinic whose texts go to a Twilio of its own, while no mails are sent; and people who have visits there. */
export function textingClinic() {
  const twilio = twilioFake()
  const place = {} as {
    clinic: Awaited<ReturnType<typeof openClinic>>
    doctor: Awaited<ReturnType<typeof hireDoctor>>
    /** With an account and a phone, and without an account. */
    ada: Awaited<ReturnType<typeof registerPatient>>
    rose: { id: string; patientId: string }
  }

  beforeAll(async () => {
    place.clinic = await openClinic({ name: 'Clifton Family Practice', timeZone: zone })
    place.doctor = await hireDoctor(place.clinic.id, { name: 'Dr Asha Rao', specialization: 'Oncology' })
    place.ada = await registerPatient({ name: 'Ada Obi', phone: '07700 900461' })
    place.rose = await withoutAccount('Rose Hale', '07700 900462')
  })
  beforeEach(async () => {
    await db.notification.deleteMany()
    twilio.texts.length = 0
    twilio.refuses.clear()
    twilio.trouble = 'none'
    useSms(twilio.gateway())
    useMail(null)
  })
  afterAll(() => {
    useSms(undefined)
    useMail(null)
  })

  async function withoutAccount(name: string, phone: string) {
    const { id: patientId } = await db.patient.create({ data: { name, phone, clinicId: place.clinic.id } })
    return { id: place.ada.id, patientId }
  }

  /** At some time of the afternoon, or at the one that is said. */
  function visitOf(patient: { id: string; patientId: string }, days = 5, time?: string) {
    const next = Temporal.PlainTime.from('12:30')
      .add({ minutes: 10 * visits++ })
      .toString({ smallestUnit: 'minute' })
    const why = { reason: 'Lump', status: 'CONFIRMED' } as const
    return addVisit({ clinic: place.clinic, doctorId: place.doctor.id, patient, days, time: time ?? next, ...why })
  }

  function happens(
    event: Parameters<typeof record>[2],
    id: string,
    now: Temporal.Instant,
    actorId: string | null = null
  ) {
    const by = { ...ctx(now), actor: { ...ctx(now).actor, id: actorId } }
    return transaction(tx => record(tx, by, event, { type: 'appointment', id, clinicId: place.clinic.id }))
  }

  const plan = (kind: MessageKind, appointmentId: string, to: object, data = {}, sendAfter = noon) =>
    db.notification.create({
      data: {
        ...{ kind, channel: 'SMS', appointmentId, clinicId: place.clinic.id, ...to, data },
        ...{ sendAfter: toDate(sendAfter), createdAt: toDate(noon), dedupeKey: `${kind}:${count++}` }
      }
    })

  return {
    ...{ twilio, place, withoutAccount, visitOf, happens, plan },
    send: (now: Temporal.Instant, ways?: Parameters<typeof sendMessages>[2]) => sendMessages(ctx(now), undefined, ways),
    said: () => twilio.texts.map(({ Body = '' }) => Body)
  }
}

export function endAs(id: string, status: 'CANCELLED' | 'REJECTED') {
  const how = { cancelledAt: toDate(noon), cancellationReason: 'Away' }
  return db.appointment.update({ where: { id }, data: { status, sequence: { increment: 1 }, ...how } })
}
