import fs from 'node:fs'

interface Process {
  pid: string
  parent: string
  command: string
}

const read = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Linux only; elsewhere the list is empty. */
function processes(): Process[] {
  const pids = fs.existsSync('/proc') ? fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []
  return pids.map((pid) => {
    const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? ''
    return { pid, parent, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }
  })
}

/** The browser that has this profile and everything that it started; empty where it can't be told. */
function browserOf(profile: string): Process[] {
  const all = processes()
  const main = all.find(
    ({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='),
  )
  const withChildren = (one: Process): Process[] => [
    one,
    ...all.filter(({ parent }) => parent === one.pid).flatMap(withChildren),
  ]
  return main ? withChildren(main) : []
}

/** Processor time that the browser with this profile has used so far, in ticks of the system (100 a second). */
export const browserTicks = (profile: string): number =>
  browserOf(profile).reduce((sum, { pid }) => {
    // What stands before the bracket may hold spaces.
    const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
    return sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  }, 0)

/**
 * Memory that the page of a browser profile has for itself (anonymous and shared-memory pages, not the browser's
 * code that is mapped from disk): the largest renderer's, MB; NaN where it can't be told.
 */
export function pageMemoryMb(profile: string): number {
  const pages = browserOf(profile).filter(({ command }) => command.includes('--type=renderer'))
  return pages.length > 0 ? Math.max(...pages.map(({ pid }) => ownMb(pid))) : NaN
}

function ownMb(pid: string): number {
  const status = read(`/proc/${pid}/status`)
  const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return (kilobytes('RssAnon') + kilobytes('RssShmem')) / 1024
}
