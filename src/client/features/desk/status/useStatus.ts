import { computed } from 'vue'
import { useText } from '../../../i18n/index.ts'
import { useCalls } from '../../../sync/calls.ts'
import { useNow } from '../shared/useNow.ts'
import { usePolled } from '../shared/usePolled.ts'
import { hintsOf, recordFigures, serverFigures } from './figures.ts'

/** How the centre does, in figures with words; null until it was heard. */
export function useStatus() {
  const calls = useCalls()
  const text = useText()
  const now = useNow()
  const status = usePolled(() => calls.status())
  const installs = usePolled(() => calls.installs())
  return {
    problem: status.problem,
    /** The centre's own time of its last answer, ms; null while there was none. */
    at: computed(() => status.value.value?.time ?? null),
    told: computed(() => {
      const told = status.value.value
      return (
        told && {
          records: recordFigures(text, told, installs.value.value, now.value),
          server: serverFigures(text, told),
          hints: hintsOf(text, told),
        }
      )
    }),
  }
}
