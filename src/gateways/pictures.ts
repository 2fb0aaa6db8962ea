import type { Sharp } from 'sharp'

const SIDE = 320
/** More is no photo of a person; it is not unpacked. */
const MOST_PIXELS = 40_000_000

/** How a file of each kind begins. What others call themselves in their names doesn't count. */
const kinds = [/^\xff\xd8\xff/, /^\x89PNG\r\n\cZ\n/, /^RIFF....WEBP/s]

/**
 * A photo of a person as a square JPEG of 320 pixels, upright, with nothing in it but the picture: no place, no camera,
 * no comment. From a JPEG, PNG or WebP; null for anything else, for one that is broken, and for one of more than 40
 * million pixels.
 */
export async function asPortrait(file: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> {
  const beginning = Buffer.from(file.subarray(0, 16)).toString('latin1')
  if (!kinds.some(kind => kind.test(beginning))) return null
  const { default: sharp } = await import('sharp')
  const picture = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 }).timeout({ seconds: 10 })
  return portrait(picture).catch(() => null)
}

async function portrait(picture: Sharp) {
  const bytes = await picture
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'cover', position: 'attention' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer()
  return new Uint8Array(bytes)
}
