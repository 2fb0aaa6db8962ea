import type { Ctx } from '../../context.ts'
import { printPdf } from '../../gateways/pdf.ts'
import { helpers } from '../../helpers/index.ts'
import { translator } from '../../i18n.ts'
import { type PrescriptionView, prescriptionFor } from './queries.ts'

/**
 * A prescription on A4 paper, as PDF, in the language of who asks. Its title names nobody. Throws NotFound of what this
 * person may not read.
 */
export async function prescriptionFile(ctx: Ctx, id: string) {
  const prescription = await prescriptionFor(ctx, id)
  const t = translator(ctx.locale)
  const h = helpers(ctx.locale)
  const on = h.date(prescription.writtenAt)
  const { patient, doctor, clinic, items, writtenAt } = prescription
  const born = patient.dateOfBirth ? t('records:prescription.born', { date: h.date(patient.dateOfBirth) }) : ''

  return printPdf({
    title: t('records:prescription.of', { date: on }),
    language: ctx.locale,
    madeAt: new Date(writtenAt),
    warning: t('records:prescription.missingLetters'),
    foot: (page, pages) =>
      [patient.name, born, t('records:prescription.page', { page, pages })].filter(Boolean).join(' · '),
    blocks: [
      { kind: 'title', text: t('records:prescription.title'), sub: on },
      {
        kind: 'facts',
        facts: [
          { term: t('records:prescription.patient'), lines: [patient.name, born].filter(Boolean) },
          {
            term: t('records:prescription.doctor'),
            lines: doctorLines(doctor, t('records:prescription.licence', { number: doctor.licenceNumber }))
          },
          {
            term: t('records:prescription.clinic'),
            lines: [clinic.name, `${clinic.address}, ${clinic.city}`, clinic.phone]
          }
        ]
      },
      {
        kind: 'list',
        title: t('records:prescription.medicines', { count: items.length }),
        items: items.map(({ medicine, dose, instructions }) => ({ title: medicine, lines: [dose, instructions] }))
      },
      { kind: 'signature', text: t('records:prescription.signature', { name: doctor.name }) }
    ]
  })
}

const doctorLines = ({ name, specialization }: PrescriptionView['doctor'], licence: string) => [
  name,
  specialization,
  licence
]
