/// <reference lib="webworker" />
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { manners, type Asked, type Told } from './decoderManners.ts'
import { greyFrames } from './grey.ts'

/** The decoder in a thread of its own: the page goes on while a picture is looked at. */
declare const self: DedicatedWorkerGlobalScope

const grey = {
  glance: greyFrames(manners.glance.widest),
  careful: greyFrames(manners.careful.widest),
  picture: greyFrames(manners.picture.widest),
}

const tell = (told: Told): void => self.postMessage(told, [])

async function read({ manner, picture }: Asked): Promise<string | null> {
  const pixels = picture instanceof ImageData ? picture : await grey[manner](picture)
  const [found] = pixels ? await readBarcodes(pixels, manners[manner].options) : []
  return found?.isValid ? found.text : null
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { n } = data
  void read(data)
    .catch(() => null)
    .then((text) => tell({ is: 'read', n, text }))
})

// The decoder's own address is elsewhere on the internet; ours is part of the app and there offline.
// Begun at once: a decoder that can't start is told now and doesn't look like a code that can't be read.
prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true }).then(
  () => tell({ is: 'ready' }),
  () => tell({ is: 'broken' }),
)
