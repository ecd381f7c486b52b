import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** What the thread is told. It answers `go` and `empty` when that is done, whatever came of it; `end` by ending. */
export type Told = 'go' | 'empty' | 'end'
export type Answer = 'done' | 'emptied'

/** A thread of its own, told of its file as `workerData`: brings what the journal holds into the file when it is told to. */
const connection = new DatabaseSync(String(workerData))
// Passive: it waits for nobody, and nobody for it.
const checkpoint = connection.prepare('pragma wal_checkpoint(passive)')
const truncation = connection.prepare('pragma wal_checkpoint(truncate)')

const answer = (text: Answer): void => parentPort?.postMessage(text, [])

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // A full or failing disk: the journal keeps what it has, and whoever writes next is told.
  }
}

/** While somebody reads or writes it can't be cut off; that is tried for two seconds. */
const [tries, pauseMs] = [40, 50]

function empty(): void {
  checkpoint.get()
  for (let i = 0; i < tries && truncation.get()?.['busy'] !== 0; i++)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
}

parentPort?.on('message', (told: Told) => {
  if (told === 'go') {
    attempt(() => checkpoint.get())
    answer('done')
  } else if (told === 'empty') {
    attempt(empty)
    answer('emptied')
  } else {
    connection.close()
    parentPort?.close()
  }
})
