import { gzipSync } from 'node:zlib'
import { newId } from './ids.ts'
import { wirePages } from '../../src/protocol/page.ts'
import { foundGate, furtherGates, type GateScene } from '../../tests/support/gateScene.ts'
import { httpLine } from '../../tests/support/httpLine.ts'
import { invitation } from '../../tests/support/testCentre.ts'
import { TestPhone, type Line } from '../../tests/support/testPhone.ts'
import { entries } from '../lib/gate/entries.ts'
import { backlogAt, draft } from '../peers/gatepost/passage.ts'

/** Each phone says that it comes from an address of its own, as behind a proxy: enrolling is limited by address. */
const lineOf = (origin: string, i: number): Line => {
  const line = httpLine(origin)
  const from = { 'x-forwarded-for': `10.0.${i >> 8}.${i & 255}` }
  return { inject: (call) => line.inject({ ...call, headers: { ...call.headers, ...from } }) }
}

/** Phones with keys and grants as real ones have them. */
export interface Crowd {
  /** The first gate. */
  scene: GateScene
  phones: TestPhone[]
  /** Where the phone of this number stands. */
  sceneOf(i: number): GateScene
}

/** All at one gate, or spread over so many. */
export async function enrolCrowd(origin: string, secret: string, count: number, gates = 1): Promise<Crowd> {
  const scene = await foundGate(origin, secret)
  const scenes = [scene, ...(await furtherGates(scene, gates - 1))]
  const sceneOf = (i: number): GateScene => scenes[i % scenes.length] ?? scene
  const phones: TestPhone[] = []
  for (let i = 0; i < count; i++) {
    const phone = new TestPhone(lineOf(origin, i))
    const token = await invitation(scene.coordinator, [{ role: 'guard', place: sceneOf(i).compound }])
    await phone.enrol(token, `Bench ${i}`)
    phones.push(phone)
  }
  return { scene, phones, sceneOf }
}

/** Bodies of passages as the workload has them, some 450 bytes with what stands around them. */
const bodies = entries(1000, 7)

let next = 0
/** The next so many entries of a phone as its lines. */
export function linesOf(phone: TestPhone, { gate, post }: GateScene, count: number): string[] {
  const now = Date.now()
  return Array.from({ length: count }, () => {
    const source = bodies[next++ % bodies.length]
    if (!source) throw new Error('no entries')
    const at = backlogAt(source, now)
    const entry = {
      kind: 'passage',
      logbook: gate,
      id: newId(),
      at,
      body: { ...draft(source, at).body, post },
    }
    return JSON.stringify({ ...phone.entry(entry), off: 0, offAge: 0 })
  })
}

/** What travels, sealed and packed before anything is timed. */
export interface Parcel {
  body: Buffer
  entries: number
}

export interface Shape {
  entriesPerPage: number
  pagesPerRequest: number
}

export function parcel(phone: TestPhone, scene: GateScene, shape: Shape): Parcel {
  const pages = Array.from({ length: shape.pagesPerRequest }, () =>
    phone.sealLines(linesOf(phone, scene, shape.entriesPerPage)),
  )
  const body = gzipSync(wirePages(pages), { level: 1 })
  return { body, entries: shape.entriesPerPage * shape.pagesPerRequest }
}
