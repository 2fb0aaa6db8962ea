import { nothing } from '../../forms/fields.ts'
import { submit } from '../../forms/form.ts'
import { collectionForm } from '../../forms/payments.ts'
import { collectPayment, undoCollection } from '../../services/payments/collect.ts'
import { asking, doing } from './money-pages.ts'

const question = { page: 'admin/collections/add', can: 'canCollect' } as const

/** Money that somebody hands over at the desk. */
export const add = asking(question, () => collectionForm)

export const create = doing(
  question,
  (req, id) => submit(collectionForm, req.body, collection => collectPayment(req.ctx, id, collection)),
  () => 'payments:flash.paid'
)

/** What was noted by mistake. */
export const remove = doing(
  null,
  (req, id) => submit(nothing, req.body, () => undoCollection(req.ctx, id)),
  () => 'payments:flash.undone'
)
