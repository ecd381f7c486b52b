import type { GateSettings } from '../../../../domain/rules/gate.ts'
import { dotted } from '../../../i18n/dotted.ts'
import { useText } from '../../../i18n/index.ts'

/** A gate's rules in one line: what differs from a gate that asks nothing. */
export function useGateWords() {
  const { t } = useText()
  const summary = (gate: GateSettings): string =>
    dotted([
      gate.people && gate.vehicles
        ? t('desk.gate.both')
        : t(gate.people ? 'desk.gate.onlyPeople' : 'desk.gate.onlyVehicles'),
      gate.temperature ? t('desk.gate.feverShort', { value: gate.feverAbove.toFixed(1) }) : '',
      gate.code ? t('desk.gate.codeShort') : '',
      gate.couriers === 'refuse' ? t('desk.gate.noCouriers') : '',
      gate.opens && gate.closes ? `${gate.opens}–${gate.closes}` : '',
    ])
  return { summary }
}
