import { computed, ref, watch, type Ref } from 'vue'
import * as v from 'valibot'
import { dayAfter } from '../../../../domain/rules/boardDays.ts'
import {
  paperDrafts,
  readPaperRow,
  type PaperEntry,
  type PaperRow,
  type PaperSheet,
} from '../../../../domain/rules/duty/paper.ts'
import { byPost, staffedBetween } from '../../../../domain/rules/duty/roster.ts'
import { momentOf } from '../../../../domain/rules/localMoment.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import { useStore } from '../../../store/index.ts'
import { newId } from '../shared/ids.ts'
import { useNames } from '../shared/useNames.ts'
import { useSave } from '../shared/useSave.ts'
import { useDutyDesk } from './dutyDesk.ts'

const prefKey = 'desk.paper'
const text = v.string()
const Kept = v.object({
  post: text,
  day: text,
  rows: v.array(v.object({ name: text, came: text, left: text, note: text })),
})

const blank = (): PaperRow => ({ name: '', came: '', left: '', note: '' })
const isBlank = (row: PaperRow): boolean => Object.values(row).every((field) => field.trim() === '')
const rowsAtLeast = 8

/** Some empty rows stand below what is written. */
const padded = (rows: readonly PaperRow[]): PaperRow[] => {
  const kept = rows.filter((row) => !isBlank(row))
  return [...kept, ...Array.from({ length: Math.max(2, rowsAtLeast - kept.length) }, blank)]
}

interface Typed {
  post: Ref<string>
  day: Ref<string>
  rows: Ref<PaperRow[]>
}

/** Keeps on the device what is typed until nothing of it is left to save. */
function keepTyped({ post, day, rows }: Typed): void {
  const store = useStore()
  let loaded = false
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
      void store.setPref(prefKey, filled.length > 0 ? kept : undefined)
    },
    { deep: true },
  )
}

/**
 * A paper sheet being typed in. What is typed is kept on the device until it is saved, so that a closed window loses
 * nothing. Saving takes the good rows; a row with a mistake stays, and says what is wrong.
 */
export function usePaper() {
  const { town, book, now } = useDutyDesk()
  const { members } = useNames()
  const { save, busy, failed } = useSave()
  const post = ref('')
  const day = ref(localTime(now.value, town.zone.value).day)
  const rows = ref<PaperRow[]>(padded([]))
  const tried = ref(false)
  const savedRows = ref(0)

  keepTyped({ post, day, rows })

  const sheet = computed((): PaperSheet => {
    const named = members.value.map(({ id, body }) => ({ id, name: body.name }))
    return { day: day.value, zone: town.zone.value, now: now.value, members: named }
  })
  const read = computed(() => rows.value.map((row) => readPaperRow(row, sheet.value)))
  const good = computed(() => read.value.filter((one) => one.is === 'entry').length)
  const wrong = computed(() => read.value.filter((one) => one.is === 'wrong').length)

  function draftsOf(entry: PaperEntry) {
    const from = momentOf(day.value, 0, town.zone.value)
    const staffed = staffedBetween(book.value.book, from, dayAfter(from, town.zone.value))
    const turns = byPost(staffed).get(post.value) ?? []
    return paperDrafts(entry, { logbook: town.duty.value, post: post.value, turns, id: newId() })
  }
  async function submit(): Promise<void> {
    tried.value = true
    const entries = read.value.flatMap((one) => (one.is === 'entry' ? [one.entry] : []))
    if (post.value === '' || entries.length === 0) return
    const before = rows.value
    const results = read.value
    if (!(await save(entries.flatMap(draftsOf)))) return
    savedRows.value = entries.length
    rows.value = padded(before.filter((_row, index) => results[index]?.is === 'wrong'))
    tried.value = wrong.value > 0
  }
  const add = (): void => void (rows.value = [...rows.value, blank()])
  return {
    town,
    members,
    post,
    day,
    rows,
    read,
    good,
    wrong,
    tried,
    savedRows,
    submit,
    add,
    busy,
    failed,
    isBlank,
  }
}
