import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { doctorSearch } from '../../forms/admin.ts'
import { read } from '../../forms/form.ts'
import { everyDoctor } from '../../services/people/doctor-queries.ts'
import { toMajor } from '../../services/people/fee.ts'

export async function show(req: Request, res: Response) {
  await replyRows(req, res, 'doctors', everyDoctor(req.ctx, read(doctorSearch, req.query)), {
    'admin:name': doctor => doctor.name,
    'admin:doctors.specialization': doctor => doctor.specialization,
    'admin:doctors.licence': doctor => doctor.licenceNumber,
    'admin:doctors.years': doctor => doctor.yearsOfExperience,
    'admin:doctors.languages': doctor => doctor.languages.join(', '),
    'admin:doctors.fee': ({ fee }) => toMajor(fee.amountMinor, fee.currency),
    'admin:clinics.currency': ({ fee }) => fee.currency,
    'admin:clinics.title': ({ clinics }) => clinics.map(({ name, city }) => `${name}, ${city}`).join(' · '),
    'admin:email': doctor => doctor.email,
    'admin:phone': doctor => doctor.phone,
    'admin:list.state': ({ isActive }) => req.t(`admin:state.${isActive ? 'active' : 'inactive'}`)
  })
}
