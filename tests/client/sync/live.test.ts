import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransportFailed, type StreamReply, type Transport } from '../../../src/client/platform/transport.ts'
import { readPokes } from '../../../src/client/sync/live.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { FakeCentre, gateBook } from '../../support/fakeCentre.ts'
import { device, enrolledTab, type Device, type Tab } from '../../support/clientPhone.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab
let opened: AbortSignal[]

beforeEach(async () => {
  phone = device()
  opened = []
  centre = await FakeCentre.open(() => phone.time.clock.now())
  const open: Transport['open'] = (request) => {
    if (request.signal) opened.push(request.signal)
    return centre.transport.open(request)
  }
  phone.transport = { ...centre.transport, open }
  tab = await enrolledTab(phone)
  await eventually('a stream stands', () => opened.length === 1)
})
afterEach(() => tab.close())

describe('the stream of pokes', () => {
  it('[EV3] is opened anew when nothing was heard for 45 s', async () => {
    phone.time.pass(44_000)
    await quiet()
    expect(opened[0]?.aborted).toBe(false)
    phone.time.pass(2_000)
    await eventually('another', () => opened.length === 2)
    expect(opened[0]?.aborted).toBe(true)
  })

  it('[EV3] stays while comments come', async () => {
    for (let i = 0; i < 6; i++) {
      centre.poke({ comment: i })
      await quiet()
      phone.time.pass(20_000)
      await quiet()
    }
    expect(opened).toHaveLength(1)
  })

  it('is tried again, with growing waits, where it can’t be opened', async () => {
    let tries = 0
    const open = (): Promise<StreamReply> => {
      tries += 1
      return Promise.reject(new TransportFailed('offline'))
    }
    phone.transport = { ...phone.transport, open }
    phone.time.pass(46_000)
    await eventually('tried', () => tries === 1)
    for (let i = 0; i < 30; i++) {
      phone.time.pass(1000)
      await quiet(10)
    }
    expect(tries).toBeGreaterThan(1)
    expect(tries).toBeLessThan(10)
  })
})

describe('reading a stream', () => {
  it('passes over comments and what is no poke', () => {
    const lines = [
      ': still here',
      'event: x',
      'data: {"scope":true}',
      'data: nonsense',
      'data: {"seq":1}',
      '',
    ]
    const poke = { logbook: gateBook, seq: 4 }
    expect(readPokes([...lines, `data: ${JSON.stringify(poke)}`])).toEqual([{ scope: true }, poke])
  })
})
