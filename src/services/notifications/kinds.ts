/** Everything that is told by message, named like the event it tells of. Each has a view in `views/emails`. */
export const messageKinds = ['payment.receipt', 'payment.refunded', 'payment.time-gone'] as const

export type MessageKind = (typeof messageKinds)[number]
