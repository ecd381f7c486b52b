import type { QueryResult } from 'pg'
import { StorageUnavailable } from '../errors.ts'
import { Session, type Raw, type Value } from './connection.ts'
import { isFollowUp } from './errors.ts'

/**
 * Statements of one transaction. Those that answer nothing are sent without waiting for them; whether they worked is
 * known at the end of the savepoint, or of the transaction.
 */
export class Pipeline extends Session {
  #sent: Promise<unknown>[] = []
  #depth = 0

  send(sql: string, ...values: Value[]): void {
    this.#keep(super.run(sql, values))
  }

  sendOnce(sql: string, ...values: Value[]): void {
    this.#keep(super.runOnce(sql, values))
  }

  override async run(sql: string, values: readonly Value[]): Promise<QueryResult<Raw>> {
    try {
      return await super.run(sql, values)
    } catch (error) {
      throw await this.firstFailure(error)
    }
  }

  /** Resolves when all that was sent has worked; throws the first failure. */
  async settled(): Promise<void> {
    const sent = this.#sent
    this.#sent = []
    const failed = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }

  /** What was sent before and failed is why a later statement did. */
  async firstFailure(error: unknown): Promise<unknown> {
    const earlier = await this.settled().then(
      () => null,
      (reason: unknown) => reason,
    )
    return earlier !== null && (isFollowUp(error) || !(error instanceof StorageUnavailable)) ? earlier : error
  }

  /** Sent with what was sent before: an aborted transaction answers a commit with a rollback, and no error. */
  async commit(): Promise<void> {
    const answer = this.runOnce('commit')
    // Whichever fails first is looked at.
    answer.catch(() => undefined)
    await this.settled()
    const { command } = await answer
    if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit')
  }

  /** Where storage itself failed, the whole transaction has. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `s${this.#depth++}`
    this.sendOnce(`savepoint ${name}`)
    try {
      const result = await work()
      await this.settled()
      this.sendOnce(`release ${name}`)
      return result
    } catch (error) {
      const first = await this.firstFailure(error)
      if (!(first instanceof StorageUnavailable)) await this.runOnce(`rollback to ${name}; release ${name}`)
      throw first
    } finally {
      this.#depth--
    }
  }

  #keep(sent: Promise<unknown>): void {
    // Looked at in `settled`; until then it is nobody's.
    sent.catch(() => undefined)
    this.#sent.push(sent)
  }
}
