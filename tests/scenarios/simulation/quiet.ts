/**
 * Knows when a process that waits only for virtual time has come to rest: nothing of fake-indexeddb, WebCrypto or
 * the simulated network is under way. So virtual time can move on without waiting for real time.
 */
let pending = 0
let steps = 0
const reallySoon = globalThis.setImmediate
let watching = false
/** Whoever waits until nothing is under way. */
let atRest: (() => void)[] = []

/** Counts a promise as work under way. */
export async function busy<T>(work: Promise<T>): Promise<T> {
  pending++
  steps++
  try {
    return await work
  } finally {
    ended()
    steps++
  }
}

function ended() {
  pending--
  if (pending > 0 || atRest.length === 0) return
  const woken = atRest
  atRest = []
  for (const wake of woken) wake()
}

const subtleCalls = [
  ...['sign', 'verify', 'digest', 'generateKey', 'importKey', 'exportKey'],
  ...['encrypt', 'decrypt', 'deriveBits'],
]

function watchCrypto() {
  const { subtle } = globalThis.crypto
  for (const name of subtleCalls) {
    const original = Reflect.get(subtle, name) as (...args: unknown[]) => Promise<unknown>
    Object.defineProperty(subtle, name, {
      configurable: true,
      value: (...args: unknown[]) => busy(Reflect.apply(original, subtle, args)),
    })
  }
}

/** fake-indexeddb looks `setImmediate` up at each step. */
function watchImmediates() {
  const counted = (run: (...args: unknown[]) => void, ...args: unknown[]) => {
    pending++
    steps++
    return reallySoon(() => {
      ended()
      run(...args)
    })
  }
  Object.defineProperty(globalThis, 'setImmediate', { configurable: true, writable: true, value: counted })
}

/** To be called once before anything is simulated. */
export function watch(): void {
  if (watching) return
  watching = true
  // Packing runs in threads that can't be watched; the wire's packing has tests of its own.
  Reflect.deleteProperty(globalThis, 'CompressionStream')
  watchCrypto()
  watchImmediates()
}

const turn = () => new Promise<void>((resolve) => reallySoon(resolve))

const rest = () => new Promise<void>((resolve) => void atRest.push(resolve))

/** Resolves when nothing has been under way for a few turns of the loop. */
export async function quiet(): Promise<void> {
  let last = -1
  for (let calm = 0; calm < 3;) {
    // Meanwhile the loop sleeps or does that work, instead of being asked at each turn whether it is done.
    if (pending > 0) await rest()
    await turn()
    calm = pending === 0 && steps === last ? calm + 1 : 0
    last = steps
  }
}
