import { describe, expect, it } from 'vitest'
import { createChannel } from '../../../src/client/platform/channel.ts'

const nowhere = () =>
  createChannel<number>(
    () => undefined,
    () => undefined,
  ).channel

describe('a channel', () => {
  it('tells its own listeners too, until they leave', () => {
    const channel = nowhere()
    const heard: number[] = []
    const leave = channel.listen((n) => heard.push(n))
    channel.tell(1)
    leave()
    channel.tell(2)
    expect(heard).toEqual([1])
  })

  it('keeps a listener that breaks from breaking the others or the teller, and reports it', async () => {
    const channel = nowhere()
    const heard: number[] = []
    const reported = new Promise<unknown>((resolve) => {
      const others = process.listeners('uncaughtException')
      process.removeAllListeners('uncaughtException')
      process.once('uncaughtException', (cause) => {
        for (const other of others) process.on('uncaughtException', other)
        resolve(cause)
      })
    })
    const broken = new Error('broken')
    channel.listen(() => {
      throw broken
    })
    channel.listen((n) => heard.push(n))
    expect(() => channel.tell(1)).not.toThrow()
    expect(heard).toEqual([1])
    expect(await reported).toBe(broken)
  })
})
