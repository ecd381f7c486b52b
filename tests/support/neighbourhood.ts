import { v7 as uuid } from 'uuid'
import type { Draft } from '../../src/domain/entry.ts'
import type { GateRules } from '../../src/domain/kinds/post.ts'
import { logbookId } from '../../src/domain/logbooks.ts'
import { Coordinator } from './coordinator.ts'
import type { Server } from './server.ts'

export interface Neighbourhood {
  coordinator: Coordinator
  compound: string
  gate: string
  gateName: string
  logbook: string
}

/** A community with one compound, one gate and a few homes, made without a screen. */
export async function newNeighbourhood(server: Server, rules: GateRules = {}): Promise<Neighbourhood> {
  const coordinator = new Coordinator(() => server.origin)
  await coordinator.enrol(server.setupLink())
  const { community } = coordinator
  const [compound, gate, gateName] = [uuid(), uuid(), 'Sample gate']
  const duty = logbookId('duty', community)
  const homes = logbookId('homes', compound)
  await coordinator.save([
    {
      kind: 'place',
      logbook: duty,
      record: community,
      body: { level: 'community', name: 'Sample community', zone: 'Asia/Shanghai', sample: true },
    },
    {
      kind: 'place',
      logbook: duty,
      record: compound,
      body: { level: 'compound', name: 'Sample compound', parent: community },
    },
    {
      kind: 'post',
      logbook: duty,
      record: gate,
      body: { type: 'gate', name: gateName, place: compound, gate: rules },
    },
  ])
  const home = (name: string): Draft => ({
    kind: 'household',
    logbook: homes,
    record: uuid(),
    body: { home: name, people: [{ name: '样本甲' }] },
  })
  await coordinator.save(['1-1-101', '3-2-501', '3-2-502'].map(home))
  return { coordinator, compound, gate, gateName, logbook: logbookId('gate', compound) }
}
