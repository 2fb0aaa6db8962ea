/** A text in lines that fit. A word too long for a line of its own is broken where the line ends. */
export function linesOf(text: string, fits: (line: string) => boolean) {
  return text.split(/\r?\n/).flatMap(paragraph => {
    const words = paragraph.trim().split(/\s+/)
    return filled(
      words.flatMap(word => (fits(word) ? [word] : pieces(word, fits))),
      ' ',
      fits
    )
  })
}

const pieces = (word: string, fits: (line: string) => boolean) =>
  filled(
    [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment),
    '',
    fits
  )

function filled(parts: string[], glue: string, fits: (line: string) => boolean) {
  const [first = '', ...others] = parts
  const lines = [first]
  for (const part of others) {
    const longer = `${lines.at(-1)}${glue}${part}`
    if (fits(longer)) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}
