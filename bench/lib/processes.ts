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

/**
 * Memory that the page of a browser profile has for itself (anonymous and shared-memory pages, not the browser's
 * code that is mapped from disk): the largest renderer's, MB; NaN where it can't be told.
 */
export function pageMemoryMb(profile: string): number {
  const all = processes()
  const main = all.find(
    ({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='),
  )
  const below = (pid: string): Process[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)])
  const pages = main ? below(main.pid).filter(({ command }) => command.includes('--type=renderer')) : []
  return pages.length > 0 ? Math.max(...pages.map(({ pid }) => ownMb(pid))) : NaN
}

function ownMb(pid: string): number {
  const status = read(`/proc/${pid}/status`)
  const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return (kilobytes('RssAnon') + kilobytes('RssShmem')) / 1024
}
