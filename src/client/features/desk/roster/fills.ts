import type { Fill } from '../../../../domain/rules/duty/roster.ts'
import type { Signal } from '../../../ui/kinds.ts'

/** Each with its shape and colour; the word comes from the catalogue: `plan.fill.<fill>`. */
export const fillSignal: Record<Fill, Signal> = { full: 'admit', short: 'ask', empty: 'refuse' }
