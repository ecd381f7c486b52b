import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** What the thread is told. It answers `go` when that is done, whatever came of it; `end` by ending. */
export type Told = 'go' | 'end'

/** A thread of its own, told of its file as `workerData`: brings what the journal holds into the file when it is told to. */
const connection = new DatabaseSync(String(workerData))
// Passive: it waits for nobody, and nobody for it.
const checkpoint = connection.prepare('pragma wal_checkpoint(passive)')

parentPort?.on('message', (told: Told) => {
  if (told === 'go') {
    try {
      checkpoint.get()
    } catch {
      // A full or failing disk: the journal keeps what it has, and whoever writes next is told.
    }
    parentPort?.postMessage('done', [])
  } else {
    connection.close()
    parentPort?.close()
  }
})
