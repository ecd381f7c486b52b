import type { ReaderOptions } from 'zxing-wasm/reader'
import { greyFrames } from './grey.ts'
import type { Look, Scanner } from './scanner.ts'

/** How wide a picture is looked at, in pixels, and what the decoder tries. */
interface Manner {
  widest: number
  options: ReaderOptions
}

const qr: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: 1 }

const manners: Readonly<Record<Look | 'picture', Manner>> = {
  // A code that fills a third of the picture has three pixels to a module here: as few as are enough, and soon read.
  glance: { widest: 640, options: { ...qr, tryInvert: false, tryRotate: false } },
  careful: { widest: 960, options: qr },
  // A picture that somebody chose is looked at once, and the code may be a small part of it.
  picture: { widest: 2400, options: qr },
}

/** A canvas for each manner keeps its size from frame to frame: setting it anew would make its memory anew. */
function drawer(
  widest: number,
): (source: CanvasImageSource, width: number, height: number) => ImageData | null {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  return (source, width, height) => {
    const scale = Math.min(1, widest / width)
    const [across, down] = [Math.round(width * scale), Math.round(height * scale)]
    if (!context || across === 0 || down === 0) return null
    if (canvas.width !== across) canvas.width = across
    if (canvas.height !== down) canvas.height = down
    context.drawImage(source, 0, 0, across, down)
    return context.getImageData(0, 0, across, down)
  }
}

/** The decoder that comes with the app. Rejects where it can't start. */
export async function bundledScanner(): Promise<Scanner> {
  const [{ prepareZXingModule, readBarcodes }, { default: wasm }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  // The decoder's own address is elsewhere on the internet; ours is part of the app and there offline.
  // Begun at once: a decoder that can't start is told now and doesn't look like a code that can't be read.
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  const draw = { glance: drawer(manners.glance.widest), careful: drawer(manners.careful.widest) }
  const grey = { glance: greyFrames(manners.glance.widest), careful: greyFrames(manners.careful.widest) }
  const decoded = async (
    pixels: ImageData | Uint8Array | null,
    { options }: Manner,
  ): Promise<string | null> => {
    const [found] = pixels ? await readBarcodes(pixels, options) : []
    return found?.isValid ? found.text : null
  }
  return {
    async read(video, look) {
      const frame = await grey[look](video).catch(() => null)
      return decoded(frame ?? draw[look](video, video.videoWidth, video.videoHeight), manners[look])
    },
    async readPicture(picture) {
      // The browser opens pictures: it knows more formats than the decoder does, and which way up they are.
      const bitmap = await createImageBitmap(picture)
      const pixels = drawer(manners.picture.widest)(bitmap, bitmap.width, bitmap.height)
      bitmap.close()
      return decoded(pixels, manners.picture)
    },
  }
}
