import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { Draft } from '../../src/domain/entry.ts'
import { logbookId } from '../../src/domain/logbooks.ts'
import { dayStart } from '../../src/domain/rules/boardDays.ts'
import { makeRotating, rotatingText, slotAt } from '../../src/domain/rules/duty/rotating.ts'

/** How large the board's day is. */
export const boardPosts = 300
export const boardPeople = 2_000
/** Of the community that `tests/support/neighbourhood.ts` makes. */
export const boardZone = 'Asia/Shanghai'
const aheadMs = 12 * 3_600_000

export interface BoardDay {
  logbook: string
  posts: string[]
  drafts: Draft[]
}

/**
 * A day at 300 posts: 2,000 members, a turn at each post with as many places as people, and so many check-ins, of which
 * every other has ended. All since local midnight, each with the code that its post's tablet showed.
 */
export function boardDay(community: string, checkIns: number, now: number): BoardDay {
  const logbook = logbookId('duty', community)
  const people = logbookId('people', community)
  const fact = (kind: string, at: number, body: Record<string, unknown>, id = randomUUID()): Draft => ({
    ...{ kind, id, logbook, at, body },
  })
  const posts = Array.from({ length: boardPosts }, () => randomUUID())
  const stations = posts.map(() => randomUUID())
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const proofAt = (n: number, at: number): string => {
    const [post = '', station = ''] = [posts[n % boardPosts], stations[n % boardPosts]]
    const text = Buffer.from(rotatingText(station, post, slotAt(at)))
    const signed = sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return makeRotating(station, slotAt(at), new Uint8Array(signed))
  }
  const members = Array.from({ length: boardPeople }, () => randomUUID())
  const starts = dayStart(now, boardZone)
  const turns = posts.map((post) => fact('shift', starts, { post, starts, ends: now + aheadMs, heads: 7 }))
  const seats = members.map((member, n) =>
    fact('assignment', starts, {
      ...{ shift: turns[n % boardPosts]?.id, member, name: `Sample ${n}`, act: 'assign' },
    }),
  )
  const came = Array.from({ length: checkIns }, (_, n): Draft[] => {
    const [post, member] = [posts[n % boardPosts], members[n % boardPeople]]
    const shift = turns[n % boardPosts]?.id
    const at = starts + Math.floor((n / checkIns) * (now - starts))
    const body = {
      post,
      member,
      name: `Sample ${n % boardPeople}`,
      way: 'rotating',
      shift,
      proof: proofAt(n, at),
    }
    const stay = fact('checkIn', at, body)
    const out = { checkIn: stay.id, post, member, way: 'rotating' }
    return n % 2 === 0 ? [stay, fact('checkOut', at + 60_000, out)] : [stay]
  })
  const docs: Draft[] = [
    ...posts.map((record, n) => ({
      ...{ kind: 'post', logbook, record },
      body: { type: 'supplies', name: `Sample post ${n}`, place: community },
    })),
    ...stations.map((record, n) => ({
      ...{ kind: 'station', logbook, record },
      body: { post: posts[n], name: `Sample tablet ${n}`, install: randomUUID(), key: { x, y } },
    })),
    ...members.map((record, n) => ({
      ...{ kind: 'member', logbook: people, record },
      body: { name: `Sample ${n}`, phone: '00000000000', grants: [{ role: 'volunteer', place: community }] },
    })),
  ]
  return { logbook, posts, drafts: [...docs, ...turns, ...seats, ...came.flat()] }
}
