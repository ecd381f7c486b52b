/** Lets one go at a time, in order of asking. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    // Whoever comes next must go on whatever became of this one.
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
