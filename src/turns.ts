import { Busy } from './errors.ts'

/** Lets `atOnce` pieces of work run and `waiting` more stand in line, first come first served; the next one is Busy. */
export function turns(atOnce: number, waiting: number) {
  const line: (() => void)[] = []
  let running = 0

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (line.length >= waiting) throw new Busy()
      await new Promise<void>(resolve => line.push(resolve))
    } else {
      running++
    }
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else running--
    }
  }
}
