import { computed, ref } from 'vue'
import { dayAfter } from '../../../../domain/rules/boardDays.ts'
import {
  paperDrafts,
  readPaperRow,
  type PaperEntry,
  type PaperSheet,
} from '../../../../domain/rules/duty/paper.ts'
import { byPost, staffedBetween } from '../../../../domain/rules/duty/roster.ts'
import { momentOf } from '../../../../domain/rules/localMoment.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import { newId } from '../shared/ids.ts'
import { useNames } from '../shared/useNames.ts'
import { useSave } from '../shared/useSave.ts'
import { useDutyDesk } from './dutyDesk.ts'
import { blank, isBlank, keepTyped, padded } from './typedRows.ts'

/**
 * A paper sheet being typed in. What is typed is kept on the device until it is saved, so that a closed window loses
 * nothing. Saving takes the good rows; a row with a mistake stays, and says what is wrong. It says that they are saved when
 * the device no longer keeps them as typed: they would stand there again after a restart, and be saved twice.
 */
export function usePaper() {
  const { town, book, whole, now } = useDutyDesk()
  const { members, known } = useNames()
  const { save, busy, failed } = useSave()
  const post = ref('')
  const day = ref(localTime(now.value, town.zone.value).day)
  const rows = ref(padded([]))
  const tried = ref(false)
  const savedRows = ref(0)

  const kept = keepTyped({ post, day, rows })

  const sheet = computed((): PaperSheet => {
    const named = members.value.map(({ id, body }) => ({ id, name: body.name }))
    return { day: day.value, zone: town.zone.value, now: now.value, members: named }
  })
  const read = computed(() => rows.value.map((row) => readPaperRow(row, sheet.value)))
  /** Whose names they are, and which turns they have. */
  const ready = computed(() => whole.value && known.value)
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
    if (post.value === '' || entries.length === 0 || !ready.value) return
    const before = rows.value
    const results = read.value
    if (!(await save(entries.flatMap(draftsOf)))) return
    rows.value = padded(before.filter((_row, index) => results[index]?.is === 'wrong'))
    tried.value = wrong.value > 0
    await kept()
    savedRows.value = entries.length
  }
  const add = (): void => void (rows.value = [...rows.value, blank()])
  return {
    town,
    members,
    post,
    day,
    rows,
    read,
    ready,
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
