/** Chance that can be repeated: the same seed draws the same numbers. */
export interface Chance {
  /** Whole number, both ends included. */
  between(from: number, to: number): number
  often(share: number): boolean
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
}

export function chance(seed: string): Chance {
  const next = mulberry32(hashOf(seed))
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    between,
    often: share => next() < share,
    pick: list => list[between(0, list.length - 1)] as (typeof list)[number],
    shuffled(list) {
      const keyed = list.map(item => ({ item, key: next() }))
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
    }
  }
}

/** Tommy Ettinger's mulberry32: 32 bits of state, plenty for a demo and nothing else. */
function mulberry32(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string) {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}
