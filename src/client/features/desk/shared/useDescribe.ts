import { showPlate } from '../../../../domain/formats/plate.ts'
import { dotted } from '../../../i18n/dotted.ts'
import { useText, type TextKey } from '../../../i18n/index.ts'

/** An entry in words. It reads what is there and never throws, since some entries are here because they are odd. */
export interface Described {
  title: string
  lines: { label: string; value: string }[]
}

type Body = Readonly<Record<string, unknown>>

const textOf = (body: Body, field: string): string => {
  const value = body[field]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Fields in the order in which a person asks for them, with the word for each. */
const fields: readonly [string, TextKey][] = [
  ['home', 'desk.field.home'],
  ['name', 'desk.field.name'],
  ['plate', 'desk.field.plate'],
  ['way', 'desk.field.way'],
  ['purpose', 'desk.field.purpose'],
  ['celsius', 'desk.field.celsius'],
  ['code', 'desk.field.code'],
  ['heads', 'desk.field.heads'],
  ['decision', 'desk.field.decision'],
  ['reason', 'desk.field.reason'],
  ['from', 'desk.field.handedBy'],
  ['by', 'desk.field.takenBy'],
  ['peopleInside', 'desk.field.peopleInside'],
  ['vehiclesInside', 'desk.field.vehiclesInside'],
  ['overstays', 'desk.field.overstays'],
  ['logged', 'desk.field.logged'],
  ['note', 'desk.field.note'],
]

/** A place has a name, not a person's; a plea's code is none of health. */
const fieldsOf = (kind: string): readonly [string, TextKey][] => {
  if (kind === 'plea') return fields.filter(([field]) => field === 'note')
  if (kind !== 'place' && kind !== 'post') return fields
  return [['name', 'desk.place.name'], ...fields.filter(([field]) => field === 'note')]
}

const coded = ['way', 'purpose', 'code', 'decision', 'reason']

export function useDescribe() {
  const { t, code } = useText()
  const shown = (field: string, value: string): string => {
    if (field === 'celsius') return t('desk.celsius', { value: Number(value).toFixed(1) })
    if (field === 'plate') return showPlate(value)
    if (!coded.includes(field)) return value
    // A value that this app does not know is shown as it came.
    const key = `${field}.${value}`
    const word = code('desk', key)
    return word === key ? value : word
  }
  const value = (body: Body, field: string): string => {
    const text = textOf(body, field)
    return text === '' ? '' : shown(field, text)
  }
  const title = (kind: string, body: Body): string =>
    dotted(['plate', 'home', 'name'].map((field) => value(body, field))) || code('common', `kind.${kind}`)
  /** One line below the title: way, purpose, temperature, reason. */
  const sub = (body: Body): string =>
    dotted(['way', 'purpose', 'celsius', 'reason', 'note'].map((field) => value(body, field)))
  const describe = (kind: string, body: Body): Described => ({
    title: title(kind, body),
    lines: fieldsOf(kind)
      .map(([field, key]) => ({ label: t(key), value: value(body, field) }))
      .filter((line) => line.value !== ''),
  })
  return { title, sub, describe, value }
}
