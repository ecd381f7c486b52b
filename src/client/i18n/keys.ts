import type checkin from './en/checkin.json'
import type common from './en/common.json'
import type desk from './en/desk.json'
import type duty from './en/duty.json'
import type enrol from './en/enrol.json'
import type gate from './en/gate.json'
import type guards from './en/guards.json'
import type home from './en/home.json'
import type plan from './en/plan.json'
import type problem from './en/problem.json'
import type relay from './en/relay.json'
import type roster from './en/roster.json'
import type settings from './en/settings.json'
import type status from './en/status.json'
import type sync from './en/sync.json'
import type units from './en/units.json'

interface Namespaces {
  checkin: typeof checkin
  common: typeof common
  desk: typeof desk
  duty: typeof duty
  enrol: typeof enrol
  gate: typeof gate
  guards: typeof guards
  home: typeof home
  plan: typeof plan
  problem: typeof problem
  relay: typeof relay
  roster: typeof roster
  settings: typeof settings
  status: typeof status
  sync: typeof sync
  units: typeof units
}

export type Namespace = keyof Namespaces

/** `namespace.key` of every text there is; the English catalogue is the list. */
export type TextKey = { [N in Namespace]: `${N}.${keyof Namespaces[N] & string}` }[Namespace]

export type Params = Readonly<Record<string, string | number>>
