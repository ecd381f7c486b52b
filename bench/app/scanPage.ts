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
 */
export function noteVerdict(said: string): void {
  const corner = document.createElement('canvas')
  Object.assign(corner, { width: 16, height: 1 })
  const pen = corner.getContext('2d', { willReadFrequently: true })
  let seenAt: number | null = null
  const isPaper = (video: HTMLVideoElement): boolean => {
    if (!pen) return false
    // A strip across the middle of the picture, where the code is.
    pen.drawImage(video, 440, 358, 400, 4, 0, 0, 16, 1)
    const { data } = pen.getImageData(0, 0, 16, 1)
    const luma = Array.from({ length: 16 }, (_, n) => data[n * 4] ?? 0)
    return Math.max(...luma) - Math.min(...luma) > 150
  }
  const follow = (video: HTMLVideoElement): void => {
    video.requestVideoFrameCallback((now, frame) => {
      if (isPaper(video)) seenAt = frame.captureTime ?? now
      else follow(video)
    })
  }
  let followed: Element | null = null
  window.nextScan = () => {
    seenAt = null
    window.scanTook = undefined
  }
  const look = (): void => {
    const video = document.querySelector('video')
    if (video && video !== followed) follow((followed = video))
    const from = seenAt
    const shown = [...document.querySelectorAll('[role=alert]')].some((one) => one.textContent.includes(said))
    if (!shown || from === null || window.scanTook !== undefined) return
    requestAnimationFrame(() => setTimeout(() => (window.scanTook ??= performance.now() - from)))
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
}
