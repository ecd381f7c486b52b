import { logbookId } from '../../../src/domain/logbooks.ts'
import { compound } from './passage.ts'
import { enrolPhone } from './phone.ts'

/** The first coordinator names the community and its compound, whose logbooks appear with it. Answers its id. */
export async function found(url: string, token: string): Promise<string> {
  const phone = await enrolPhone(url, token, 'coordinator')
  const { community } = phone
  const place = (id: string, body: object) => ({
    kind: 'place',
    logbook: logbookId('duty', community),
    record: id,
    seen: 0,
    body: { ...body },
  })
  phone.add([
    place(community, { level: 'community', name: 'Bench' }),
    place(compound, { level: 'compound', name: 'Bench compound', parent: community }),
  ])
  await phone.push()
  return community
}
