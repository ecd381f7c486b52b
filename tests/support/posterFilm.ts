import { renameSync, writeFileSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'

/** A4 in CSS pixels, 96 to the inch. */
const a4 = { width: 794, height: 1123 }
const seed = 7

/** How a camera sees a printed page on a wall. */
export interface View {
  /** Height of the page in the picture; 1 fills it, above that its edges are outside. */
  size: number
  /** How far the phone is held askew, in degrees. */
  turn: number
  /** How far it looks from the side: the share by which the page's rows are pushed over. */
  lean: number
  /** Out of focus, in pixels of the camera. */
  blur: number
  /** 1 = day. */
  light: number
  /** How much the sensor sees that is not there, in steps of luma. */
  grain: number
}

const day: View = { size: 1.5, turn: 0, lean: 0, blur: 0, light: 1, grain: 6 }
export const views = {
  sharp: day,
  /** A module of the code is about seven pixels wide. */
  blurred: { ...day, blur: 4 },
  askew: { ...day, turn: 24, lean: 0.18, size: 1.3 },
  lowLight: { ...day, light: 0.22, grain: 22, blur: 1.5, turn: -6 },
} satisfies Record<string, View>

/** A page of the app as the printer gets it: what matches the selector, at the size of paper. */
export async function printed(page: Page, selector: string): Promise<Buffer> {
  const before = page.viewportSize()
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize(a4)
  const picture = await page.locator(selector).first().screenshot()
  await page.emulateMedia({ media: null })
  if (before) await page.setViewportSize(before)
  return picture
}

interface Drawing {
  picture: string
  shots: readonly (View | null)[]
  seed: number
}

/** In a page: what the camera sees of the picture on a wall, as JPEG; of the bare wall where there is no view. */
async function draw({ picture, shots, seed: first }: Drawing): Promise<string[]> {
  const [width, height] = [1280, 720]
  const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0))
  const paper = await createImageBitmap(new Blob([bytes]))
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('nothing to draw with')
  let state = first
  const chance = (): number => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32
  const wall = (): void => {
    pen.fillStyle = '#9a948a'
    pen.fillRect(0, 0, width, height)
    for (let n = 0; n < 40; n++) {
      pen.fillStyle = `hsl(${chance() * 60} 20% ${40 + chance() * 30}%)`
      pen.fillRect(chance() * width, chance() * height, 20 + chance() * 90, 10 + chance() * 60)
    }
  }
  const page = (view: View): void => {
    const scale = (view.size * height) / paper.height
    pen.translate(width / 2, height / 2)
    pen.rotate((view.turn * Math.PI) / 180)
    pen.transform(1, 0, view.lean, 1 - view.lean, 0, 0)
    pen.scale(scale, scale)
    pen.drawImage(paper, -paper.width / 2, -paper.height / 2)
    pen.setTransform(1, 0, 0, 1, 0, 0)
  }
  const sensor = ({ light, grain }: View): void => {
    const seen = pen.getImageData(0, 0, width, height)
    for (let at = 0; at < seen.data.length; at += 4) {
      const noise = (chance() - 0.5) * 2 * grain
      for (const colour of [at, at + 1, at + 2]) seen.data[colour] = (seen.data[colour] ?? 0) * light + noise
    }
    pen.putImageData(seen, 0, 0)
  }
  const defocus = (blur: number): void => {
    pen.filter = `blur(${blur}px)`
    pen.drawImage(canvas, 0, 0)
    pen.filter = 'none'
  }
  return shots.map((view) => {
    wall()
    if (view) page(view)
    if (view?.blur) defocus(view.blur)
    sensor(view ?? { size: 0, turn: 0, lean: 0, blur: 0, light: 1, grain: 6 })
    return canvas.toDataURL('image/jpeg', 0.85).replace(/^[^,]*,/, '')
  })
}

/** Pictures (JPEG) of a printed page as a camera sees it, one for each view; null is the bare wall. */
export async function photographed(
  context: BrowserContext,
  picture: Buffer,
  shots: readonly (View | null)[],
): Promise<Buffer[]> {
  const table = await context.newPage()
  try {
    const drawn = await table.evaluate(draw, { picture: picture.toString('base64'), shots, seed })
    return drawn.map((text) => Buffer.from(text, 'base64'))
  } finally {
    await table.close()
  }
}

/**
 * A film (MJPEG, thirty pictures a second) that a pretended camera shows again and again. A camera that looks on sees the
 * former one to its end, never half of this.
 */
export function writePictures(file: string, pictures: readonly Buffer[]): void {
  writeFileSync(`${file}.new`, Buffer.concat(pictures))
  renameSync(`${file}.new`, file)
}
