import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import * as v from 'valibot'
import type { Fact } from '../../../../domain/entry.ts'
import { Plea } from '../../../../domain/kinds/plea.ts'
import { systemClock } from '../../../platform/clock.ts'
import { useStore } from '../../../store/index.ts'
import type { QuarantineItem } from '../../../sync/calls.ts'
import type { Town } from '../shared/town.ts'
import { readLine } from './readLine.ts'

/** Somebody asks to have an entry looked at. */
export interface PleaItem {
  /** Id of the plea. */
  id: string
  /** Who asks: a member, or the name that came with what was put aside. */
  by: { member: string } | { name: string }
  /** ms. */
  at: number
  plea: Plea
  /**
   * Set where the plea itself was put aside: who asks has no role any more, or the phone was shut out. They have most
   * reason to ask. It is the number of the decision that takes it off the list.
   */
  review?: number
}

const pleaDaysMs = 30 * 86_400_000

const asPlea = (body: unknown): Plea | null => {
  const read = v.safeParse(Plea, body)
  return read.success ? read.output : null
}

export function usePleas(town: Town): ComputedRef<PleaItem[]> {
  const store = useStore()
  const facts = shallowRef<ReadonlyMap<string, Fact>>(new Map())
  let stop = (): void => undefined
  watch(
    town.duty,
    (duty) => {
      stop()
      facts.value = new Map()
      if (!duty) return
      stop = store.followFacts(duty, systemClock.now() - pleaDaysMs, (more) => {
        const pleas = more.filter((fact) => fact.kind === 'plea')
        if (pleas.length > 0)
          facts.value = new Map([...facts.value, ...pleas.map((fact) => [fact.id, fact] as const)])
      })
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return computed(() =>
    [...facts.value.values()].flatMap((fact): PleaItem[] => {
      const plea = asPlea(fact.body)
      return plea ? [{ id: fact.id, by: { member: fact.by }, at: fact.at, plea }] : []
    }),
  )
}

/** What was put aside: pleas, which are read as such, and all the rest. */
export function sortAside(items: readonly QuarantineItem[]): {
  pleas: PleaItem[]
  rest: QuarantineItem[]
} {
  const [pleas, rest]: [PleaItem[], QuarantineItem[]] = [[], []]
  for (const item of items) {
    const read = readLine(item.line)
    const plea = read?.kind === 'plea' ? asPlea(read.body) : null
    if (!plea) rest.push(item)
    else {
      const by = { name: item.name }
      pleas.push({ id: read?.id ?? String(item.id), by, at: item.received, plea, review: item.id })
    }
  }
  return { pleas, rest }
}
