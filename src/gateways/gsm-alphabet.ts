// The characters of which 160 fit into a text (3GPP TS 23.038). With a single other one only 70 do. Those of the second
// line count double.
const single =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const double = '^{}\\[~]|€'

const alphabet = new Set(single + double)
const typographic: Record<string, string> = { '’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '—': '-', '…': '...' }

/** What is left of a character that texts have no room for: the letter without its accent, or itself. */
function plain(character: string) {
  if (alphabet.has(character)) return character
  return typographic[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s/u, ' ')
}

/**
 * A text in characters of which most fit into one, when the loss of some accents is all it takes: `Clinica` for
 * `Clínica`. What is written in another script stays as it is.
 */
export function inGsm(text: string) {
  const short = [...text.normalize('NFC')].map(plain).join('')
  return [...short].every(character => alphabet.has(character)) ? short : text
}

/** How many texts it takes to send one, since each is paid for: 160 or 70 characters, a few less when it is split. */
export function partsOf(text: string) {
  const isGsm = [...text].every(character => alphabet.has(character))
  const length = isGsm ? [...text].reduce((sum, each) => sum + (double.includes(each) ? 2 : 1), 0) : text.length
  const [alone, each] = isGsm ? [160, 153] : [70, 67]
  return length <= alone ? 1 : Math.ceil(length / each)
}
