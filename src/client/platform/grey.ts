/** Rows of a picture's brightness, a byte for each pixel; a row begins every `stride` bytes from `offset` on. */
export interface Luma {
  bytes: Uint8Array
  offset: number
  stride: number
  width: number
  height: number
}

/** What a camera gives whose first plane is the brightness. */
const planar: readonly string[] = ['I420', 'I420A', 'I422', 'I422A', 'I444', 'I444A', 'NV12']

/**
 * A grey picture as a file that decoders open (PGM), `times` smaller each way: a pixel is the mean of four that lie in
 * its square, its corners, so that a shrunk code keeps its greys. `into` is used again where it has the size.
 */
export function greyFile(luma: Luma, times: number, into = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const { bytes, offset, stride } = luma
  const [across, down] = [Math.floor(luma.width / times), Math.floor(luma.height / times)]
  const head = `P5\n${across} ${down}\n255\n`
  const size = head.length + across * down
  const file = into.length === size ? into : new Uint8Array(size)
  for (let n = 0; n < head.length; n++) file[n] = head.charCodeAt(n)
  const [right, below] = [times - 1, (times - 1) * stride]
  let to = head.length
  for (let row = 0; row < down; row++) {
    let at = offset + row * times * stride
    if (times === 1) file.set(bytes.subarray(at, at + across), to)
    else
      for (let end = to + across, n = to; n < end; n++, at += times) {
        const [a = 0, b = 0] = [bytes[at], bytes[at + right]]
        const [c = 0, d = 0] = [bytes[at + below], bytes[at + below + right]]
        file[n] = (a + b + c + d + 2) >> 2
      }
    to += across
  }
  return file
}

/** Does the frame's brightness stand apart? To draw one, in colour, takes longer than to look for a code in it. */
export const isGrey = ({ format, visibleRect }: VideoFrame): boolean =>
  visibleRect !== null && planar.includes(format ?? '')

/**
 * A camera's frame, grey, its longer side about `longest` pixels, without ever being drawn; the frame is let go of. Null
 * where its brightness does not stand apart.
 */
export function greyFrames(longest: number): (frame: VideoFrame) => Promise<Uint8Array<ArrayBuffer> | null> {
  let [planes, file] = [new Uint8Array(0), new Uint8Array(0)]
  async function greyOf(frame: VideoFrame): Promise<Uint8Array<ArrayBuffer> | null> {
    const { visibleRect } = frame
    if (!visibleRect || !isGrey(frame)) return null
    const size = frame.allocationSize()
    if (planes.length !== size) planes = new Uint8Array(size)
    const [plane] = await frame.copyTo(planes)
    if (!plane) return null
    const { width, height } = visibleRect
    const times = Math.max(1, Math.round(Math.max(width, height) / longest))
    file = greyFile({ bytes: planes, ...plane, width, height }, times, file)
    return file
  }
  return (frame) => greyOf(frame).finally(() => frame.close())
}
