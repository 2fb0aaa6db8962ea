import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { createApp } from '../../src/app.ts'
import { config } from '../../src/config.ts'
import { testGateway } from '../../src/gateways/payments/test.ts'
import { useGateway } from '../../src/gateways/payments.ts'

export type Served = ReturnType<typeof serveApp>

/** What the test gateway and its merchant both know. */
export const gatewaySecret = config.testGateway?.secret ?? ''

/** Serves the app for a test file. `app.url` is known once the tests run. It pays at its own test gateway. */
export function serveApp() {
  const served = { url: '', server: createServer() as Server }
  beforeAll(async () => {
    served.server.on('request', createApp('a secret for tests that is long enough'))
    await new Promise<void>(resolve => served.server.listen(0, '127.0.0.1', resolve))
    served.url = `http://127.0.0.1:${(served.server.address() as AddressInfo).port}`
    useGateway(testGateway({ url: served.url, secret: gatewaySecret }))
  })
  afterAll(() => {
    served.server.closeAllConnections()
    served.server.close()
  })
  return served
}
