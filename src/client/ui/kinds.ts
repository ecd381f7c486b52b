import type { IconName } from './icons.ts'

/** The four signals. Each has its own colour, its own shape, and on a screen its own word. */
export type Signal = 'admit' | 'refuse' | 'ask' | 'note'

export const signalIcon: Record<Signal, IconName> = { admit: 'ok', refuse: 'no', ask: 'ask', note: 'half' }

export interface Option<T extends string = string> {
  value: T
  label: string
  icon?: IconName | undefined
}
