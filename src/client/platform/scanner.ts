import { bundledScanner } from './decoder.ts'

/** How closely a frame is looked at: most at a glance; now and then one carefully, for codes that are small or pale. */
export type Look = 'glance' | 'careful'

/** Reads QR codes: what the browser brings, else a bundled decoder that is loaded on its first use. */
export interface Scanner {
  /** The first code's text in what the camera sees now, null where there is none. */
  read(video: HTMLVideoElement, look: Look): Promise<string | null>
  /** The first code's text in a picture, null where there is none. Rejects for what is no picture. */
  readPicture(picture: Blob): Promise<string | null>
}

interface NativeDetector {
  detect(source: CanvasImageSource): Promise<readonly { rawValue: string }[]>
}
interface NativeDetectorClass {
  new (options: { formats: readonly string[] }): NativeDetector
  getSupportedFormats(): Promise<readonly string[]>
}
declare global {
  interface Window {
    BarcodeDetector?: NativeDetectorClass
  }
}

/** Chrome on a desktop has the class and no formats, so it is asked for both. */
async function nativeScanner(): Promise<Scanner | null> {
  const Detector = globalThis.window?.BarcodeDetector
  if (!Detector) return null
  const none: readonly string[] = []
  const formats = await Detector.getSupportedFormats().catch(() => none)
  if (!formats.includes('qr_code')) return null
  const detector = new Detector({ formats: ['qr_code'] })
  const firstIn = async (source: CanvasImageSource): Promise<string | null> =>
    (await detector.detect(source))[0]?.rawValue ?? null
  return {
    read: firstIn,
    async readPicture(picture) {
      const bitmap = await createImageBitmap(picture)
      return firstIn(bitmap).finally(() => bitmap.close())
    },
  }
}

let made: Promise<Scanner> | null = null

/** The one scanner of this page: starting a decoder is costly. Rejects where none can start; asked again, it tries again. */
export function createScanner(): Promise<Scanner> {
  made ??= nativeScanner()
    .then((native) => native ?? bundledScanner())
    .catch((cause: unknown) => {
      made = null
      throw cause
    })
  return made
}

/** One frame in so many is looked at carefully. */
const carefulEvery = 4
/** A browser that doesn't tell of frames, and a camera that has stopped giving any, are looked at this often, ms. */
const patienceMs = 120
/** What was read is worked out and answered before the next look, ms. */
const answerMs = 250

/** Calls once: as soon as the video has a new frame, or when that takes too long. */
function onFrame(video: HTMLVideoElement, go: () => void): void {
  const heard = { frame: 0, timer: 0 }
  const once = (): void => {
    clearTimeout(heard.timer)
    if (heard.frame) video.cancelVideoFrameCallback(heard.frame)
    go()
  }
  heard.timer = window.setTimeout(once, patienceMs)
  if ('requestVideoFrameCallback' in video)
    heard.frame = video.requestVideoFrameCallback(() => {
      heard.frame = 0
      once()
    })
}

/**
 * Looks at a running video again and again and tells each text that it sees. The answer ends it. It looks at what has come
 * since, or at the next frame, but at none twice: decoders have a thread of their own, and the page answers fingers meanwhile.
 */
export function watchVideo(
  scanner: Scanner,
  video: HTMLVideoElement,
  onText: (text: string) => void,
): () => void {
  let [ended, looks] = [false, 0]
  const look = async (): Promise<void> => {
    if (ended) return
    let [rested, isNew] = [false, false]
    const goOn = (): void => {
      if (rested && isNew && !ended) void look()
    }
    // Heard of from now on: a frame that comes while this one is read, or while it rests, is the next one.
    onFrame(video, () => {
      isNew = true
      goOn()
    })
    const ready = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
    const manner = ready && ++looks % carefulEvery === 0 ? 'careful' : 'glance'
    const text = ready ? await scanner.read(video, manner).catch(() => null) : null
    if (ended) return
    if (text !== null) onText(text)
    if (text !== null) await new Promise((done) => setTimeout(done, answerMs))
    rested = true
    goOn()
  }
  void look()
  return () => {
    ended = true
  }
}
