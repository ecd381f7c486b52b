import fs from 'node:fs'

const read = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Ticks of the clock that Linux counts processor time with. */
const ticksPerSecond = 100

/** Fields of /proc/PID/stat from the third on; the second may hold anything. */
const stat = (pid: number): string[] => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []

const cpuOf = (pid: number): number =>
  ((Number(stat(pid)[11] ?? 0) + Number(stat(pid)[12] ?? 0)) * 1000) / ticksPerSecond

const childrenOf = (parent: number): number[] =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(stat(Number(name))[1]) === parent)
    .map(Number)

/** Processor time of a process and those that it has started and that still run, ms. Linux only. */
export const cpuMs = (pid: number): number =>
  cpuOf(pid) + childrenOf(pid).reduce((sum, child) => sum + cpuOf(child), 0)

/** Memory that is resident now, MB. */
export const rssMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? NaN) / 1024

/** Sums of several processes. */
export const cpuOfAll = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + cpuMs(pid), 0)
