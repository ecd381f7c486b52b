import { shallowRef, watch, type ShallowRef } from 'vue'
import { useStore, type OwnEntry } from '../../store/index.ts'

const pageSize = 40

export interface Mine {
  entries: ShallowRef<readonly OwnEntry[]>
  /** False once the oldest entry that the phone still holds is shown. */
  more: ShallowRef<boolean>
  older(): Promise<void>
}

/** My own entries, newest first, a page at a time; read again whenever `changed` does. */
export function useMine(changed: () => unknown): Mine {
  const store = useStore()
  const entries: ShallowRef<readonly OwnEntry[]> = shallowRef([])
  const more = shallowRef(false)
  let turn = 0

  async function read(count: number, before?: number): Promise<OwnEntry[]> {
    const found = await store.mine(count, before)
    more.value = found.length === count
    return found
  }
  async function again(): Promise<void> {
    const mine = ++turn
    const found = await read(Math.max(pageSize, entries.value.length))
    if (mine === turn) entries.value = found
  }
  watch(changed, again, { immediate: true })
  return {
    entries,
    more,
    async older() {
      const found = await read(pageSize, entries.value.at(-1)?.n)
      entries.value = [...entries.value, ...found]
    },
  }
}
