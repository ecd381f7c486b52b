import * as v from 'valibot'
import type { PlaceId } from '../../domain/ids.ts'
import { Member } from '../../domain/kinds/member.ts'
import { logbookId, parseLogbookId } from '../../domain/logbooks.ts'
import type { Grant } from '../../domain/members.ts'
import { asMember, mayAct, mayGrant } from '../../domain/permissions.ts'
import type { QuarantineCode } from '../../protocol/problems.ts'
import type { LogbookRow, RecordRow } from '../storage/rows.ts'
import type { Change } from './patches.ts'
import { placesOf, within } from './places.ts'
import type { Sheet } from './sheet.ts'

/** Grants that a member really has: a removed one has none. */
const grantsIn = (row: RecordRow | null): readonly Grant[] => {
  const member = v.safeParse(Member, row?.body)
  return member.success && !member.output.removed ? member.output.grants : []
}

const has = (grants: readonly Grant[], { role, place }: Grant): boolean =>
  grants.some((grant) => grant.role === role && grant.place === place)

/** Grants are handed out and taken away only by those who may, and a community keeps a coordinator. */
export async function objectsToMember(
  sheet: Sheet,
  { before, after }: Change,
): Promise<QuarantineCode | null> {
  const [was, is] = [grantsIn(before), grantsIn(after)]
  const given = is.filter((grant) => !has(was, grant))
  const taken = was.filter((grant) => !has(is, grant))
  const people = sheet.logbooks.get(after.logbook)
  if (!people) return 'not-permitted'
  if (!(await mayChange(sheet, people, [...given, ...taken]))) return 'not-permitted'
  if (taken.length === 0 || !coordinates(was, people) || coordinates(is, people)) return null
  return (await hasOtherCoordinator(sheet, people, after.id)) ? null : 'invalid'
}

async function mayChange(sheet: Sheet, people: LogbookRow, changed: readonly Grant[]): Promise<boolean> {
  const { author } = sheet
  if (changed.length === 0 || author.install.centre) return true
  const tree = await placesOf(sheet, logbookId('duty', people.place))
  const pathOf = (place: PlaceId): PlaceId[] =>
    place === people.place || tree.has(place) ? within(place, people.place, tree) : []
  return mayGrant(author.grants, changed, pathOf)
}

/** Somebody who can let others in can put everything else right. */
const coordinates = (grants: readonly Grant[], { path }: LogbookRow): boolean =>
  mayAct('invite', { grants, path })

async function hasOtherCoordinator(sheet: Sheet, people: LogbookRow, id: string): Promise<boolean> {
  const rows = new Map((await sheet.tx.records(people.id, 'member')).map((row) => [row.id, row]))
  for (const row of sheet.records.values()) if (row.logbook === people.id) rows.set(row.id, row)
  return [...rows.values()].some((row) => row.id !== id && coordinates(grantsIn(row), people))
}

/** What follows at once: the rest of the page is judged by the author's new grants. */
export async function afterMember(sheet: Sheet, { after }: Change): Promise<void> {
  sheet.added.scope = true
  const { author } = sheet
  const home = parseLogbookId(after.logbook)?.place === author.install.community
  if (home && after.id === author.install.member && !author.vouched)
    author.grants = asMember(grantsIn(after), author.install.community)
}
