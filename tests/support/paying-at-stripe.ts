import { beforeAll } from 'vitest'
import { db } from '../../src/database/client.ts'
import { stripeGateway } from '../../src/gateways/payments/stripe.ts'
import { useGateway } from '../../src/gateways/payments.ts'
import { paths } from '../../src/paths.ts'
import type { Served } from './app.ts'
import { signedIn } from './person.ts'
import type { StripeFake } from './stripe-fake.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from './world.ts'

/** A clinic whose patients pay £60 at Stripe, for a test file. */
export function payingAtStripe(app: Served, fake: StripeFake) {
  let doctor: Awaited<ReturnType<typeof hireDoctor>>
  let slots: Awaited<ReturnType<typeof addSlots>>

  beforeAll(async () => {
    useGateway(stripeGateway({ ...fake.keys, baseUrl: app.url, api: fake.url, timeoutMs: 500 }))
    const clinic = await openClinic()
    doctor = await hireDoctor(clinic.id, { feeMinor: 6000 })
    slots = await addSlots(doctor.id, clinic, 20)
  })

  /** Ada, each time another one, and the next free time. */
  async function wishes() {
    const user = await registerPatient({ name: 'Ada Obi' })
    const wish = { doctorId: doctor.id, timeslotId: slots.shift()?.id ?? '' }
    return { user, ada: await signedIn(app, user), ...wish }
  }

  /** She has it for ten minutes. */
  async function holds() {
    const { user, ada, timeslotId } = await wishes()
    const { body } = await ada.sends('post', paths.booking.holds.index(), { timeslotId })
    return { user, id: body.hold.id as string }
  }

  /** She chooses to pay by card. */
  async function chooses() {
    const { ada, timeslotId, doctorId } = await wishes()
    const wish = { doctorId, timeslotId, paymentMethod: 'CARD' }
    const page = await ada.submits(paths.booking.appointments.index(), wish)
    const { id } = await db.payment.findFirstOrThrow({ where: { appointment: { timeslotId } }, select: { id: true } })
    const stands = () => db.payment.findUniqueOrThrow({ where: { id }, include: { appointment: true } })
    const state = async () => {
      const { status, appointment } = await stands()
      return [appointment.status, status]
    }
    return { ada, page, id, stands, state }
  }

  /** Stripe's page is open before her. */
  async function begins() {
    const begun = await chooses()
    const session = fake.books.of(begun.id)
    const told = (type = 'checkout.session.completed', how = {}) => fake.tells(app.url, type, session, how)
    return { ...begun, session, told }
  }

  return { holds, chooses, begins }
}
