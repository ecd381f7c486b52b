import { computed, watch } from 'vue'
import { useCalls } from '../../../sync/calls.ts'
import { usePolled } from '../shared/usePolled.ts'
import { useDutyDesk } from './dutyDesk.ts'
import { heardOf, isSameHeard } from './heard.ts'

/** The duty board from the phone's own store: the same with and without a network. */
export function useDutyBoard() {
  const calls = useCalls()
  const desk = useDutyDesk()
  const { town, board } = desk
  const installs = usePolled(() => calls.installs())
  watch(installs.value, (answer) => {
    if (!answer) return
    const heard = heardOf(answer.installs, town.identity.value?.member ?? '')
    if (!isSameHeard(heard, board.heard.value)) board.heard.value = heard
  })
  return { ...desk, ...board, phonesKnown: computed(() => installs.value.value !== null) }
}
