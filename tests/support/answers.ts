import type { Answer } from './raw.ts'

const inside =
  /\bat .+[a-z>"]:\d+:\d+|node_modules|node:internal|file:\/\/|\/src\/|\.ts:\d+|Prisma|violates|SELECT .+ FROM|\b(Type|Range|Reference|Syntax|Zod)Error\b|ECONN|ENOENT/

/** What must never be in an answer to a request that makes no sense: '' when there is nothing wrong with it. */
export function wrongWith({ status, text }: Answer) {
  if (status >= 500) return `${status}`
  return inside.exec(text)?.[0] ?? ''
}
