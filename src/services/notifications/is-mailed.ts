import { mailGateway } from '../../gateways/email.ts'

/** Whether this operator sends mails at all: pages promise none otherwise. */
export const isMailed = () => mailGateway() !== null
