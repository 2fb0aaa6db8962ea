import type { Request, Response } from 'express'
import { lookQuery } from '../../forms/booking.ts'
import { idOf, read } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { myPayments, paymentPage } from '../../services/payments/queries.ts'
import { waysOn } from '../../services/payments/ways-on.ts'
import { reply } from '../../views.ts'

const MOST_LOOKS = 20

export async function index(req: Request, res: Response) {
  await reply(req, res, 'booking/payments/index', { payments: await myPayments(req.ctx) })
}

/** While nothing is known yet, the page looks again by itself: soon at first, then less often, and not for ever. */
export async function show(req: Request, res: Response) {
  const id = idOf(req.params)
  const { look } = read(lookQuery, req.query)
  const { payment, appointment } = await paymentPage(req.ctx, id)
  const looksAgain = payment.state === 'PENDING' && look < MOST_LOOKS
  const ways = payment.state === 'FAILED' ? await waysOn(req.ctx, appointment) : null

  if (looksAgain)
    res.set('Refresh', `${look < 5 ? 3 : 10}; url=${paths.booking.payments.return(id, { look: look + 1 })}`)
  await reply(req, res, 'booking/payments/show', { payment, appointment, ways, looksAgain })
}
