/** Resolves when the browser has had its turn. */
export const breathe = (): Promise<void> =>
  'scheduler' in globalThis && 'yield' in scheduler
    ? scheduler.yield()
    : new Promise((done) => setTimeout(done))

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
