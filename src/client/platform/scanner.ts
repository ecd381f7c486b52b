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
const widestFrame = 960
/** A picture that somebody chose is looked at once, and the code may be a small part of it. */
const widestPicture = 2400

interface Drawn {
  source: CanvasImageSource
  width: number
  height: number
  widest: number
}

function pixelsOf({ source, width, height, widest }: Drawn, canvas: HTMLCanvasElement): ImageData | null {
  const scale = Math.min(1, widest / width)
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || canvas.width === 0) return null
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** The browser opens pictures: it knows more formats than the decoder does, and which way up they are. */
async function drawnOf(picture: HTMLVideoElement | Blob): Promise<Drawn> {
  if (!(picture instanceof Blob))
    return { source: picture, width: picture.videoWidth, height: picture.videoHeight, widest: widestFrame }
  const bitmap = await createImageBitmap(picture)
  return { source: bitmap, width: bitmap.width, height: bitmap.height, widest: widestPicture }
}

async function bundledScanner(): Promise<Scanner> {
  const [{ prepareZXingModule, readBarcodes }, { default: wasm }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  // The decoder's own address is elsewhere on the internet; ours is part of the app and there offline.
  // Begun at once: a decoder that can't start is told now and doesn't look like a code that can't be read.
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  const canvas = document.createElement('canvas')
  return {
    async read(picture) {
      const drawn = await drawnOf(picture)
      const input = pixelsOf(drawn, canvas)
      if (drawn.source instanceof ImageBitmap) drawn.source.close()
      if (!input) return null
      const [found] = await readBarcodes(input, { formats: ['QRCode'], maxNumberOfSymbols: 1 })
      return found?.isValid ? found.text : null
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
