import type { Entry } from '../../../domain/entry.ts'
import { dotted } from '../../i18n/dotted.ts'
import type { Text } from '../../i18n/index.ts'

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** One line that lets its author recognise an entry: what it was, and about whom as far as the entry says. */
export function titleOf(entry: Entry, text: Text): string {
  const { body } = entry
  const about = word(body['plate']) ?? word(body['home']) ?? word(body['name'])
  return dotted([text.code('common', `kind.${entry.kind}`), about])
}

/** What was decided and measured, where the entry has it. */
export function detailOf(entry: Entry, text: Text): string {
  const { body } = entry
  const parts: string[] = []
  if (body['way'] === 'in' || body['way'] === 'out') parts.push(text.t(`sync.${body['way']}`))
  if (body['decision'] === 'admit' || body['decision'] === 'refuse')
    parts.push(text.t(`sync.${body['decision']}`))
  if (typeof body['celsius'] === 'number') parts.push(`${body['celsius'].toFixed(1)} ℃`)
  if (body['retract'] === true) parts.push(text.t('sync.withdrawn'))
  return dotted([...parts, word(body['note'])])
}
