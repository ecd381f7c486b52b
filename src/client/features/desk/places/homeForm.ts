import * as v from 'valibot'
import { homeKey, parseHome } from '../../../../domain/formats/home.ts'
import { classifyPlate, normalisePlate } from '../../../../domain/formats/plate.ts'
import { phoneFits } from '../../../../domain/formats/phone.ts'
import { fold } from '../../../../domain/formats/text.ts'
import type { Doc } from '../../../../domain/entry.ts'
import { Household } from '../../../../domain/kinds/household.ts'
import { compare } from '../../../../domain/places.ts'
import type { TextKey } from '../../../i18n/index.ts'
import type { Read } from './placeForm.ts'

export interface PersonFields {
  name: string
  phone: string
}
export interface HomeFields {
  home: string
  people: PersonFields[]
  /** Plates, parted by spaces or commas. */
  plates: string
  heads: string
  note: string
}

/** The fields of a household that the form edits. */
export const homeFieldNames = ['home', 'building', 'people', 'plates', 'heads', 'note'] as const

export const homeFields = (body: Household | null): HomeFields => ({
  home: body?.home ?? '',
  people: body?.people.map((p) => ({ name: p.name, phone: p.phone ?? '' })) ?? [{ name: '', phone: '' }],
  plates: body?.plates?.join(' ') ?? '',
  heads: body?.heads === undefined ? '' : String(body.heads),
  note: body?.note ?? '',
})

const platesOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,，、;；]+/)
      .map(normalisePlate)
      .filter(Boolean),
  ),
]

/** Plates that fit no known shape: worth a look, never forbidden. */
export const oddPlates = (typed: string): string[] =>
  platesOf(typed).filter((plate) => classifyPlate(plate) === null)

const bodyOf = (fields: HomeFields, building: string | undefined): Record<string, unknown> => {
  const plates = platesOf(fields.plates)
  return {
    home: homeKey(fields.home),
    ...(building === undefined ? {} : { building }),
    people: fields.people
      .map((p) => ({ name: p.name.trim(), ...(p.phone.trim() ? { phone: p.phone.trim() } : {}) }))
      .filter((p) => p.name !== '' || 'phone' in p),
    ...(plates.length > 0 ? { plates } : {}),
    ...(fields.heads.trim() ? { heads: Number(fields.heads.normalize('NFKC')) } : {}),
    ...(fields.note.trim() ? { note: fields.note.trim() } : {}),
  }
}

const words: Partial<Record<string, TextKey>> = {
  people: 'desk.home.personWrong',
  plates: 'desk.home.plateLong',
  heads: 'desk.home.headsWrong',
}

/** A home as typed. `taken`: does another home of this compound have this name already? */
export function readHome(
  fields: HomeFields,
  building: string | undefined,
  taken: (home: string) => boolean,
): Read<Household, keyof HomeFields> {
  const body = bodyOf(fields, building)
  if (fields.home.trim() === '') return { ok: false, errors: { home: 'common.required' } }
  if (taken(homeKey(fields.home))) return { ok: false, errors: { home: 'desk.home.taken' } }
  const judged = v.safeParse(Household, body)
  if (judged.success) return { ok: true, value: judged.output }
  const field = String(judged.issues[0].path?.[0]?.key)
  const known = (['home', 'people', 'plates', 'heads', 'note'] as const).find((f) => f === field) ?? 'home'
  return { ok: false, errors: { [known]: words[known] ?? 'desk.tooLong' } }
}

/** The building of a home by the number its name begins with: `3-2-501` stands in 3号楼. */
export function buildingOf(
  home: string,
  buildings: readonly { id: string; name: string }[],
): string | undefined {
  const parts = parseHome(home)
  if (!parts || parts.length < 2) return undefined
  return buildings.find((b) => parseHome(b.name)?.[0] === parts[0])?.id
}

function matches({ body }: Doc<Household>, typed: string): boolean {
  const folded = fold(typed)
  return (
    homeKey(body.home).startsWith(homeKey(typed)) ||
    body.people.some((p) => fold(p.name).includes(folded) || phoneFits(typed, p.phone)) ||
    (body.plates ?? []).some((plate) => fold(plate).includes(folded))
  )
}

/** Homes that fit what was typed (home, name, phone, plate), in order of their numbers. */
export function searchHomes(homes: readonly Doc<Household>[], typed: string): Doc<Household>[] {
  const found = typed.trim() === '' ? [...homes] : homes.filter((home) => matches(home, typed))
  return found.sort((a, b) => compare(a.body.home, b.body.home))
}
