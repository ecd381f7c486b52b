import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { buildApp } from '../../../src/server/app.ts'
import { inviteOperator } from '../../../src/server/auth/invitations.ts'
import { hashSecret } from '../../../src/server/auth/secrets.ts'
import { loggerOptions } from '../../../src/server/http/logging.ts'
import type { Services } from '../../../src/server/http/services.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import { wire } from '../../../src/server/wire.ts'
import type { Server, ServerOptions } from '../../lib/peer.ts'
import { numberOf } from '../../lib/sqlite.ts'
import { found } from './found.ts'
import { compound, logbook } from './passage.ts'

/** The product's server on a folder of its own, with one community and one compound. */
export async function start({ dir }: ServerOptions): Promise<Server> {
  const file = path.join(dir, 'gatepost.db')
  const storage = await openSqlite({ file })
  const services = await wire(storage, Date.now)
  const client = path.join(dir, 'no-app')
  const app = await buildApp(services, { client, trustProxy: [], logger: loggerOptions('warn') })
  const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const setup = await inviteOperator(storage, services.chance, Date.now())
  const community = await found(url.origin, setup.token)
  const rows = new DatabaseSync(file, { readOnly: true }).prepare(
    'SELECT count(*) AS n FROM entries WHERE logbook = ?',
  )
  return {
    port: Number(url.port),
    count: () => numberOf(rows.get(logbook)?.['n']),
    ticket: () => inviteGuard(services, community),
    close: async () => {
      await app.close()
      await storage.close()
    },
  }
}

/** An invitation as a coordinator makes it; the answer is its secret. */
async function inviteGuard({ storage, chance }: Services, community: string): Promise<string> {
  const token = chance.newSecret()
  const now = Date.now()
  await storage.write((tx) =>
    tx.insertInvitation({
      id: chance.newId(),
      tokenHash: hashSecret(token),
      setup: false,
      member: null,
      name: null,
      grants: [{ role: 'guard', place: compound }],
      community,
      createdBy: '',
      created: now,
      expires: now + 3_600_000,
      usedAt: null,
      thumbprint: null,
      install: null,
    }),
  )
  return token
}
