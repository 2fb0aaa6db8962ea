import { onEvent } from '../../database/events.ts'
import { type News, newsOf } from './news.ts'

const FOLD_MS = 300
/** A page is shown a moment before its stream is open: what happened in between is told at once. */
const LATELY_MS = 5_000

/** Hands on what happens, soon after it does and many at once. The function returned says what that was lately. */
export function foldedNews(pass: (news: News[]) => unknown) {
  const waiting = new Map<string, News>()
  const lately: News[] = []

  function unfold() {
    const news = [...waiting.values()]
    waiting.clear()
    lately.push(...news)
    setTimeout(() => lately.splice(0, news.length), LATELY_MS).unref()
    pass(news)
  }
  onEvent(told => {
    for (const news of newsOf(told)) {
      if (waiting.size === 0) setTimeout(unfold, FOLD_MS).unref()
      waiting.set(JSON.stringify(news), news)
    }
  })
  return () => [...lately]
}
