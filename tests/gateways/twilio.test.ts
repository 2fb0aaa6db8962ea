import { beforeEach, describe, expect, it } from 'vitest'
import { Undelivered } from '../../src/gateways/undelivered.ts'
import { twilioFake } from '../support/twilio-fake.ts'

const twilio = twilioFake()
const to = '+447700900461'
const text = 'Riverside Clinic: your visit is on Thu 26 Nov at 09:00 (GMT) + 50% & more?'

beforeEach(() => {
  twilio.trouble = 'none'
  twilio.texts.length = 0
  twilio.refuses.clear()
})

async function refusal(how: Parameters<typeof twilio.gateway>[0] = {}, number = to) {
  const error = await twilio
    .gateway(how)
    .send({ to: number, text })
    .catch(error => error)
  expect(error).toBeInstanceOf(Undelivered)
  const { message, isFinal } = error as Undelivered
  return [message, isFinal]
}

describe('a text', () => {
  it('is handed over with its number, its words and who it is from', async () => {
    await twilio.gateway().send({ to, text })
    const MessagingServiceSid = `MG${'0'.repeat(32)}`
    await twilio.gateway({ from: MessagingServiceSid }).send({ to, text })
    expect(twilio.texts).toEqual([
      { To: to, From: '+441174960101', Body: text },
      { To: to, MessagingServiceSid, Body: text }
    ])
  })

  it.each([21211, 21214, 21217, 21265, 21268, 21610, 21612, 21614, 21635])(
    'is refused for good when its number is the reason: %i',
    async code => {
      twilio.refuses.set(to, { status: 400, code })
      expect(await refusal()).toEqual([`TWILIO 400 ${code}`, true])
    }
  )

  it('is refused for good when what it goes to is no number', async () => {
    expect(await refusal({}, '07700 900461')).toEqual(['TWILIO 400 21211', true])
  })

  it.each([
    [400, 21408],
    [400, 21606],
    [400, 21608],
    [403, 20003],
    [429, 20429],
    [500, 20500],
    [503, 20503]
  ])('is tried again when it is the account, the sender or Twilio: %i %i', async (status, code) => {
    twilio.refuses.set(to, { status, code })
    expect(await refusal()).toEqual([`TWILIO ${status} ${code}`, false])
  })

  it('is tried again when the token is wrong', async () => {
    expect(await refusal({ authToken: 'wrong' })).toEqual(['TWILIO 401 20003', false])
    expect(twilio.texts).toEqual([])
  })

  it.each([
    ['web page', 'TWILIO 502'],
    ['null', 'TWILIO 201'],
    ['no id', 'TWILIO 201'],
    ['elsewhere', 'TWILIO 307'],
    ['failed at once', 'TWILIO 201 30005'],
    ['cut off', 'TWILIO UND_ERR_SOCKET']
  ] as const)('is not taken over when the answer is: %s', async (trouble, said) => {
    twilio.trouble = trouble
    expect(await refusal()).toEqual([said, false])
  })

  it.each(['hangs', 'drips'] as const)('is given up in time when Twilio %s', async trouble => {
    twilio.trouble = trouble
    expect(await refusal({ timeoutMs: 100 })).toEqual(['TWILIO TimeoutError', false])
  })

  it('is tried again when nobody is there', async () => {
    expect(await refusal({ api: 'http://127.0.0.1:2' })).toEqual(['TWILIO ECONNREFUSED', false])
  })
})
