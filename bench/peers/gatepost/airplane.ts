import { TransportFailed, type Transport } from '../../../src/client/platform/transport.ts'
import type { Happening, Surroundings } from '../../../src/client/platform/surroundings.ts'

/** The switch of a phone's airplane mode, for a page that has no other. */
export function airplane(transport: Transport, surroundings: Surroundings, online: boolean) {
  let connected = online
  const listeners = new Set<(happening: Happening) => void>()
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!connected) throw new TransportFailed('offline')
    return work()
  }
  return {
    transport: {
      send: (request) => through(() => transport.send(request)),
      open: (request) => through(() => transport.open(request)),
    } satisfies Transport,
    surroundings: {
      online: () => connected,
      visible: surroundings.visible,
      listen: (hear) => {
        listeners.add(hear)
        const unlisten = surroundings.listen(hear)
        return () => {
          listeners.delete(hear)
          unlisten()
        }
      },
    } satisfies Surroundings,
    /** There is a network from now on; the phone notices. */
    connect: () => {
      if (connected) return
      connected = true
      for (const hear of listeners) hear('online')
    },
  }
}
