import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { provinces, showPlate, typePlate, type PlateTyping } from '../../../../domain/formats/plate.ts'
import { normalisePlate } from '../../../../domain/formats/plate.ts'
import { seenPlates, type SeenPlate } from '../../../../domain/rules/frequent.ts'
import { useText } from '../../../i18n/index.ts'
import type { GateBook } from '../book/gateBook.ts'
import type { GateForm } from '../useGateForm.ts'

export type PlatePage = 'provinces' | 'main' | 'more'

export interface PlatePad {
  typing: ComputedRef<PlateTyping>
  page: ComputedRef<PlatePage>
  more: Ref<boolean>
  hint: ComputedRef<string>
  seen: ComputedRef<readonly SeenPlate[]>
  /** The typed text where it may be taken: a whole plate first, an unknown one from five characters on. */
  usable: ComputedRef<string | null>
  press(key: string): void
  back(): void
  toProvinces(): void
  choose(plate: string): void
  noPlate(): void
}

export const mainKeys = [...'1234567890ABCDEFGHJKLMNPQRST']
export const moreKeys = [...'1234567890UVWXYZ警学挂港澳使领']
export const provinceKeys = [...provinces, '使']
const longest = 10
const unknownFrom = 5
const chipsAtMost = 8

function useHint(typing: ComputedRef<PlateTyping>, typed: () => string) {
  const { t, tn } = useText()
  return computed(() => {
    const { kind, likely, missing, next } = typing.value
    if ([...typed()].length < 2) return t('gate.plate.prompt')
    if (likely && missing > 0) return tn('gate.plate.missing', missing, { kind: t(`gate.plate.${likely}`) })
    if (kind) return t('gate.plate.whole', { kind: t(`gate.plate.${kind}`) })
    return next.size === 0 ? t('gate.plate.unknown') : t('gate.plate.prompt')
  })
}

export function usePlatePad(book: GateBook, gateForm: GateForm): PlatePad {
  const { form, answer } = gateForm
  const typing = computed(() => typePlate(form.typedPlate))
  const more = ref(false)
  const household = (plate: string) => {
    const id = book.homes.byPlate.value.get(plate)
    const home = id === undefined ? undefined : book.homes.byId.value.get(id)?.home
    return id !== undefined && home !== undefined ? { household: id, home } : {}
  }
  const choose = (text: string): void => {
    const plate = normalisePlate(text)
    answer({ how: 'plate', plate, ...household(plate) })
  }
  return {
    typing,
    more,
    page: computed(() => (more.value ? 'more' : form.typedPlate === '' ? 'provinces' : 'main')),
    hint: useHint(typing, () => form.typedPlate),
    seen: computed(() =>
      seenPlates(book.ledger.value, book.homes.byPlate.value.keys(), {
        typed: form.typedPlate.length > 1 ? form.typedPlate : '',
        way: form.way,
        limit: chipsAtMost,
      }),
    ),
    usable: computed(() => {
      const whole = typing.value.kind !== null
      const odd = typing.value.next.size === 0 && [...form.typedPlate].length >= unknownFrom
      return whole || odd ? showPlate(form.typedPlate) : null
    }),
    choose,
    noPlate: () => answer({ how: 'none' }),
    toProvinces: () => (form.typedPlate = ''),
    back() {
      more.value = false
      form.typedPlate = [...form.typedPlate].slice(0, -1).join('')
    },
    press(key) {
      if ([...form.typedPlate].length >= longest) return
      form.typedPlate += key
      more.value = false
      // A plate that cannot go on is whole: no further tap to say so.
      if (typing.value.kind && typing.value.next.size === 0) choose(form.typedPlate)
    },
  }
}
