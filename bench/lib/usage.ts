import { subscribe } from 'node:diagnostics_channel'
import fs from 'node:fs'
import { Socket } from 'node:net'

/** Bytes are TCP payload at accepted sockets, headers included, TLS not. CPU is this process's, ms. */
export interface Usage {
  received: number
  sent: number
  cpuMs: number
  /** The most memory that was resident since `resetPeak`, MB. */
  peakRssMb: number
}

const live = new Set<Socket>()
let received = 0
let sent = 0

/** Counts every connection that a server in this process accepts from now on. */
export function countSockets(): void {
  subscribe('net.server.socket', (message) => {
    const socket: unknown =
      typeof message === 'object' && message !== null ? Reflect.get(message, 'socket') : null
    if (!(socket instanceof Socket)) return
    live.add(socket)
    socket.once('close', () => {
      live.delete(socket)
      received += socket.bytesRead
      sent += socket.bytesWritten
    })
  })
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const open = [...live]
  return {
    received: open.reduce((sum, socket) => sum + socket.bytesRead, received),
    sent: open.reduce((sum, socket) => sum + socket.bytesWritten, sent),
    cpuMs: (user + system) / 1000,
    peakRssMb: peakRssMb(),
  }
}

/** Linux keeps the high-water mark; elsewhere the figure is the momentary one. */
function peakRssMb(): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'utf8'))
    return Number(line?.[1]) / 1024
  } catch {
    return process.memoryUsage.rss() / 1048576
  }
}

/** Forgets the high-water mark so far. */
export function resetPeak(): void {
  try {
    fs.writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // not Linux: there is no mark to forget
  }
}
