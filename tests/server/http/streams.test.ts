import { describe, expect, it } from 'vitest'
import type { Poke } from '../../../src/protocol/api.ts'
import { Stream } from '../../../src/server/http/stream.ts'
import { Streams } from '../../../src/server/http/streams.ts'

const holdings = (...ids: string[]) => ({ logbooks: new Set(ids), stamp: ids.join() })

/** A listener that takes pokes when it is told to. */
function slowSink() {
  const taken: Poke[] = []
  let go = (): void => undefined
  let closed = false
  const sink = {
    send: (poke: Poke) => {
      taken.push(poke)
      return new Promise<void>((resolve) => (go = resolve))
    },
    close: () => void (closed = true),
  }
  const next = async () => {
    go()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { sink, taken, next, isClosed: () => closed }
}
const quickSink = () => {
  const taken: Poke[] = []
  let closed = false
  const sink = { send: async (poke: Poke) => void taken.push(poke), close: () => void (closed = true) }
  return { sink, taken, isClosed: () => closed }
}

describe('[EV1] pokes', () => {
  it('go to those who hold the logbook', () => {
    const streams = new Streams(async () => holdings())
    const [a, b] = [quickSink(), quickSink()]
    streams.add('a', holdings('gate/1'), a.sink)
    streams.add('b', holdings('gate/2'), b.sink)
    streams.logbook('gate/1', 7)
    expect([a.taken, b.taken]).toEqual([[{ logbook: 'gate/1', seq: 7 }], []])
  })

  it('[EV2] of a slow listener are joined: it gets the newest of each logbook', async () => {
    const { sink, taken, next } = slowSink()
    const stream = new Stream('a', holdings('gate/1', 'gate/2'), sink)
    for (let seq = 1; seq <= 1000; seq++) stream.push({ logbook: `gate/${1 + (seq % 2)}`, seq })
    for (let i = 0; i < 5; i++) await next()
    expect(taken).toEqual([
      { logbook: 'gate/2', seq: 1 },
      { logbook: 'gate/1', seq: 1000 },
      { logbook: 'gate/2', seq: 999 },
    ])
  })

  it('say `scope` to those whose scope changed, and go by the new one from then on (failure mode 28)', async () => {
    const streams = new Streams(async (id) =>
      id === 'a' ? holdings('gate/1', 'gate/2') : holdings('gate/1'),
    )
    const [a, b] = [quickSink(), quickSink()]
    streams.add('a', holdings('gate/1'), a.sink)
    streams.add('b', holdings('gate/1'), b.sink)
    await streams.scope()
    streams.logbook('gate/2', 3)
    expect([a.taken[0], b.taken]).toEqual([{ scope: true }, []])
    expect(streams.size).toBe(2)
  })

  it('[EV3] end with the revocation', async () => {
    const streams = new Streams(async (id) => (id === 'a' ? null : holdings('gate/1')))
    const [a, b, c] = [quickSink(), quickSink(), quickSink()]
    streams.add('a', holdings('gate/1'), a.sink)
    streams.add('b', holdings('gate/1'), b.sink)
    streams.add('c', holdings('gate/1'), c.sink)
    await streams.scope()
    streams.end('b')
    expect([a, b, c].map((sink) => sink.isClosed())).toEqual([true, true, false])
    streams.endAll()
    expect(streams.size).toBe(0)
  })

  it('[EV3] end where nobody can say what the phone may hear, and the others go on', async () => {
    const streams = new Streams((id) =>
      id === 'a' ? Promise.reject(new Error('storage')) : Promise.resolve(holdings('gate/1', 'gate/2')),
    )
    const [a, b] = [quickSink(), quickSink()]
    streams.add('a', holdings('gate/1'), a.sink)
    streams.add('b', holdings('gate/1'), b.sink)
    await expect(streams.scope()).resolves.toBeUndefined()
    expect([a.isClosed(), b.taken, streams.size]).toEqual([true, [{ scope: true }], 1])
  })

  it('stop when the other side has gone', async () => {
    const stream = new Stream('a', holdings('gate/1'), {
      send: () => Promise.reject(new Error('gone')),
      close: () => undefined,
    })
    stream.push({ logbook: 'gate/1', seq: 1 })
    await Promise.resolve()
    await Promise.resolve()
    expect(() => stream.push({ logbook: 'gate/1', seq: 2 })).not.toThrow()
  })
})
