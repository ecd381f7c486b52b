import { ref, type Ref } from 'vue'
import type { Draft } from '../../../domain/entry.ts'
import { logbookId } from '../../../domain/logbooks.ts'
import type { TextKey } from '../../i18n/index.ts'
import { SaveFailed, useStore, type AttentionItem, type Identity } from '../../store/index.ts'
import { useLive } from '../../ui/useLive.ts'
import { saveAsFile } from '../../ui/saveAsFile.ts'

export interface AttentionActs {
  /** Hands it to the coordinator and takes it off the list. False when it could not be saved. */
  plead(item: AttentionItem, note: string): Promise<boolean>
  settle(item: AttentionItem): Promise<boolean>
  saveFile(item: AttentionItem): void
  failed: Ref<TextKey | null>
}

/** The draft that asks a coordinator to look at an entry. */
export const pleaFor = (item: AttentionItem, community: string, note: string): Draft => ({
  kind: 'plea',
  logbook: logbookId('duty', community),
  body: { about: item.id, code: item.code, ...(note.trim() ? { note: note.trim() } : {}) },
})

export function useAttention(): AttentionActs {
  const store = useStore()
  const identity = useLive<Identity | null>(() => store.identity(), null)
  const failed = ref<TextKey | null>(null)

  async function tried(act: () => Promise<unknown>): Promise<boolean> {
    failed.value = null
    try {
      await act()
      return true
    } catch (cause) {
      failed.value = `common.saveFailed.${cause instanceof SaveFailed ? cause.code : 'unavailable'}`
      return false
    }
  }
  return {
    failed,
    settle: (item) => tried(() => store.settleAttention(item.n)),
    plead: (item, note) =>
      tried(async () => {
        if (!identity.value) throw new SaveFailed('not-enrolled')
        await store.save([pleaFor(item, identity.value.community, note)])
        await store.settleAttention(item.n)
      }),
    saveFile: ({ n, id, code, at, entry }) =>
      saveAsFile(
        `gatepost-${n}.json`,
        'application/json',
        JSON.stringify({ n, id, code, at, entry }, null, 2),
      ),
  }
}
