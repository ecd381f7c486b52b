import * as v from 'valibot'
import { Poke } from '../../protocol/api.ts'
import { parseJson } from '../../protocol/page.ts'
import type { Channel } from '../storage/channel.ts'
import { localPokes, type Pokes } from './pokes.ts'

/** `from`: the process that it happened in, which has told its own already. */
const Message = v.object({ from: v.string(), poke: Poke })

const topicOf = (poke: Poke): string => ('logbook' in poke ? String(poke.logbook) : '')

/**
 * Pokes among all processes that serve one database. Those that come while others are on their way are told
 * together, of each logbook only the last. `self` names this process.
 */
export function sharedPokes(channel: Channel, self: string): Pokes {
  const local = localPokes()
  channel.listen((text) => {
    const message = v.safeParse(Message, parseJson(text))
    if (message.success && message.output.from !== self) local.publish(message.output.poke)
  })
  const waiting = new Map<string, Poke>()
  let sending = false
  const send = async (): Promise<void> => {
    sending = true
    while (waiting.size > 0) {
      const texts = [...waiting.values()].map((poke) => JSON.stringify({ from: self, poke }))
      waiting.clear()
      await channel.send(texts)
    }
    sending = false
  }
  return {
    subscribe: local.subscribe,
    publish: (poke) => {
      local.publish(poke)
      waiting.set(topicOf(poke), poke)
      if (!sending) void send()
    },
  }
}
