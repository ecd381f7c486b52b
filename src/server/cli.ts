import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { readConfig, type Config } from './config.ts'
import type { Running } from './main.ts'
import { Failure, unexpected } from './operator/failures.ts'
import { say, wordsFor, type WordKey } from './operator/words.ts'

// Halves the start and saves 20 MB: stripped and compiled modules are kept from one start to the next.
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'node'))

// The database, its journal and its copies hold names, and the centre's keys: what is made here is its owner's alone.
process.umask(0o077)

const words = wordsFor(process.env)
const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

/** One clear line, then the end. */
function fail(key: WordKey, gaps: Readonly<Record<string, string>>, exitCode: 1 | 2): never {
  process.stderr.write(`${say(words, key, gaps)}\n`)
  process.exit(exitCode)
}

/** Unfinished work gets this long after the first signal. */
const graceMs = 15_000

function stopOnSignals(running: Running): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(130)
    stopping = true
    print([words.stopping])
    setTimeout(() => process.exit(1), graceMs).unref()
    await running.stop()
    print([words.stopped])
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
}

async function runServer(config: Config): Promise<void> {
  // Loaded only now, so that a wrong option is answered at once.
  const [{ serve }, { report }] = await Promise.all([import('./main.ts'), import('./operator/report.ts')])
  const running = await serve(config)
  stopOnSignals(running)
  print(report(words, running, config))
  // Now, and not at an end that a power cut may take: the next start is quick either way.
  flushCompileCache()
}

/** Works beside a running server, too: the database takes one more writer. */
async function printLink(config: Config): Promise<void> {
  const [{ newLink }, { linkLines }] = await Promise.all([
    import('./main.ts'),
    import('./operator/report.ts'),
  ])
  const { key, origin, token } = await newLink(config)
  print(linkLines(words, key, origin, token))
}

/** Works beside a running server, too: it reads one moment of it. */
async function backUp(config: Config): Promise<void> {
  const { makeBackup } = await import('./operator/backup.ts')
  print([say(words, 'backedUp', { file: await makeBackup(config, Date.now()) })])
}

async function restore(config: Config): Promise<void> {
  const [{ restoreBackup }, { v7 }] = await Promise.all([import('./operator/restore.ts'), import('uuid')])
  const { file, kept } = await restoreBackup(config, v7, Date.now())
  print([kept ? say(words, 'restored', { file, kept }) : say(words, 'restoredNew', { file })])
}

async function raiseEpoch(config: Config): Promise<void> {
  const [{ raiseEpochOf }, { v7 }] = await Promise.all([import('./operator/epoch.ts'), import('uuid')])
  await raiseEpochOf(config, v7)
  print([words.epochRaised])
}

/** Works beside a running server; the exit code says whether something is wrong. */
async function verify(config: Config): Promise<number> {
  const { verifyDatabase } = await import('./operator/verifying.ts')
  const { lines, sound } = await verifyDatabase(config, words)
  print(lines)
  return sound ? 0 : 1
}

const recount =
  (fix: boolean) =>
  async (config: Config): Promise<number> => {
    const { recountDatabase } = await import('./operator/recounting.ts')
    const { lines, sound } = await recountDatabase(config, words, fix)
    print(lines)
    return sound ? 0 : 1
  }

async function exportPerson(config: Config): Promise<void> {
  const { exportPersonTo } = await import('./operator/person.ts')
  const n = await exportPersonTo(config, Date.now())
  print([say(words, 'personExported', { n: String(n), file: config.file })])
}

async function erasePerson(config: Config): Promise<void> {
  const { erasePersonFrom } = await import('./operator/person.ts')
  const { entries, records, aside } = await erasePersonFrom(config, Date.now)
  const gaps = { entries: String(entries), records: String(records), aside: String(aside) }
  print([say(words, 'personErased', gaps), words.personPhones])
}

async function printVersion(): Promise<void> {
  print([(await import('./version.ts')).version])
}

const commands: Record<Config['command'], (config: Config) => Promise<number | void> | void> = {
  serve: runServer,
  setup: printLink,
  backup: backUp,
  restore,
  epoch: raiseEpoch,
  verify,
  recount: recount(false),
  'recount-fix': recount(true),
  'person-export': exportPerson,
  'person-erase': erasePerson,
  help: () => print([words.help]),
  version: printVersion,
}

const answer = readConfig(process.argv.slice(2), process.env)
if (!answer.ok) fail(answer.problem.key, answer.problem.gaps, 2)
try {
  const code = await commands[answer.config.command](answer.config)
  if (typeof code === 'number') process.exitCode = code
} catch (error) {
  const { key, gaps } = error instanceof Failure ? error : unexpected(error)
  fail(key, gaps, 1)
}
