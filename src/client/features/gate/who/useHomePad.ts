import { computed, type ComputedRef } from 'vue'
import { matchHomes, type HomeMatch, type KnownHome } from '../../../../domain/formats/homeIndex.ts'
import { homeKey, parseHome } from '../../../../domain/formats/home.ts'
import { useText } from '../../../i18n/index.ts'
import type { GateBook } from '../book/gateBook.ts'
import type { GateForm } from '../useGateForm.ts'

export interface HomePad {
  match: ComputedRef<HomeMatch>
  /** What stands under the typed number. */
  hint: ComputedRef<string>
  /** Homes worth a chip of their own. */
  chips: ComputedRef<readonly KnownHome[]>
  /** The typed text, where it may be taken as it is. */
  usable: ComputedRef<string | null>
  /** Letters that a building's or a room's number can go on with. */
  letters: ComputedRef<string[]>
  press(key: string): void
  back(): void
  choose(home: KnownHome): void
  useTyped(): void
}

/** As many as one row of chips can show. */
const chipsAtMost = 12
const longest = 20

function useHint(match: ComputedRef<HomeMatch>, typed: () => string, empty: () => boolean) {
  const { t, tn } = useText()
  const where = ([b, u]: readonly string[]): string =>
    u ? t('gate.home.where2', { b: b ?? '', u }) : b ? t('gate.home.where1', { b }) : ''
  return computed(() => {
    const { homes, shared } = match.value
    if (typed() === '') return t('gate.home.prompt')
    if (homes.length === 0) return empty() ? '' : t('gate.home.unknown')
    if (homes.length > chipsAtMost || !shared[0]) return tn('gate.home.many', homes.length)
    const rooms = homes.map((home) => home.parts.slice(shared.length).join('-')).join(t('gate.comma'))
    return tn('gate.home.found', homes.length, { where: where(shared), rooms })
  })
}

export function useHomePad(book: GateBook, gateForm: GateForm): HomePad {
  const { form, answer } = gateForm
  const match = computed(() => matchHomes(book.homes.index.value, form.typedHome))
  const choose = (home: KnownHome): void => answer({ how: 'home', home: home.key, household: home.id })
  const usable = computed(() => {
    const text = form.typedHome.replace(/-$/, '')
    return match.value.homes.length === 0 && parseHome(text) ? text : null
  })
  const letters = computed(() => {
    const next = new Set(
      book.homes.index.value.flatMap((home) => [...home.key].filter((c) => /[A-Z]/.test(c))),
    )
    return [...next]
      .sort()
      .filter((c) => matchHomes(book.homes.index.value, form.typedHome + c).homes.length > 0)
  })
  return {
    match,
    hint: useHint(
      match,
      () => form.typedHome,
      () => book.homes.index.value.length === 0,
    ),
    chips: computed(() => (match.value.homes.length <= chipsAtMost ? match.value.homes : [])),
    usable,
    letters,
    choose,
    useTyped: () => usable.value && answer({ how: 'home', home: homeKey(usable.value) }),
    back: () => (form.typedHome = form.typedHome.slice(0, -1)),
    press(key) {
      if (form.typedHome.length >= longest || (key === '-' && /(^|-)$/.test(form.typedHome))) return
      form.typedHome += key
      if (match.value.only) choose(match.value.only)
    },
  }
}
