/**
 * Knows when a process that waits only for virtual time has come to rest: nothing of fake-indexeddb, WebCrypto or
 * the simulated network is under way. So virtual time can move on without waiting for real time.
 */
let pending = 0
let steps = 0
const reallySoon = globalThis.setImmediate
let watching = false

/** Counts a promise as work under way. */
export async function busy<T>(work: Promise<T>): Promise<T> {
  pending++
  steps++
  try {
    return await work
  } finally {
    pending--
    steps++
  }
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
      pending--
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

/** Resolves when nothing has been under way for a few turns of the loop. */
export async function quiet(): Promise<void> {
  let last = -1
  for (let calm = 0; calm < 3;) {
    await turn()
    calm = pending === 0 && steps === last ? calm + 1 : 0
    last = steps
  }
}
