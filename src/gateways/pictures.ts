import type { Sharp } from 'sharp'

const SIDE = 320
/** More is no photo of a person; it is not unpacked. */
const MOST_PIXELS = 40_000_000
/** Cut square, a strip or a speck shows nobody; and a strip is blown up to its length before it is cut. */
const LEAST_SIDE = 64
const MOST_TIMES_AS_LONG = 4

/** How a file of each kind begins. What others call themselves in their names doesn't count. */
const kinds = [/^\xff\xd8\xff/, /^\x89PNG\r\n\cZ\n/, /^RIFF....WEBP/s]

/**
 * A photo of a person as a square JPEG of 320 pixels, upright, with nothing in it but the picture: no place, no camera,
 * no comment. From a JPEG, PNG or WebP. Else why not: `unreadable` for anything else, for one that is broken, and for
 * one of more than 40 million pixels; `shape` for one with a side under 64 pixels, or more than four times as long as
 * wide.
 */
export async function asPortrait(file: Uint8Array): Promise<Uint8Array<ArrayBuffer> | 'unreadable' | 'shape'> {
  const beginning = Buffer.from(file.subarray(0, 16)).toString('latin1')
  if (!kinds.some(kind => kind.test(beginning))) return 'unreadable'
  const { default: sharp } = await import('sharp')
  const picture = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 }).timeout({ seconds: 10 })
  return portrait(picture).catch(() => 'unreadable' as const)
}

async function portrait(picture: Sharp) {
  const { width, height } = await picture.metadata()
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)]
  if (shorter < LEAST_SIDE || longer > MOST_TIMES_AS_LONG * shorter) return 'shape' as const

  const bytes = await picture
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'cover', position: 'attention' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer()
  return new Uint8Array(bytes)
}
