import * as v from 'valibot'
import { watch, type Ref } from 'vue'
import type { Store } from '../../store/index.ts'

const prefKey = 'units.signIn'
const text = v.string()
const Kept = v.object({ unit: text, post: text, code: text, names: text, heads: text })
type Typed = Record<keyof v.InferOutput<typeof Kept>, Ref<string>>

/** Keeps on the device who is typed in, until it is saved or emptied: going back loses nothing. */
export function keepTyped(store: Store, { unit, post, code, names, heads }: Typed): void {
  let loaded = false
  void store.pref<unknown>(prefKey).then((kept) => {
    const read = v.safeParse(Kept, kept)
    if (read.success && names.value === '' && heads.value === '') {
      unit.value = read.output.unit
      post.value = read.output.post
      code.value = read.output.code
      names.value = read.output.names
      heads.value = read.output.heads
    }
    loaded = true
  })
  watch([unit, post, code, names, heads], () => {
    if (!loaded) return
    const some = names.value.trim() !== '' || heads.value.trim() !== ''
    const kept = {
      unit: unit.value,
      post: post.value,
      code: code.value,
      names: names.value,
      heads: heads.value,
    }
    void store.setPref(prefKey, some ? kept : undefined)
  })
}
