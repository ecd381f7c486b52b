import type { EntryId, PostId } from '../ids.ts'
import { homeKey } from '../formats/home.ts'
import { normalisePlate } from '../formats/plate.ts'
import { maskName } from '../masks.ts'
import { rareNewestFirst, since, type Ledger } from './ledger.ts'
import type { Logged } from './logged.ts'

/** A reading that was too high and has not been repeated. */
export interface ToRepeat {
  id: EntryId
  post: PostId
  /** Corrected time of the reading, ms. */
  at: number
  celsius: number
  /** How they are called at the gate: home and masked name, or a plate. Empty where nothing was said. */
  label: string
}

type Measured = Extract<Logged, { kind: 'passage' | 'reading' }>

const measured = (logged: Logged): logged is Measured =>
  (logged.kind === 'passage' || logged.kind === 'reading') &&
  !logged.retracted &&
  logged.body.celsius !== undefined

const isHigh = (logged: Measured): boolean =>
  logged.kind === 'reading' ? logged.body.fever : logged.body.advice?.includes('fever') === true

/** Home and masked name, or plate: never a full name. */
export function gateLabel(body: {
  home?: string | undefined
  name?: string | undefined
  plate?: string | undefined
}) {
  const parts = [body.plate && normalisePlate(body.plate), body.home && homeKey(body.home)]
  return [...parts, body.name && maskName(body.name)].filter(Boolean).join(' ')
}

/**
 * Readings since `from` (ms) that were too high and have no further reading, newest first. A further one settles
 * those that it points at, whatever its phone's clock said, and earlier ones of the same home and name. A high one takes
 * their place.
 */
export function toRepeat(ledger: Ledger, from: number): ToRepeat[] {
  const rare = rareNewestFirst(ledger).filter(measured)
  const oldest = rare.findLast((logged) => isHigh(logged) && logged.fact.at >= from)?.fact.at
  if (oldest === undefined) return []
  const settled = new Set(rare.flatMap((l) => (l.kind === 'reading' && l.body.about ? [l.body.about] : [])))
  const open: ToRepeat[] = []
  for (const logged of since(ledger, oldest)) {
    if (!measured(logged)) continue
    const { id, at } = logged.fact
    const label = gateLabel(logged.body)
    const done = settled.has(id) || (label !== '' && settled.has(label))
    if (label !== '') settled.add(label)
    if (logged.kind === 'passage' && logged.body.repeats) settled.add(logged.body.repeats)
    if (!done && isHigh(logged)) {
      open.push({ id, at, post: logged.body.post, celsius: logged.body.celsius ?? 0, label })
    }
  }
  return open
}
