import path from 'node:path'
import { ServerProcess } from '../../tests/support/serverProcess.ts'

/** Real server processes, as `npm start` starts them. */
export interface Servers {
  origins: string[]
  pids: number[]
  /** The secret of a set-up link. */
  secret: string
  stop(): Promise<void>
}

const running = new Set<ServerProcess>()
// However a measurement ends, no server stays behind.
process.on('exit', () => running.forEach(({ child }) => child.kill('SIGKILL')))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(1))

/** `count` processes on a PostgreSQL, or one on a folder. */
export async function startServers(dir: string, count = 1, database?: string): Promise<Servers> {
  const args = database === undefined ? [] : ['--database-url', database]
  const all: ServerProcess[] = []
  for (let i = 0; i < count; i++)
    all.push(await ServerProcess.serving(path.join(dir, count === 1 ? 'data' : `data-${i}`), args))
  for (const server of all) running.add(server)
  return {
    origins: all.map(({ origin }) => origin),
    pids: all.flatMap(({ child }) => child.pid ?? []),
    secret: all[0]?.secret ?? '',
    stop: async () => {
      for (const server of all) {
        await server.stop()
        running.delete(server)
      }
    },
  }
}
