import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { ownDoctorId } from '../availability/doctor-clinics.ts'

export interface ProfileDetails {
  name: string
  phone?: string | undefined
  biography?: string | undefined
  languages: string[]
  yearsOfExperience: number
}

/** Changes what a doctor says of themselves. Fee, licence and specialization are not theirs to change. */
export async function changeProfile(ctx: Ctx, { name, phone, ...details }: ProfileDetails) {
  const id = ownDoctorId(ctx)
  const person = { name, phone: phone ?? null }
  const data = { ...details, biography: details.biography ?? '' }
  await transaction(async tx => {
    const { user, ...before } = await tx.doctor.findUniqueOrThrow({
      where: { id },
      select: {
        biography: true,
        languages: true,
        yearsOfExperience: true,
        user: { select: { name: true, phone: true } }
      }
    })
    await tx.doctor.update({ where: { id }, data: { ...data, user: { update: person } }, select: { id: true } })
    const told = changesOf({ ...user, ...before }, { ...person, ...data }, ['name', 'phone', 'biography'])
    if (told) await record(tx, ctx, 'doctor.changed', { type: 'doctor', id, data: { ...told } })
  })
}
