import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Answer, Told } from './checkpointThread.ts'
import type { Connection } from './connection.ts'

/** From so many pages of the journal on, 4 KiB each, bringing them into the file is worth its two flushes. */
const worthwhile = 2000
/**
 * The journal begins anew only when all of it is in the file, which under load the thread never quite reaches: from this
 * length on, in pages, each commit brings in what is left. The most that the journal takes of the disk is a little more.
 */
export const journalPages = 16_000

/** Beside this file, whether that is a source or was made from one. */
const threadFile = new URL(`checkpointThread${extname(import.meta.filename)}`, import.meta.url)

/**
 * What is committed stands in the journal first (sqlite.org/wal.html). Bringing it into the file waits for the disk for
 * 50 to 100 ms at a time: a thread does it beside the loop. It is started when there is first something to do; without
 * it the journal grows to `journalPages`, nothing else.
 */
export class Checkpoints {
  readonly #file: string
  readonly #writer: Connection
  #thread: Worker | null = null
  #busy = false

  constructor(file: string, writer: Connection) {
    this.#file = file
    this.#writer = writer
  }

  /** To be called after each commit, which is done whatever becomes of this. */
  look(): void {
    try {
      if (!this.#busy && this.#isWorthwhile()) this.#go()
    } catch {
      // A failing disk, or no room for a thread: the next commit is told, or looks again.
    }
  }

  /** Brings all of the journal into the file and cuts it off, so that no page stands there as it was. */
  async empty(): Promise<void> {
    const thread = (this.#thread ??= this.#started())
    const { promise, resolve } = Promise.withResolvers<void>()
    const over = (): void => resolve()
    const heard = (answer: Answer): void => {
      if (answer === 'emptied') resolve()
    }
    thread.on('message', heard).on('exit', over).ref()
    this.#tell(thread, 'empty')
    await promise
    thread.off('message', heard).off('exit', over).unref()
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    const thread = this.#thread
    if (!thread) return
    const { promise, resolve } = Promise.withResolvers<void>()
    thread.once('exit', () => resolve())
    thread.ref()
    this.#tell(thread, 'end')
    await promise
  }

  #isWorthwhile(): boolean {
    const { log, checkpointed } = this.#writer.prepare('pragma wal_checkpoint(noop)').get() ?? {}
    return Number(log) - Number(checkpointed) >= worthwhile
  }

  #go(): void {
    this.#thread ??= this.#started()
    this.#tell(this.#thread, 'go')
    this.#busy = true
  }

  #tell(thread: Worker, told: Told): void {
    thread.postMessage(told, [])
  }

  #started(): Worker {
    const thread = new Worker(threadFile, { workerData: this.#file })
    thread.unref()
    thread.on('message', (answer: Answer) => {
      if (answer === 'done') this.#busy = false
    })
    // One that could not open the file ends; another one is tried when there is more to do.
    thread.on('error', () => undefined)
    thread.on('exit', () => {
      this.#thread = null
      this.#busy = false
    })
    return thread
  }
}
