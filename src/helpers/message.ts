import type { Tag } from './status.ts'

/** How a message stands, in the words of whoever looks after it; see `services/messages/message-state.ts`. */
export type MessageState = 'WAITING' | 'RETRYING' | 'SENT' | 'FAILED' | 'SEEN_TO' | 'CLOSED' | 'DROPPED'

const looks: Record<MessageState, Omit<Tag, 'key'>> = {
  WAITING: { tone: 'quiet', icon: 'clock' },
  RETRYING: { tone: 'amber', icon: 'hourglass-split' },
  SENT: { tone: 'brand', icon: 'check-lg' },
  FAILED: { tone: 'red', icon: 'exclamation-triangle' },
  SEEN_TO: { tone: 'blue', icon: 'person-check' },
  CLOSED: { tone: 'quiet', icon: 'exclamation-triangle' },
  DROPPED: { tone: 'quiet', icon: 'slash-circle' }
}

/** One word, one shape and one tone for how a message stands, wherever it is shown. */
export const messageTag = (state: MessageState): Tag => ({ key: `messages:state.${state}`, ...looks[state] })
