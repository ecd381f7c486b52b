/** What some packages expect of Node in a browser. */
export const process = {
  env: { NODE_ENV: 'production' },
  browser: true,
  version: '',
  nextTick: (work: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => work(...args)),
}
