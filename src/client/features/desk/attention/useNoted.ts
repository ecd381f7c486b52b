import { computed, type Ref } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { RecordId } from '../../../../domain/ids.ts'
import type { Noted } from '../../../../domain/kinds/noted.ts'
import { useStore } from '../../../store/index.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import type { Town } from '../shared/town.ts'
import { useSave } from '../shared/useSave.ts'

/** Something under To do that a coordinator can take off the list. */
export interface Notable {
  about: Noted['about']
  record: RecordId
  /** Of lost values: the field. */
  field?: string
}

export interface NotedThings {
  isNoted(thing: Notable): boolean
  /** Takes it off the list of every coordinator. False where that could not be saved. */
  note(thing: Notable): Promise<boolean>
  failed: Ref<TextKey | null>
}

/** What coordinators have dealt with. It is a document of the community: all of them see the same, also offline. */
export function useNoted(town: Town): NotedThings {
  const docs = useLive<Doc<Noted>[]>(() => useStore().watchDocs('noted'), [])
  const byId = computed(() => new Map(docs.value.map(({ id, body }) => [id, body])))
  const { save, failed } = useSave()
  return {
    failed,
    isNoted({ record, field }) {
      const noted = byId.value.get(record)
      return noted !== undefined && (field === undefined || noted.fields?.includes(field) === true)
    },
    note({ about, record, field }) {
      const fields = [...(byId.value.get(record)?.fields ?? []), ...(field === undefined ? [] : [field])]
      const body = { about, ...(fields.length > 0 ? { fields } : {}) }
      return save([{ kind: 'noted', logbook: town.duty.value, record, body }])
    },
  }
}
