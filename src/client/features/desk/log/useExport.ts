import { ref } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { Place } from '../../../../domain/kinds/place.ts'
import { logbookId } from '../../../../domain/logbooks.ts'
import { dayAfter, dayStart, hourMs } from '../../../../domain/rules/boardDays.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import { useText } from '../../../i18n/index.ts'
import { useCalls, type CallProblem } from '../../../sync/calls.ts'
import { saveFile } from '../shared/saveFile.ts'
import { useTown } from '../shared/town.ts'

/** The local day `2026-11-22` as its first moment, ms. Noon UTC lies on the same date in all but the outermost zones. */
export const dayOf = (text: string, zone: string): number => {
  const noon = Date.parse(`${text}T12:00:00Z`)
  const guess = dayStart(noon, zone)
  const day = localTime(guess, zone).day
  if (day === text) return guess
  return day < text ? dayAfter(guess, zone) : dayStart(guess - 12 * hourMs, zone)
}

/** Asks the centre for a gate logbook as a file. It needs the network, since a phone holds only a few days. */
export function useExport() {
  const town = useTown()
  const calls = useCalls()
  const { locale } = useText()
  const busy = ref(false)
  const problem = ref<CallProblem | null>(null)

  async function start(
    place: Doc<Place>,
    first: string,
    last: string,
    format: 'csv' | 'xlsx',
  ): Promise<boolean> {
    const zone = town.zone.value
    busy.value = true
    const answer = await calls.exportGate({
      logbook: logbookId('gate', place.id),
      from: dayOf(first, zone),
      to: dayAfter(dayOf(last, zone), zone),
      format,
      locale: locale.value,
    })
    busy.value = false
    problem.value = answer.ok ? null : answer.problem
    if (answer.ok) saveFile(answer.value, `${place.body.name} ${first}–${last}.${format}`)
    return answer.ok
  }
  const dayText = (at: number): string => localTime(at, town.zone.value).day
  return { run: { start, dayText }, busy, problem }
}
