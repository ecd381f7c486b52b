/** What happens around the page. */
export type Happening = 'online' | 'offline' | 'visible' | 'hidden'

export interface Surroundings {
  /** What the browser believes; true may still mean that nothing gets through. */
  online(): boolean
  visible(): boolean
  listen(hear: (happening: Happening) => void): () => void
}

export const browserSurroundings: Surroundings = {
  online: () => navigator.onLine,
  visible: () => document.visibilityState === 'visible',
  listen(hear) {
    const online = () => hear('online')
    const offline = () => hear('offline')
    const turned = () => hear(document.visibilityState === 'visible' ? 'visible' : 'hidden')
    addEventListener('online', online)
    addEventListener('offline', offline)
    // A page that comes back from the back-forward cache was frozen and may have missed everything.
    addEventListener('pageshow', turned)
    document.addEventListener('visibilitychange', turned)
    return () => {
      removeEventListener('online', online)
      removeEventListener('offline', offline)
      removeEventListener('pageshow', turned)
      document.removeEventListener('visibilitychange', turned)
    }
  },
}
