import { nextTick, watch, type Ref } from 'vue'
import * as v from 'valibot'
import type { PaperRow } from '../../../../domain/rules/duty/paper.ts'
import { useStore } from '../../../store/index.ts'

const prefKey = 'desk.paper'
const text = v.string()
const Kept = v.object({
  post: text,
  day: text,
  rows: v.array(v.object({ name: text, came: text, left: text, note: text })),
})

export const blank = (): PaperRow => ({ name: '', came: '', left: '', note: '' })
export const isBlank = (row: PaperRow): boolean => Object.values(row).every((field) => field.trim() === '')
const rowsAtLeast = 8

/** Some empty rows stand below what is written. */
export const padded = (rows: readonly PaperRow[]): PaperRow[] => {
  const kept = rows.filter((row) => !isBlank(row))
  return [...kept, ...Array.from({ length: Math.max(2, rowsAtLeast - kept.length) }, blank)]
}

export interface Typed {
  post: Ref<string>
  day: Ref<string>
  rows: Ref<PaperRow[]>
}

/**
 * Keeps on the device what is typed until nothing of it is left to save. What it gives back resolves when the device has
 * what stands there now, or has failed to keep it.
 */
export function keepTyped({ post, day, rows }: Typed): () => Promise<void> {
  const store = useStore()
  let loaded = false
  let keeping = Promise.resolve()
  void store.pref<unknown>(prefKey).then((kept) => {
    const read = v.safeParse(Kept, kept)
    if (read.success) {
      post.value = read.output.post
      day.value = read.output.day
      rows.value = padded(read.output.rows)
    }
    loaded = true
  })
  watch(
    [post, day, rows],
    () => {
      if (!loaded) return
      const filled = rows.value.filter((row) => !isBlank(row))
      const kept = { post: post.value, day: day.value, rows: filled.map((row) => ({ ...row })) }
      keeping = store.setPref(prefKey, filled.length > 0 ? kept : undefined).catch(() => undefined)
    },
    { deep: true },
  )
  return async () => {
    await nextTick()
    await keeping
  }
}
