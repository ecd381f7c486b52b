import { writeFileSync } from 'node:fs'
import { encode } from 'uqr'

const [width, height] = [640, 480]

/** How a camera sees a printed code. Luma from 0 (black) to 255 (white). */
export interface Sight {
  /** Luma of the ink, of the paper and of the wall behind it. */
  ink: number
  paper: number
  wall: number
  /** How far a point is smeared, in pixels to each side; a module of the code is about eight pixels wide. */
  blur: number
  /** How far the phone is held askew, in degrees. */
  tilt: number
}

export const sharp: Sight = { ink: 20, paper: 230, wall: 150, blur: 0, tilt: 0 }
/** At night, held askew, out of focus. */
export const dim: Sight = { ink: 42, paper: 88, wall: 60, blur: 4, tilt: 11 }

const codePixels = 300

/** One row or column after the other becomes the mean of its neighbours; `step` leads to the next one. */
function smear(luma: Float64Array, radius: number, step: number, length: number): Float64Array {
  return luma.map((_, at) => {
    const place = Math.floor(at / step) % length
    const [from, to] = [Math.max(-radius, -place), Math.min(radius, length - 1 - place)]
    let sum = 0
    for (let off = from; off <= to; off++) sum += luma[at + off * step] ?? 0
    return sum / (to - from + 1)
  })
}

/** The luma of each pixel, row by row, of a wall with the printed code of this text on it. */
export function pictureOf(text: string, { ink, paper, wall, blur, tilt }: Sight): Uint8Array {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const turn = (tilt * Math.PI) / 180
  const module = (a: number, b: number): number => Math.floor(((a + b) / codePixels + 0.5) * size)
  const luma = Float64Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) - width / 2, Math.floor(at / width) - height / 2]
    const column = module(x * Math.cos(turn), y * Math.sin(turn))
    const row = module(-x * Math.sin(turn), y * Math.cos(turn))
    const isInk = data[row]?.[column]
    return isInk === undefined ? wall : isInk ? ink : paper
  })
  return Uint8Array.from(smear(smear(luma, blur, 1, width), blur, width, height))
}

/** Writes a short film (y4m, grey) that a browser's pretended camera shows again and again. */
export function writeFilm(file: string, text: string, sight: Sight): void {
  const colour = new Uint8Array((width * height) / 2).fill(128)
  const frame = [Buffer.from('FRAME\n'), pictureOf(text, sight), colour]
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`)
  writeFileSync(file, Buffer.concat([head, ...frame, ...frame, ...frame]))
}

/** Arguments for a Chromium that has this film for a camera. Whether a page may look is still asked. */
export const filmArgs = (file: string): string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
]

/** Nobody is asked: the camera is allowed. */
export const cameraAllowed = '--use-fake-ui-for-media-stream'
/** Nobody may: as after a person has refused it. */
export const cameraRefused = `${cameraAllowed}=deny`

/** The same picture as a file (BMP, 24 bits, rows from below). */
export function pictureFile(text: string, sight: Sight): Buffer {
  const luma = pictureOf(text, sight)
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(54 + luma.length * 3, 2)
  head.writeUInt32LE(54, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(width, 18)
  head.writeInt32LE(height, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(24, 28)
  const pixels = Buffer.alloc(luma.length * 3)
  luma.forEach((value, at) => {
    const below = height - 1 - Math.floor(at / width)
    pixels.fill(value, (below * width + (at % width)) * 3, (below * width + (at % width) + 1) * 3)
  })
  return Buffer.concat([head, pixels])
}
