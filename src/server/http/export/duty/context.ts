import * as v from 'valibot'
import type { PlaceId } from '../../../../domain/ids.ts'
import { Place } from '../../../../domain/kinds/place.ts'
import { Post } from '../../../../domain/kinds/post.ts'
import { Unit } from '../../../../domain/kinds/unit.ts'
import { logbookId } from '../../../../domain/logbooks.ts'
import type { StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import { membersOf } from '../../../auth/members.ts'
import type { LogReads } from '../../../storage/storage.ts'
import { zoneOf } from '../query.ts'
import type { ExportLocale } from '../words.ts'
import { dutyWords, type DutyWords } from './words.ts'

/** Names and words that the lines of a duty export need. */
export interface DutyContext {
  zone: string
  words: DutyWords
  posts: ReadonlyMap<string, Post>
  places: ReadonlyMap<string, Place>
  units: ReadonlyMap<string, Unit>
  members: ReadonlyMap<string, string>
  /** By what check-ins are believed. */
  trust: StrengthContext
  /** Corrected time, ms: by it a stay without a check-out was closed or is still going on. */
  now: number
}

/** `trust`: what came of looking into the codes that check-ins rest on (`proofs.ts`). */
export async function dutyContext(
  storage: LogReads,
  community: PlaceId,
  locale: ExportLocale,
  now: number,
  trust: StrengthContext,
): Promise<DutyContext> {
  const duty = logbookId('duty', community)
  async function all<B>(kind: string, schema: v.GenericSchema<unknown, B>): Promise<Map<string, B>> {
    const rows = await storage.records(duty, kind)
    return new Map(
      rows.flatMap(({ id, body }): [string, B][] => {
        const read = v.safeParse(schema, body)
        return read.success ? [[id, read.output]] : []
      }),
    )
  }
  const places = await all('place', Place)
  const members = [...(await membersOf(storage, community))].map(([id, { name }]) => [id, name] as const)
  return {
    zone: zoneOf(places.get(community)?.zone),
    words: dutyWords[locale],
    posts: await all('post', Post),
    places,
    units: await all('unit', Unit),
    members: new Map(members),
    now,
    trust,
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** `2026-11-22` and `08:05` in the community's zone. */
export function when(at: number, zone: string): { day: string; clock: string } {
  const { day, minute } = localTime(at, zone)
  return { day, clock: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` }
}

/** Both in one cell. */
export const moment = (at: number, zone: string): string => {
  const { day, clock } = when(at, zone)
  return `${day} ${clock}`
}

/** A code in words; what this version has no word for stands as it came. */
export const said = ({ values }: DutyWords, group: string, code: string | undefined): string =>
  code === undefined ? '' : (values[`${group}.${code}`] ?? code)
