import { createHash } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { asPortrait } from '../../gateways/pictures.ts'
import { record } from '../audit/record.ts'
import { ownDoctorId } from '../availability/doctor-clinics.ts'

/** Shows patients this picture of the doctor who asks. Throws a Refusal of what is no photo, or no shape for one. */
export async function setPhoto(ctx: Ctx, file: Uint8Array) {
  const doctorId = ownDoctorId(ctx)
  const bytes = await asPortrait(file)
  if (typeof bytes === 'string') throw refuse('photo', `doctor:profile.errors.${bytes}`)

  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const photo = { bytes, hash, type: 'image/jpeg' }
  await transaction(async tx => {
    await tx.doctorPhoto.upsert({ where: { doctorId }, create: { doctorId, ...photo }, update: photo })
    await record(tx, ctx, 'doctor.photo-changed', { type: 'doctor', id: doctorId })
  })
}

/** Shows none any more. */
export async function removePhoto(ctx: Ctx) {
  const doctorId = ownDoctorId(ctx)
  await transaction(async tx => {
    const { count } = await tx.doctorPhoto.deleteMany({ where: { doctorId } })
    if (count) await record(tx, ctx, 'doctor.photo-removed', { type: 'doctor', id: doctorId })
  })
}
