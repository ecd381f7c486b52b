declare global {
  interface Window {
    /** ms from the first frame with the code to the verdict. */
    scanTook?: number | undefined
    /** Forgets it, for the next one. */
    nextScan?: () => void
  }
}

/**
 * In the page: finds the camera's picture, remembers when the first frame came whose middle is a printed page and no
 * wall, and when the words stood there and were painted. The middle of the page is ink on white; the wall is neither.
 * Where the page was busy and missed frames, the code counts as seen from the first one after the last look at the wall.
 * Looking costs the page next to nothing: a strip of the frame's own brightness is copied, and nothing is drawn.
 */
export function noteVerdict(said: string): void {
  const frameMs = 1000 / 30
  // A strip across the middle of the picture, where the code is.
  const strip = { x: 440, y: 358, width: 400, height: 4 }
  const planes = new Uint8Array(strip.width * strip.height * 4)
  let [seenAt, wallAt]: [number | null, number] = [null, -Infinity]
  const isPaper = async (video: HTMLVideoElement): Promise<boolean> => {
    const frame = new VideoFrame(video)
    const [plane] = await frame.copyTo(planes, { rect: strip }).finally(() => frame.close())
    if (!plane) throw new Error('no brightness in the frame')
    const row = planes.subarray(plane.offset, plane.offset + strip.width)
    return Math.max(...row) - Math.min(...row) > 150
  }
  const follow = (video: HTMLVideoElement): void => {
    video.requestVideoFrameCallback((now, frame) => {
      const at = frame.captureTime ?? now
      void isPaper(video).then((paper) => {
        if (!paper) {
          wallAt = at
          follow(video)
          return
        }
        seenAt = Math.min(at, Math.max(wallAt + frameMs, at - 10 * frameMs))
        look()
      })
    })
  }
  let followed: Element | null = null
  window.nextScan = () => {
    ;[seenAt, wallAt] = [null, -Infinity]
    window.scanTook = undefined
  }
  const look = (): void => {
    const video = document.querySelector('video')
    if (video && video !== followed) follow((followed = video))
    const from = seenAt
    const shown = [...document.querySelectorAll('[role=alert]')].some((one) => one.textContent.includes(said))
    if (!shown || from === null || window.scanTook !== undefined) return
    // Told right after the frame was painted, before anything that the app does then.
    requestAnimationFrame(() => {
      const told = (): void => void (window.scanTook ??= performance.now() - from)
      void scheduler.postTask(told, { priority: 'user-blocking' })
    })
  }
  const inTree = { childList: true, subtree: true, characterData: true }
  new MutationObserver(look).observe(document, { ...inTree, attributeFilter: ['role'] })
}
