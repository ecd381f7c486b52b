import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { unpack, type Answer, type Api, type ArgsOf, type ResultOf } from './rpc.ts'

/** Ask one of our own child processes; it answers to the functions of `A`. */
export interface Child<A extends Api<A>> {
  ask<K extends keyof A & string>(fn: K, ...args: ArgsOf<A[K]>): Promise<ResultOf<A[K]>>
  stop(): Promise<void>
}

interface Message extends Answer {
  id: number
}

/** A call may take this long: seeding 200,000 entries through a slow peer does. */
const patienceMs = 30 * 60_000
const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach((child) => child.kill('SIGTERM')))

/** Starts `script` (which calls `serveCalls`), with these flags of Node, and waits until it is ready. */
export async function startChild<A extends Api<A>>(
  script: string,
  args: string[] = [],
  flags: readonly string[] = [],
): Promise<Child<A>> {
  const child = fork(script, args, {
    execArgv: [...process.execArgv, ...flags],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  })
  running.add(child)
  const log = lastWords(child)
  const waiting = new Map<number, (answer: Answer) => void>()
  let ended = false
  child.once('exit', (code, signal) => {
    ended = true
    running.delete(child)
    for (const tell of waiting.values())
      tell({ error: `${path.basename(script)} ended (${code ?? signal}): ${log()}` })
  })
  child.on('message', (message: Message) => waiting.get(message.id)?.(message))
  let calls = 0
  const send = (fn: string, args: unknown[]) =>
    new Promise<Answer>((resolve) => {
      if (ended) return resolve({ error: `${path.basename(script)} has ended: ${log()}` })
      const id = calls++
      const settle = (result: Answer) => {
        clearTimeout(timer)
        waiting.delete(id)
        resolve(result)
      }
      const timer = setTimeout(() => settle({ error: `no answer to ${fn}: ${log()}` }), patienceMs)
      waiting.set(id, settle)
      child.send({ id, fn, args })
    })
  unpack(await send('ready', []), script)
  return {
    ask: async (fn, ...args) => unpack(await send(fn, args), fn),
    stop: () => (ended ? Promise.resolve() : stop(child)),
  }
}

/** What the child printed last, for errors; `BENCH_LOG=1` shows all of it. */
function lastWords(child: ChildProcess): () => string {
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000)
      if (process.env['BENCH_LOG']) process.stderr.write(chunk)
    })
  return () => log
}

/** Politely first: a server closes its database on `disconnect`. */
function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 6000)
    child.once('exit', () => {
      clearTimeout(kill)
      resolve()
    })
    child.disconnect()
  })
}
