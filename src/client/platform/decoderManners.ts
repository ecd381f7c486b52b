import type { ReaderOptions } from 'zxing-wasm/reader'
import type { Look } from './scanner.ts'

/** How wide a picture is looked at, in pixels, and what the decoder tries. */
interface Manner {
  widest: number
  options: ReaderOptions
}

const qr: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: 1 }

export const manners: Readonly<Record<Look | 'picture', Manner>> = {
  // A code that fills a third of the picture has three pixels to a module here: as few as are enough, and soon read.
  glance: { widest: 640, options: { ...qr, tryInvert: false, tryRotate: false } },
  careful: { widest: 960, options: qr },
  // A picture that somebody chose is looked at once, and the code may be a small part of it.
  picture: { widest: 2400, options: qr },
}

export type MannerName = keyof typeof manners

/** A question to the decoder's thread. The picture is given away with it. */
export interface Asked {
  n: number
  manner: MannerName
  picture: VideoFrame | ImageData
}

/**
 * What the thread says: `ready`, once; `broken` where the decoder can't start; the text in the picture of a question, null
 * where there is none.
 */
export type Told = { is: 'ready' } | { is: 'broken' } | { is: 'read'; n: number; text: string | null }
