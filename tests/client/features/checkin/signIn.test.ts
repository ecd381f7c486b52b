import { describe, expect, it, vi } from 'vitest'
import type { CheckIns } from '../../../../src/client/features/checkin/useCheckIns.ts'
import { useSignIn } from '../../../../src/client/features/checkin/useSignIn.ts'
import type { Doc, Draft } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { absorbDuty, emptyDuty } from '../../../../src/domain/rules/duty/book.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'

const now = Date.parse('2026-05-04T16:00:00+08:00')
const hourMs = 3_600_000
const [here, me] = [idOf(11), idOf(21)]
const post: Doc<Post> = {
  ...{ kind: 'post', id: here, logbook: 'duty/x', seq: 1, at: 0, removed: false, state: 'sent', lost: [] },
  body: { type: 'checkpoint', name: 'East', place: idOf(1) },
}

/** Somebody who came two hours ago, a scan of the same post, and a screen that is painted when the test says so. */
function leaving(fails = false) {
  const book = emptyDuty()
  const came = dutyFact('checkIn', { post: here, member: me, way: 'printed' }, { at: now - 2 * hourMs })
  absorbDuty(book, [came])
  const saved: Draft[] = []
  const disk = Promise.withResolvers<void>()
  const store = {
    save: async (drafts: readonly Draft[]) => {
      await disk.promise
      if (fails) throw new Error('no room')
      saved.push(...drafts)
      return Promise.resolve(drafts.map((_, n) => ({ id: idOf(100 + saved.length + n) })))
    },
  }
  const checkIns = {
    store,
    logbook: { value: 'duty/x' },
    exact: () => now,
    context: () => ({ book, me, now, zone: 'Asia/Shanghai', mayTake: false }),
  } as unknown as CheckIns
  const painted = Promise.withResolvers<void>()
  const signals: string[] = []
  const signIn = useSignIn(
    checkIns,
    (sounding) => signals.push(sounding),
    () => painted.promise,
  )
  return { signIn, saved, signals, painted, disk }
}

/** Everything that was begun has gone as far as it can. */
const settle = (): Promise<void> => new Promise((done) => setImmediate(done))

describe('the answer to a scan', () => {
  it('is said first; what it covers is drawn anew when it stands on the screen', async () => {
    const { signIn, signals, painted, disk } = leaving()
    disk.resolve()
    await signIn.begin(post, { member: me, name: 'Sample' }, { way: 'printed' })
    expect(signIn.asked.value?.meaning.is).toBe('leave')
    void signIn.answer({ do: 'leave' })
    await settle()
    expect(signIn.said.value).not.toBeNull()
    expect([signIn.asked.value === null, signIn.done.value, signals]).toEqual([false, null, ['ask']])
    painted.resolve()
    await settle()
    expect(signIn.done.value).toBe(signIn.said.value)
    expect([signIn.asked.value, signals]).toEqual([null, ['ask', 'admit']])
  })

  it('is given once, however often the question that it covers is pressed', async () => {
    const { signIn, saved, painted, disk } = leaving()
    disk.resolve()
    await signIn.begin(post, { member: me, name: 'Sample' }, { way: 'printed' })
    void signIn.answer({ do: 'leave' })
    await settle()
    void signIn.answer({ do: 'leave' })
    painted.resolve()
    await settle()
    expect(saved.map(({ kind }) => kind)).toEqual(['checkOut'])
  })

  it('does not come back for who had it put away before it was painted', async () => {
    const { signIn, painted, disk } = leaving()
    disk.resolve()
    await signIn.begin(post, { member: me, name: 'Sample' }, { way: 'printed' })
    void signIn.answer({ do: 'leave' })
    await settle()
    signIn.reset()
    painted.resolve()
    await settle()
    expect([signIn.said.value, signIn.done.value]).toEqual([null, null])
  })

  it('is drawn while the disk is at it, and said only once it is saved', async () => {
    const { signIn, saved, disk } = leaving()
    await signIn.begin(post, { member: me, name: 'Sample' }, { way: 'printed' })
    void signIn.answer({ do: 'leave' })
    await vi.waitFor(() => expect(signIn.coming.value?.choice).toEqual({ do: 'leave' }))
    expect([signIn.said.value, saved]).toEqual([null, []])
    disk.resolve()
    await settle()
    expect(signIn.said.value?.ids).toHaveLength(1)
  })

  it('is never said, and not drawn any more, where the save failed', async () => {
    const { signIn, signals, disk } = leaving(true)
    await signIn.begin(post, { member: me, name: 'Sample' }, { way: 'printed' })
    void signIn.answer({ do: 'leave' })
    await vi.waitFor(() => expect(signIn.coming.value).not.toBeNull())
    disk.resolve()
    await settle()
    expect([signIn.coming.value, signIn.said.value, signIn.failed.value]).toEqual([null, null, 'unavailable'])
    expect(signals).toEqual(['ask', 'failed'])
  })

  it('is rehearsed without a word or a record', async () => {
    const { signIn, saved, signals } = leaving()
    signIn.rehearse(post, { member: me, name: 'Sample' })
    await settle()
    expect(signIn.coming.value?.meaning).toMatchObject({ is: 'arrive', how: 'unplanned' })
    expect([signIn.said.value, signIn.done.value, signIn.asked.value]).toEqual([null, null, null])
    expect([saved, signals]).toEqual([[], []])
    signIn.reset()
    expect(signIn.coming.value).toBeNull()
  })
})
