import { nothingTyped, typedCelsius, type Typed } from '../../../domain/formats/temperature.ts'
import type { codes, Passage, reasons } from '../../../domain/kinds/passage.ts'
import type { purposesAtGate } from '../../../domain/kinds/post.ts'
import type { PassageDraft, Reason } from '../../../domain/rules/advise.ts'
import type { GateSettings } from '../../../domain/rules/gate.ts'
import type { EntryId, PostId, RecordId } from '../../../domain/ids.ts'

export type Purpose = (typeof purposesAtGate)[number]
export type CodeColour = (typeof codes)[number]
export type { Reason }
export type AnyReason = (typeof reasons)[number]

/** Ways of saying who it is. A vehicle is always asked for by its plate. */
export type Asking = 'home' | 'scan' | 'name' | 'often'

/** Who or what passes, as far as it is known. */
export interface Who {
  how: Passage['how']
  household?: RecordId
  home?: string
  name?: string
  plate?: string
}

/** What stands on the gate's screen before anybody decides. */
export interface Form {
  subject: Passage['subject']
  way: Passage['way']
  asking: Asking
  /** What was typed on the pad, by question. */
  typedHome: string
  typedPlate: string
  typedName: string
  who: Who | null
  /** The guard goes back to say more about the same one. */
  adding: boolean
  heads: number
  /** As the guard chose it; absent: what is usual for this one. */
  purpose: Purpose | undefined
  temperature: Typed
  /** The reading that was kept when it was measured again. */
  repeats: EntryId | undefined
  /** The guard says that it can't be measured. */
  unmeasured: boolean
  code: CodeColour | undefined
}

/** A fresh form for the next one in the queue: way and subject stay, since queues go one way. */
export const nextForm = (before?: Pick<Form, 'subject' | 'way' | 'asking'>, plateStart = ''): Form => ({
  subject: before?.subject ?? 'person',
  way: before?.way ?? 'in',
  asking: before?.asking === 'often' ? 'often' : 'home',
  typedHome: '',
  typedPlate: plateStart,
  typedName: '',
  who: null,
  adding: false,
  heads: 1,
  purpose: undefined,
  temperature: nothingTyped,
  repeats: undefined,
  unmeasured: false,
  code: undefined,
})

export const isDirty = (form: Form): boolean =>
  form.who !== null || form.typedHome !== '' || form.typedName !== '' || [...form.typedPlate].length > 1

export type Missing = 'temperature' | 'code'

/** What the gate's rules ask of this one and was not answered. Only people who come in are measured. */
export function missing(gate: GateSettings, form: Form): Missing[] {
  if (form.subject === 'vehicle' || form.way === 'out') return []
  const found: Missing[] = []
  if (gate.temperature && !form.unmeasured && typedCelsius(form.temperature) === null)
    found.push('temperature')
  if (gate.code && form.code === undefined) found.push('code')
  return found
}

const known = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>

/** The passage as it stands in the form. `purpose` is the guard's choice or what is usual. */
export function draftOf(form: Form, purpose: Purpose | undefined): PassageDraft {
  const celsius = typedCelsius(form.temperature) ?? undefined
  const asked = form.subject === 'person' && form.way === 'in'
  return {
    way: form.way,
    subject: form.subject,
    how: form.who?.how ?? 'none',
    ...known({
      household: form.who?.household,
      home: form.who?.home,
      name: form.who?.name,
      plate: form.who?.plate,
      heads: form.heads > 1 ? form.heads : undefined,
      purpose,
      celsius: asked ? celsius : undefined,
      repeats: asked && celsius !== undefined ? form.repeats : undefined,
      code: asked ? form.code : undefined,
    }),
  }
}

export interface Decision {
  decision: Passage['decision']
  reason?: Reason | undefined
  note?: string | undefined
}

/** The body that is saved: what was seen, what the rules advised, what the guard did. */
export function passageBody(
  post: PostId,
  draft: PassageDraft,
  advice: readonly Reason[],
  made: Decision,
): Passage {
  const note = made.note?.trim()
  return {
    post,
    ...draft,
    decision: made.decision,
    ...(made.reason ? { reason: made.reason } : {}),
    ...(advice.length > 0 ? { advice: [...advice] } : {}),
    ...(note ? { note } : {}),
  }
}
