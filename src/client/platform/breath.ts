/** Resolves when the browser has had its turn. */
export const breathe = (): Promise<void> =>
  'scheduler' in globalThis && 'yield' in scheduler
    ? scheduler.yield()
    : new Promise((done) => setTimeout(done))

/** So long the processor may be held before the screen, or what arrives, has its turn, ms. */
const heldMs = 8

/** For work that goes on for long: it is due where the processor was held for too long. */
export interface Pause {
  isDue(): boolean
  take(): Promise<void>
}

export function createPause(breath: () => Promise<void> = breathe): Pause {
  let since = performance.now()
  return {
    isDue: () => performance.now() - since >= heldMs,
    async take() {
      await breath()
      since = performance.now()
    },
  }
}

/** A page that draws all the time must not keep what goes on behind from ending, ms. */
const behindMs = 50
/** So long at most it waits for something that goes first, ms. */
const aheadMs = 250

let ahead: Promise<unknown> = Promise.resolve()

/** Until this is done, whatever goes on behind the screen waits, though not for long: it may never be done. Gives it back. */
export function comesFirst<T>(work: Promise<T>): Promise<T> {
  const mine = new Promise<void>((done) => {
    const late = setTimeout(done, aheadMs)
    const end = (): void => {
      clearTimeout(late)
      done()
    }
    work.then(end, end)
  })
  ahead = Promise.all([ahead, mine])
  return work
}

const turnBehind = (): Promise<void> =>
  new Promise((done) => {
    const late = setTimeout(done, behindMs)
    const turn = (): void => {
      clearTimeout(late)
      done()
    }
    void scheduler.postTask(turn, { priority: 'background' })
  })

/**
 * Resolves when the browser has nothing else to do, in a page that is seen, and nothing goes first: for what goes on behind a
 * screen that is complete.
 */
export async function breatheBehind(): Promise<void> {
  if ('scheduler' in globalThis && 'postTask' in scheduler && document.visibilityState === 'visible') {
    await turnBehind()
    await ahead
  } else await breathe()
}

/** Runs it when the screen has settled, within a second at the latest; at once where the browser can't tell. */
export const whenCalm = (run: () => void): void =>
  'requestIdleCallback' in globalThis ? void requestIdleCallback(run, { timeout: 1000 }) : run()

/** So long a page that is not painted at all, such as a hidden one, is waited for. */
const unpaintedMs = 100

/** Resolves when what has changed stands on the screen; at once where there is none. */
export const painted = (): Promise<void> =>
  'requestAnimationFrame' in globalThis
    ? new Promise((done) => {
        const late = setTimeout(done, unpaintedMs)
        requestAnimationFrame(() =>
          setTimeout(() => {
            clearTimeout(late)
            done()
          }),
        )
      })
    : Promise.resolve()
