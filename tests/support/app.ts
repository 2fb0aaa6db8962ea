import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { createApp } from '../../src/app.ts'

/** Serves the app for a test file. `app.url` is known once the tests run. */
export function serveApp() {
  const served = { url: '', server: createServer() as Server }
  beforeAll(async () => {
    served.server.on('request', createApp('a secret for tests that is long enough'))
    await new Promise<void>(resolve => served.server.listen(0, '127.0.0.1', resolve))
    served.url = `http://127.0.0.1:${(served.server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    served.server.closeAllConnections()
    served.server.close()
  })
  return served
}
