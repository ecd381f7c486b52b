import { setTimeout as pause } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import type { Channel } from '../channel.ts'
import type { Session } from './connection.ts'

const name = 'gatepost'
/** What the listening connection is called in the database: each server has one. */
export const earName = 'gatepost pokes'
const firstPauseMs = 500
const longestPauseMs = 30_000

/** LISTEN and NOTIFY. A connection of its own listens; one that is lost is made again, and what was said meanwhile is missed. */
export class Notices implements Channel {
  readonly #settings: ClientConfig
  readonly #session: Session
  readonly #listeners = new Set<(text: string) => void>()
  readonly #ended = new AbortController()
  #client: Client | null = null
  #running: Promise<void> | null = null

  constructor(settings: ClientConfig, session: Session) {
    this.#settings = settings
    this.#session = session
  }

  async send(texts: readonly string[]): Promise<void> {
    const sql = `select pg_notify('${name}', text) from unnest($1::text[]) text`
    if (texts.length > 0) await this.#session.run(sql, [texts]).catch(() => undefined)
  }

  listen(heard: (text: string) => void): () => void {
    this.#listeners.add(heard)
    this.#running ??= this.#stayConnected()
    return () => void this.#listeners.delete(heard)
  }

  async close(): Promise<void> {
    this.#ended.abort()
    await this.#client?.end().catch(() => undefined)
    await this.#running
  }

  async #stayConnected(): Promise<void> {
    let pauseMs = firstPauseMs
    while (!this.#ended.signal.aborted) {
      const listened = await this.#listenOnce()
      pauseMs = listened ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
      await pause(pauseMs, undefined, { signal: this.#ended.signal, ref: false }).catch(() => undefined)
    }
  }

  /** Resolves when the connection is gone; true where there was one. */
  async #listenOnce(): Promise<boolean> {
    const client = new Client(this.#settings)
    const gone = new Promise<void>((resolve) => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
    })
    client.on('notification', ({ payload }) => this.#tell(payload ?? ''))
    this.#client = client
    try {
      await client.connect()
      await client.query(`listen ${name}`)
      if (this.#ended.signal.aborted) return true
      await gone
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  #tell(text: string): void {
    for (const listener of this.#listeners) listener(text)
  }
}
