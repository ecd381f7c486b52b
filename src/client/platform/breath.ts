/** Resolves when the browser has had its turn. */
export const breathe = (): Promise<void> =>
  'scheduler' in globalThis && 'yield' in scheduler
    ? scheduler.yield()
    : new Promise((done) => setTimeout(done))

/** Runs it when the screen has settled, within a second at the latest; at once where the browser can't tell. */
export const whenCalm = (run: () => void): void =>
  'requestIdleCallback' in globalThis ? void requestIdleCallback(run, { timeout: 1000 }) : run()
