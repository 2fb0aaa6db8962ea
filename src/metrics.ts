import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client'
import { log } from './log.ts'
import { openStreams } from './services/live/streams.ts'
import { outstanding } from './services/payments/outstanding.ts'

const seconds = new Histogram({
  name: 'docket_http_request_seconds',
  help: 'Time to answer, by method, mount and status',
  labelNames: ['method', 'mount', 'status'],
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10]
})

new Gauge({
  name: 'docket_live_streams',
  help: 'Open streams of what happens',
  collect() {
    this.set(openStreams())
  }
})

new Gauge({
  name: 'docket_payments_outstanding',
  help: 'Payments whose gateway has not said yet how they stand (payment), and money on its way back (refund)',
  labelNames: ['kind'],
  async collect() {
    this.reset()
    try {
      const { payments, refunds } = await outstanding()
      this.set({ kind: 'payment' }, payments.count)
      this.set({ kind: 'refund' }, refunds.count)
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'payments could not be counted')
    }
  }
})

const mounts = /^\/(assets|auth|booking|doctor|admin|health|live|visits|unsubscriptions)(?=\/|$)/

/** What stays open is no slow answer. */
const streams = /^(?!\/health).*\/live$/
const mountOf = (path: string) => (streams.test(path) ? 'live' : (mounts.exec(path)?.[1] ?? 'other'))

/** Times every request. The label is the mount, never the path: ids don't belong in metrics. */
export const measured: RequestHandler = (req, res, next) => {
  const stop = seconds.startTimer({ method: req.method, mount: mountOf(req.path) })
  res.once('finish', () => stop({ status: res.statusCode }))
  next()
}

/** Prometheus' `/metrics`, on the loopback interface only. */
export async function serveMetrics(port: number) {
  collectDefaultMetrics()
  const server = createServer(async (_req, res) => {
    res.setHeader('Content-Type', register.contentType).end(await register.metrics())
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return server
}
