/** Reads QR codes: what the browser brings, else a bundled decoder that is loaded on its first use. */
export interface Scanner {
  /** The first code's text in a picture, null where there is none. */
  read(picture: HTMLVideoElement | Blob): Promise<string | null>
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
  return {
    async read(picture) {
      const source = picture instanceof Blob ? await createImageBitmap(picture) : picture
      const [found] = await detector.detect(source)
      return found?.rawValue ?? null
    },
  }
}

/** A decoder needs no more than this many pixels across for a code that fills a third of the picture. */
const widest = 960

function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  const scale = Math.min(1, widest / video.videoWidth)
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || canvas.width === 0) return null
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

async function bundledScanner(): Promise<Scanner> {
  const [{ prepareZXingModule, readBarcodes }, { default: wasm }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  // The decoder's own address is elsewhere on the internet; ours is part of the app and there offline.
  prepareZXingModule({ overrides: { locateFile: () => wasm } })
  const canvas = document.createElement('canvas')
  return {
    async read(picture) {
      const input = picture instanceof Blob ? picture : frameOf(picture, canvas)
      if (!input) return null
      const [found] = await readBarcodes(input, { formats: ['QRCode'], maxNumberOfSymbols: 1 })
      return found?.isValid ? found.text : null
    },
  }
}

export const createScanner = async (): Promise<Scanner> => (await nativeScanner()) ?? (await bundledScanner())

/** Looks at a running video again and again until it sees a code. The answer ends it. */
export function watchVideo(
  scanner: Scanner,
  video: HTMLVideoElement,
  onText: (text: string) => void,
): () => void {
  let ended = false
  const look = async (): Promise<void> => {
    if (ended) return
    const ready = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
    const text = ready ? await scanner.read(video).catch(() => null) : null
    if (ended) return
    if (text !== null) onText(text)
    setTimeout(() => void look(), 80)
  }
  void look()
  return () => {
    ended = true
  }
}
