import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'

/** Somebody who is paid through the test gateway, and notes what it is told. `status` is how it answers. */
export function merchant() {
  const told: { body: Buffer; headers: IncomingHttpHeaders }[] = []
  const shop = { url: '', status: 204, told }
  const server = createServer(async (req, res) => {
    const pieces: Buffer[] = []
    for await (const piece of req) pieces.push(piece)
    told.push({ body: Buffer.concat(pieces), headers: req.headers })
    res.writeHead(shop.status).end()
  })
  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    shop.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`
  })
  beforeEach(() => {
    shop.status = 204
    told.length = 0
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return shop
}
