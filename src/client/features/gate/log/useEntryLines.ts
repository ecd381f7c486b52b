import type { Logged } from '../../../../domain/rules/logged.ts'
import { useText } from '../../../i18n/index.ts'
import type { GateBook } from '../book/gateBook.ts'
import { useGateWords } from '../words.ts'

/** The fields of an entry that people read, in the order in which they are asked at the gate. */
export const shownFields = [
  'subject',
  'way',
  'home',
  'name',
  'plate',
  'heads',
  'purpose',
  'celsius',
  'code',
  'decision',
  'reason',
  'note',
] as const
export type ShownField = (typeof shownFields)[number]

export interface EntryLine {
  field: ShownField
  name: string
  value: string
}

type Body = Record<string, unknown>

/** Names and values of an entry's fields in words. */
export function useEntryLines(book: GateBook) {
  const { t, code, number } = useText()
  const words = useGateWords()
  const coded: Partial<Record<ShownField, string>> = {
    subject: 'subject',
    way: 'way',
    purpose: 'purpose',
    code: 'code',
    decision: 'decision',
    reason: 'reason',
  }
  const names: Record<ShownField, string> = {
    subject: t('gate.subject'),
    way: t('gate.way'),
    home: t('gate.entry.home'),
    name: t('gate.entry.name'),
    plate: t('gate.entry.plate'),
    heads: t('gate.entry.heads'),
    purpose: t('gate.purpose'),
    celsius: t('gate.temperature'),
    code: t('gate.code'),
    decision: t('gate.entry.decision'),
    reason: t('gate.entry.reason'),
    note: t('gate.entry.note'),
  }
  const value = (field: ShownField, raw: unknown): string => {
    if (raw === undefined || raw === null || raw === '') return ''
    if (coded[field]) return code('gate', `${coded[field]}.${String(raw)}`)
    if (typeof raw === 'number') return field === 'celsius' ? words.celsius(raw) : number(raw)
    return String(raw)
  }
  return {
    name: (field: ShownField): string => names[field],
    value,
    /** The entry's fields that say something. */
    lines: (body: Body): EntryLine[] =>
      shownFields
        .map((field) => ({ field, name: names[field], value: value(field, body[field]) }))
        .filter((line) => line.value !== ''),
    gate: (logged: Logged): string => book.nameOf(String(logged.body['post'] ?? '')),
  }
}

export type EntryLines = ReturnType<typeof useEntryLines>
