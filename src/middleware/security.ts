import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { config } from '../config.ts'

/**
 * Headers that keep a browser from doing what no page of ours asks for. A form that begins a payment is answered with
 * the way to a page of the gateway's: `payingAt` says where those are, if not here.
 */
export function security(payingAt: () => string | undefined): RequestHandler[] {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: [() => ["'self'", payingAt()].filter(Boolean).join(' ')],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        ...(config.secure && { upgradeInsecureRequests: [] })
      }
    },
    strictTransportSecurity: config.secure,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' }
  })
  return [headers, quiet]
}

const quiet: RequestHandler = (_req, res, next) => {
  res.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  res.set('Cache-Control', 'no-store')
  next()
}
