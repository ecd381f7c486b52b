import { computed, ref } from 'vue'
import * as v from 'valibot'
import type { SampleRequest } from '../../../../domain/sample/index.ts'
import { systemClock } from '../../../platform/clock.ts'
import { systemRandom } from '../../../platform/random.ts'
import { useStore, type Store } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import { useSave } from '../shared/useSave.ts'

const prefKey = 'desk.sample'
const batch = 250

/** How far loading has come; an interrupted one goes on where it stopped, with the same ids. */
const Progress = v.object({ seed: v.number(), now: v.number(), zone: v.string(), done: v.number() })
type Progress = v.InferOutput<typeof Progress>

const begin = (zone: string): Progress => ({
  seed: new DataView(systemRandom.bytes(4).buffer).getUint32(0),
  now: systemClock.now(),
  zone,
  done: 0,
})

async function resume(store: Store, zone: string): Promise<Progress> {
  const kept = v.safeParse(Progress, await store.pref(prefKey))
  return kept.success ? kept.output : begin(zone)
}

/** Loads the sample neighbourhood in batches, each of them saved before the next is begun. */
export function useSample() {
  const store = useStore()
  const { save, failed } = useSave()
  const progress = ref<{ done: number; total: number } | null>(null)

  async function load(community: string, zone: string): Promise<boolean> {
    const { sampleNeighbourhood } = await import('../../../../domain/sample/index.ts')
    const state = await resume(store, zone)
    const request: SampleRequest = { seed: state.seed, now: state.now, zone: state.zone, community }
    const drafts = sampleNeighbourhood(request)
    for (let done = state.done; done < drafts.length; done += batch) {
      progress.value = { done, total: drafts.length }
      if (!(await save(drafts.slice(done, done + batch)))) return false
      await store.setPref(prefKey, { ...state, done: done + batch })
    }
    progress.value = { done: drafts.length, total: drafts.length }
    await store.setPref(prefKey, undefined)
    return true
  }
  const kept = useLive<unknown>(() => store.watchPref<unknown>(prefKey), undefined)
  /** A loading that was interrupted: it can go on. */
  const unfinished = computed(() => v.is(Progress, kept.value))
  return { load, progress, failed, unfinished }
}
