import { browserPlatform } from '../../../src/client/platform/platform.ts'
import { openStore, type OpenStore } from '../../../src/client/store/open.ts'
import { makeInstall } from '../../../src/client/sync/renew.ts'
import type { LocalStore } from '../../lib/peer.ts'
import { backlogAt, compound, draft, logbook } from './passage.ts'

const author = {
  install: '01990000-0000-7000-8000-0000000000e1',
  member: '01990000-0000-7000-8000-0000000000e2',
  community: '01990000-0000-7000-8000-0000000000e3',
  name: 'bench',
  grants: [],
  logbooks: [{ id: logbook, purpose: 'gate' as const, place: compound }],
  enrolledAt: 0,
}

/** The product's store as a feature uses it. */
export function local(): LocalStore {
  let open: OpenStore | undefined
  let made = 0
  const save = async (list: Parameters<LocalStore['bulk']>[0]) => {
    const now = Date.now()
    await open?.store.save(list.map((entry) => draft(entry, backlogAt(entry, now))))
  }
  return {
    reset: async () => {
      await open?.db.delete()
      open?.close()
      const name = `w5gatepost${made++}`
      open = await openStore(browserPlatform(name), name)
      await makeInstall(open.db, author.install)
      open.identity.set(author)
    },
    one: (entry) => save([entry]),
    bulk: save,
  }
}
