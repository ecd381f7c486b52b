import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { bytesIn, freshFolder, removeFolder } from './folders.ts'
import type { Bench } from './page.ts'
import { pageMemoryMb } from './processes.ts'
import { unpack, type Answer, type ArgsOf, type ResultOf } from './rpc.ts'

/** A device: one Chromium with its own profile on disk, whose page carries a peer's client. */
export interface Device {
  folder: string
  call<K extends keyof Bench & string>(fn: K, ...args: ArgsOf<Bench[K]>): Promise<ResultOf<Bench[K]>>
  storedBytes(): number
  /** The page's own memory now, MB. */
  memoryMb(): number
  /** `keep` leaves the profile on disk for the next start. */
  close(keep?: boolean): Promise<void>
}

export type Durability = 'default' | 'strict'

const args = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-web-security',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--enable-precise-memory-info',
]

export const launch = (folder: string) =>
  chromium.launchPersistentContext(folder, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args,
    ignoreDefaultArgs: ['--headless'],
  })

/** Every peer's read-write transactions become as durable as the product's. */
function makeStrict() {
  const plain = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const durable = mode === 'readwrite' ? { ...options, durability: 'strict' as const } : options
    return plain.call(this, stores, mode, durable)
  }
}

export async function device(url: string, durability: Durability, kept?: string): Promise<Device> {
  const folder = kept ?? freshFolder('chromium')
  const context = await launch(folder)
  const page = context.pages()[0] ?? (await context.newPage())
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)))
  page.on('console', (m) => process.env['BENCH_LOG'] && process.stderr.write(`[page] ${m.text()}\n`))
  if (durability === 'strict') await page.addInitScript(makeStrict)
  await page.goto(url)
  await page
    .waitForFunction(() => 'bench' in window)
    .catch(() => {
      throw new Error(`the page did not load: ${errors.join('\n')}`)
    })
  let open = true
  return {
    folder,
    call: async (fn, ...given) => unpack(await ask(page, fn, given), `page ${fn}`),
    storedBytes: () => bytesIn(path.join(folder, 'Default', 'IndexedDB')),
    memoryMb: () => pageMemoryMb(folder),
    close: async (keep = false) => {
      if (open) await context.close()
      open = false
      if (!keep) removeFolder(folder)
    },
  }
}

const ask = (page: Page, fn: string, given: unknown[]): Promise<Answer> =>
  page.evaluate(([name, list]) => window.bench.answer(name, list), [fn, given] as const)
