/** Money that came in or went back, in the minor unit of its currency. */
export interface Movement {
  kind: 'IN' | 'BACK'
  /** Less than nothing when it went back. */
  amount: { amountMinor: number; currency: string }
  /** How it was paid: online by which method, or at the desk with what. */
  way: string
  isAtDesk: boolean
}

/**
 * Sums for each way of paying, online ones first, and in all; each currency by itself, since pounds and rupees make no
 * sum.
 */
export function byWay(movements: Movement[]) {
  return [...Map.groupBy(movements, ({ amount }) => amount.currency)].map(([currency, some]) => {
    const ways = [...Map.groupBy(some, ({ isAtDesk, way }) => `${isAtDesk} ${way}`).values()]
    const lines = ways.map(alike => ({
      way: alike[0]?.way ?? '',
      isAtDesk: alike[0]?.isAtDesk ?? false,
      ...sumOf(alike)
    }))
    const order = ({ isAtDesk, way }: { isAtDesk: boolean; way: string }) => `${isAtDesk ? 1 : 0} ${way}`
    return { currency, lines: lines.sort((a, b) => (order(a) < order(b) ? -1 : 1)), total: sumOf(some) }
  })
}

function sumOf(some: Movement[]) {
  const [came, went] = [some.filter(({ kind }) => kind === 'IN'), some.filter(({ kind }) => kind === 'BACK')]
  const currency = some[0]?.amount.currency ?? ''
  const sum = (each: Movement[]) => each.reduce((minor, { amount }) => minor + amount.amountMinor, 0)
  const money = (amountMinor: number) => ({ amountMinor, currency })
  return {
    payments: came.length,
    refunds: went.length,
    received: money(sum(came)),
    refunded: money(0 - sum(went)),
    net: money(sum(some))
  }
}
