import address from './decoderWorker.ts?worker&url'
import { manners, type Asked, type MannerName, type Told } from './decoderManners.ts'
import { isGrey } from './grey.ts'
import type { Look, Scanner } from './scanner.ts'

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

type Ask = (manner: MannerName, picture: Asked['picture']) => Promise<string | null>

/** Starts the decoder's thread. Rejects where it, or the decoder in it, can't start. */
function startThread(): Promise<Ask> {
  const worker = new Worker(address, { name: 'decoder' })
  const waiting = new Map<number, (text: string | null) => void>()
  let asked = 0
  const ask: Ask = (manner, picture) =>
    new Promise((answer) => {
      const n = ++asked
      const given: Asked = { n, manner, picture }
      worker.postMessage(given, [picture instanceof ImageData ? picture.data.buffer : picture])
      waiting.set(n, answer)
    })
  let ready = false
  return new Promise((resolve, reject) => {
    const broken = (): void => {
      // Whoever waits would wait for ever; the next frame is looked at.
      for (const answer of waiting.values()) answer(null)
      waiting.clear()
      if (ready) return
      worker.terminate()
      reject(new Error('the decoder did not start'))
    }
    worker.addEventListener('error', broken)
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.is === 'ready') {
        ready = true
        resolve(ask)
      } else if (data.is === 'broken') broken()
      else {
        waiting.get(data.n)?.(data.text)
        waiting.delete(data.n)
      }
    })
  })
}

/**
 * What the video shows now, as the camera gave it: nothing of it is drawn. Null where the browser gives no frames, or none
 * whose brightness stands apart.
 */
function frameOf(video: HTMLVideoElement): VideoFrame | null {
  if (!('VideoFrame' in globalThis)) return null
  const frame = new VideoFrame(video)
  if (isGrey(frame)) return frame
  frame.close()
  return null
}

/** The decoder that comes with the app, in a thread of its own. Rejects where it can't start. */
export async function bundledScanner(): Promise<Scanner> {
  const ask = await startThread()
  const draw = { glance: drawer(manners.glance.widest), careful: drawer(manners.careful.widest) }
  const askDrawn = (manner: MannerName, picture: ImageData | null): Promise<string | null> | null =>
    picture && ask(manner, picture)
  const asFrame = async (video: HTMLVideoElement, look: Look): Promise<string | null | undefined> => {
    const frame = frameOf(video)
    return frame ? ask(look, frame).finally(() => frame.close()) : undefined
  }
  return {
    async read(video, look) {
      const text = await asFrame(video, look).catch(() => undefined)
      return text === undefined
        ? askDrawn(look, draw[look](video, video.videoWidth, video.videoHeight))
        : text
    },
    async readPicture(picture) {
      // The browser opens pictures: it knows more formats than the decoder does, and which way up they are.
      const bitmap = await createImageBitmap(picture)
      const pixels = drawer(manners.picture.widest)(bitmap, bitmap.width, bitmap.height)
      bitmap.close()
      return askDrawn('picture', pixels)
    },
  }
}
