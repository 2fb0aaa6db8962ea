import { expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { serveApp } from '../support/app.ts'
import { first, hours, workingWeek } from '../support/working-week.ts'

const app = serveApp()

it.each(['now', 'beyond the booking window'])(
  'saves one of two hours that clash when both are sent at once, from %s',
  async when => {
    const { meera, afternoon, clifton, doctor } = await workingWeek(app)
    for (let round = 0; round < 4; round++) {
      const validFrom = when === 'now' ? '' : first.add({ weeks: 30 }).toString()
      const wishes = [afternoon({ validFrom }), afternoon({ validFrom, clinicId: clifton.id, startTime: '15:00' })]
      const answers = await Promise.all(wishes.map(wish => meera.sends('post', hours.index(), wish)))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
      expect(answers.find(({ status }) => status === 422)?.body.detail).toMatch(/^You are at (Riverside|Clifton)/)
      const [only, ...others] = await db.workingHours.findMany({ where: { doctorId: doctor.id } })
      expect(others).toEqual([])
      await meera.sends('post', hours.removal(only?.id ?? ''))
    }
  }
)
