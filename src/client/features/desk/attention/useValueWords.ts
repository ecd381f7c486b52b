import * as v from 'valibot'
import { GateRules, postTypes } from '../../../../domain/kinds/post.ts'
import { Grant } from '../../../../domain/members.ts'
import { showPlate } from '../../../../domain/formats/plate.ts'
import { gateSettings } from '../../../../domain/rules/gate.ts'
import { dotted } from '../../../i18n/dotted.ts'
import { useText } from '../../../i18n/index.ts'
import { useGateWords } from '../places/useGateWords.ts'
import { useTown } from '../shared/town.ts'

const Person = v.looseObject({ name: v.string(), phone: v.optional(v.string()) })

/** A field's value in words, whatever its kind. It never throws: a newer app may have written it. */
export function useValueWords() {
  const { t, list } = useText()
  const town = useTown()
  const { summary } = useGateWords()

  const grant = ({ role, place }: Grant): string => dotted([t(`common.role.${role}`), town.nameOf(place)])
  const item = (value: unknown): string => {
    if (typeof value === 'string') return value
    if (v.is(Grant, value)) return grant(value)
    if (v.is(Person, value)) return [value.name, value.phone].filter(Boolean).join(' ')
    return JSON.stringify(value)
  }
  const ofField: Readonly<Record<string, (value: unknown) => string | undefined>> = {
    plates: (value) => (v.is(v.array(v.string()), value) ? list(value.map(showPlate)) : undefined),
    gate: (value) => (v.is(GateRules, value) ? summary(gateSettings(value)) : undefined),
    type: (value) => (v.is(v.picklist(postTypes), value) ? t(`desk.postType.${value}`) : undefined),
    ...Object.fromEntries(['parent', 'place', 'building'].map((field) => [field, placeName])),
  }
  function placeName(value: unknown): string | undefined {
    return (typeof value === 'string' && town.nameOf(value)) || undefined
  }

  /** `value` of a document's `field`; one that is gone is said to be none. */
  const valueWords = (field: string, value: unknown): string => {
    if (value === undefined || value === null || value === '') return t('common.none')
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
    const known = Object.hasOwn(ofField, field) ? ofField[field]?.(value) : undefined
    if (known !== undefined) return known
    return Array.isArray(value) ? list(value.map(item)) || t('common.none') : item(value)
  }
  return { valueWords }
}
