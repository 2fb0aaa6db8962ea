/** What is said of a message that could not be handed over: codes alone, since servers quote addresses in their words. */
export class Undelivered extends Error {
  /** Whether the address is refused for good: to try again changes nothing. */
  isFinal: boolean

  constructor(message: string, isFinal = false) {
    super(message)
    this.isFinal = isFinal
  }
}
