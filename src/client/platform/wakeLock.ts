/**
 * Keeps the screen on until the answer is called. The browser takes the lock away whenever the page is hidden, so
 * it is asked for again when it is seen. Where there is no wake lock, or it is refused (low battery), nothing
 * happens: the screen sleeps as the phone is set.
 */
export function keepAwake(): () => void {
  let [ended, held]: [boolean, WakeLockSentinel | null] = [false, null]
  const release = (lock: WakeLockSentinel | null): void => void lock?.release().catch(() => undefined)
  const ask = async (): Promise<void> => {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    if (held && !held.released) return
    try {
      const lock = await navigator.wakeLock.request('screen')
      if (ended) release(lock)
      else held = lock
    } catch {
      held = null
    }
  }
  const seen = (): void => void ask()
  document.addEventListener('visibilitychange', seen)
  void ask()
  return () => {
    ended = true
    document.removeEventListener('visibilitychange', seen)
    release(held)
  }
}
