// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, nextTick, ref } from 'vue'
import { useDecide } from '../../../../src/client/features/gate/useDecide.ts'
import { useGateForm } from '../../../../src/client/features/gate/useGateForm.ts'
import { useHomePad } from '../../../../src/client/features/gate/who/useHomePad.ts'
import { usePlatePad } from '../../../../src/client/features/gate/who/usePlatePad.ts'
import { useScanned } from '../../../../src/client/features/gate/who/useScanned.ts'
import type { GateBook } from '../../../../src/client/features/gate/book/gateBook.ts'
import { counts } from '../../../../src/domain/rules/board.ts'
import { newestFirst } from '../../../../src/domain/rules/ledger.ts'
import { toRepeat } from '../../../../src/domain/rules/repeat.ts'
import type { GateRules } from '../../../../src/domain/kinds/post.ts'
import { tapTenth, tapWhole } from '../../../../src/domain/formats/temperature.ts'
import { atGate, eastGate, household } from './gateWorld.ts'

const screen = (book: GateBook) => {
  const signals: string[] = []
  const gateForm = useGateForm(book)
  const painting: { shown: () => Promise<void> } = { shown: () => Promise.resolve() }
  const signal = (sounding: string) => void signals.push(sounding)
  return {
    signals,
    gateForm,
    painting,
    decide: useDecide(book, gateForm, signal, () => painting.shown()),
    homePad: useHomePad(book, gateForm),
    platePad: usePlatePad(book, gateForm),
    scanned: useScanned(book, gateForm),
  }
}

async function open(rules: GateRules = {}) {
  const { value, book, store } = await atGate(rules, screen)
  return { ...value, book, store }
}

const press = (pad: { press(key: string): void }, text: string): void =>
  [...text].forEach((c) => pad.press(c))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an ordinary resident', () => {
  it('is the home by its digits and one tap: the pad takes the home as soon as no other is meant', async () => {
    const { homePad, gateForm, decide, store } = await open()
    press(homePad, '3250')
    expect(gateForm.step.value).toBe('who')
    press(homePad, '1')
    expect(gateForm.step.value).toBe('decide')
    await decide.commit({ decision: 'admit' })
    expect(store.saved.map((e) => e.body)).toEqual([
      {
        post: eastGate,
        way: 'in',
        subject: 'person',
        how: 'home',
        household,
        home: '3-2-501',
        purpose: 'resident',
        decision: 'admit',
      },
    ])
  })

  it('leaves the form ready for the next one, in the same way', async () => {
    const { homePad, gateForm, decide } = await open()
    gateForm.form.way = 'out'
    press(homePad, '32501')
    await decide.commit({ decision: 'admit' })
    expect(gateForm.step.value).toBe('who')
    expect(gateForm.form).toMatchObject({ way: 'out', typedHome: '', who: null })
  })

  it('is measured only where the gate asks, and only on the way in', async () => {
    const { homePad, gateForm } = await open({ temperature: true, code: true })
    press(homePad, '32501')
    expect(gateForm.missing.value).toEqual(['temperature', 'code'])
    gateForm.form.way = 'out'
    expect(gateForm.missing.value).toEqual([])
  })
})

describe('saved is said only when it is saved', () => {
  it('no verdict before the store has answered', async () => {
    const { homePad, decide, store } = await open()
    let done: (() => void) | undefined
    const save = store.save.bind(store)
    store.save = async (drafts) => {
      await new Promise<void>((resolve) => (done = resolve))
      return save(drafts)
    }
    press(homePad, '32501')
    const committed = decide.commit({ decision: 'admit' })
    expect(decide.verdict.value).toBeNull()
    done?.()
    await committed
    expect(decide.verdict.value?.body.decision).toBe('admit')
  })

  it('5. a full phone: not saved, the form stays, the next tap saves it once', async () => {
    const { homePad, gateForm, decide, store, signals } = await open()
    press(homePad, '32501')
    store.fail = 'full'
    await decide.commit({ decision: 'admit' })
    expect(decide.failed.value).toBe('full')
    expect(decide.verdict.value).toBeNull()
    expect(gateForm.form.who?.home).toBe('3-2-501')
    expect(signals).toEqual(['failed'])
    store.fail = null
    await decide.commit({ decision: 'admit' })
    expect(store.saved).toHaveLength(1)
    expect(decide.failed.value).toBeNull()
    expect(signals).toEqual(['failed', 'admit'])
  })

  it('two taps at once make one entry', async () => {
    const { homePad, decide, store } = await open()
    press(homePad, '32501')
    await Promise.all([decide.commit({ decision: 'admit' }), decide.commit({ decision: 'admit' })])
    expect(store.saved).toHaveLength(1)
  })

  it('the answer stands on the screen before the form is drawn anew, and until then nothing is saved again', async () => {
    const { homePad, gateForm, decide, store, painting } = await open()
    let paint = () => {}
    painting.shown = () => new Promise((resolve) => (paint = resolve))
    press(homePad, '32501')
    const committed = decide.commit({ decision: 'admit' })
    await vi.waitFor(() => expect(decide.verdict.value).not.toBeNull())
    expect(gateForm.step.value).toBe('decide')
    await decide.commit({ decision: 'admit' })
    expect(store.saved).toHaveLength(1)
    paint()
    await committed
    expect(gateForm.step.value).toBe('who')
  })

  it('whom a scanner names meanwhile stays', async () => {
    const { homePad, gateForm, decide, painting } = await open()
    let paint = () => {}
    painting.shown = () => new Promise((resolve) => (paint = resolve))
    press(homePad, '32501')
    const committed = decide.commit({ decision: 'admit' })
    await vi.waitFor(() => expect(decide.verdict.value).not.toBeNull())
    gateForm.answer({ how: 'scan', home: '3-2-101' })
    paint()
    await committed
    expect(gateForm.form.who?.home).toBe('3-2-101')
  })

  it('who is named while the last one is being saved stays, and has neither their temperature nor their company', async () => {
    const { homePad, gateForm, decide, store } = await open({ temperature: true })
    press(homePad, '32501')
    gateForm.form.temperature = tapTenth(tapWhole(36), 5)
    gateForm.form.heads = 3
    const committed = decide.commit({ decision: 'admit' })
    gateForm.answer({ how: 'scan', home: '3-2-101' })
    await committed
    expect(store.saved[0]?.body).toMatchObject({ home: '3-2-501', celsius: 36.5, heads: 3 })
    expect(gateForm.form).toMatchObject({ who: { home: '3-2-101' }, heads: 1 })
    expect(gateForm.missing.value).toEqual(['temperature'])
    await decide.undo()
    expect(gateForm.form).toMatchObject({ who: { home: '3-2-501' }, heads: 3 })
  })
})

describe('undo', () => {
  it('within ten seconds is a further entry that takes the first back, and brings the form again', async () => {
    const { homePad, gateForm, decide, store } = await open()
    press(homePad, '32501')
    await decide.commit({ decision: 'admit' })
    await vi.advanceTimersByTimeAsync(9000)
    await decide.undo()
    const [first, second] = store.saved
    expect(second).toMatchObject({
      kind: 'correction',
      body: { target: first?.id, retract: true, why: 'undo' },
    })
    expect(gateForm.form.who?.home).toBe('3-2-501')
    expect(decide.verdict.value).toBeNull()
  })

  it('is over after ten seconds', async () => {
    const { homePad, decide, store } = await open()
    press(homePad, '32501')
    await decide.commit({ decision: 'admit' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(decide.undoable.value).toBeNull()
    await decide.undo()
    expect(store.saved).toHaveLength(1)
  })

  it('that could not be saved can be tried again', async () => {
    const { homePad, decide, store } = await open()
    press(homePad, '32501')
    await decide.commit({ decision: 'admit' })
    store.fail = 'unavailable'
    await decide.undo()
    expect(decide.failed.value).toBe('unavailable')
    expect(decide.undoable.value).not.toBeNull()
  })
})

describe('fever', () => {
  it('advises; what the guard decides stands beside the advice', async () => {
    const { homePad, gateForm, decide, store, book } = await open({ temperature: true })
    press(homePad, '32501')
    gateForm.form.temperature = tapTenth(tapWhole(37), 8)
    expect(gateForm.advice.value).toEqual(['fever'])
    await decide.commit({ decision: 'admit' })
    expect(store.saved[0]?.body).toMatchObject({ decision: 'admit', advice: ['fever'], celsius: 37.8 })
    expect(book.ledger.value.presence.people).toBe(1)
  })

  it('measured again keeps the first value as a reading of its own', async () => {
    const { homePad, gateForm, decide, store } = await open({ temperature: true })
    press(homePad, '32501')
    gateForm.form.temperature = tapTenth(tapWhole(37), 8)
    await decide.measureAgain()
    expect(store.saved[0]).toMatchObject({
      kind: 'reading',
      body: { celsius: 37.8, fever: true, home: '3-2-501' },
    })
    expect(gateForm.missing.value).toEqual(['temperature'])
  })

  it('measured again is measured: nobody waits for a third time, also without a name, and one fever is one', async () => {
    const { gateForm, decide, store, book } = await open({ temperature: true })
    const fevers = (): number => [...newestFirst(book.ledger.value)].filter((l) => counts('fever', l)).length
    const again = () => toRepeat(book.ledger.value, 0).map(({ celsius }) => celsius)
    const measure = (whole: number, tenth: number): void =>
      void (gateForm.form.temperature = tapTenth(tapWhole(whole), tenth))
    gateForm.answer({ how: 'none' })
    measure(37, 8)
    await decide.measureAgain()
    expect(again()).toEqual([37.8])
    measure(37, 9)
    await decide.measureAgain()
    expect(again()).toEqual([37.9])
    measure(36, 6)
    await decide.commit({ decision: 'admit' })
    expect(again()).toEqual([])
    gateForm.answer({ how: 'none' })
    measure(38, 1)
    await decide.measureAgain()
    measure(38, 2)
    await decide.commit({ decision: 'refuse', reason: 'fever' })
    expect(again()).toEqual([38.2])
    expect(fevers()).toBe(2)
    expect(store.saved.at(-1)?.body).toHaveProperty('repeats')
    gateForm.answer({ how: 'none' })
    expect(gateForm.draft.value).not.toHaveProperty('repeats')
  })

  it('an implausible value asks to be measured again and blocks nothing', async () => {
    const { homePad, gateForm, decide, store } = await open({ temperature: true })
    press(homePad, '32501')
    gateForm.form.temperature = tapTenth(tapWhole(34), 2)
    expect(gateForm.implausible.value).toBe(true)
    await decide.commit({ decision: 'admit' })
    expect(store.saved[0]?.body['celsius']).toBe(34.2)
  })
})

describe('vehicles', () => {
  it('a seen plate goes out in two taps, by the home it belongs to', async () => {
    const { platePad, gateForm, decide, store } = await open()
    Object.assign(gateForm.form, { subject: 'vehicle', way: 'out' })
    const [seen] = platePad.seen.value
    platePad.choose(seen?.plate ?? '')
    await decide.commit({ decision: 'admit' })
    expect(store.saved[0]?.body).toMatchObject({ plate: '甘FD21073', home: '3-2-501', purpose: 'resident' })
  })

  it('a whole plate is taken without a further tap; one that could go on waits', async () => {
    const { platePad, gateForm } = await open({ province: '甘' })
    gateForm.form.subject = 'vehicle'
    press(platePad, 'FD2107')
    expect(gateForm.step.value).toBe('who')
    expect(platePad.usable.value).toBe('甘F·D2107')
    press(platePad, '3')
    expect(gateForm.form.who?.plate).toBe('甘FD21073')
  })

  it('an unknown plate is a warning, never a bar', async () => {
    const { platePad, gateForm, decide, store } = await open()
    gateForm.form.subject = 'vehicle'
    press(platePad, 'WJ12345')
    expect(platePad.usable.value).toBe('WJ12345')
    platePad.choose('WJ12345')
    await decide.commit({ decision: 'admit' })
    expect(store.saved[0]?.body['plate']).toBe('WJ12345')
  })
})

describe('scanned codes', () => {
  it("a home's printed code is the answer", async () => {
    const { scanned, gateForm } = await open()
    expect(scanned.take(`GP:H:${household.toUpperCase()}`)).toBe(true)
    expect(gateForm.form.who).toEqual({ how: 'scan', household, home: '3-2-501' })
  })
  it('a code of ours without its home, and a code of others, are told apart', async () => {
    const { scanned, gateForm } = await open()
    expect(scanned.take('GP:H:01940000-0000-7000-8000-00000000ffff')).toBe(false)
    expect(scanned.problem.value).toBe('goneHome')
    expect(scanned.take('https://example.org/x')).toBe(false)
    expect(scanned.problem.value).toBe('unknown')
    expect(gateForm.form.who).toBeNull()
  })
  it('a code read before the homes were is answered as soon as they are', async () => {
    const read = ref(false)
    const { value } = await atGate({}, (book) =>
      screen({ ...book, homes: { ...book.homes, read: computed(() => read.value) } }),
    )
    expect(value.scanned.take(`GP:H:${household}`)).toBe(false)
    expect(value.scanned.problem.value).toBeNull()
    read.value = true
    await nextTick()
    expect(value.gateForm.form.who).toEqual({ how: 'scan', household, home: '3-2-501' })
  })
})

describe('guests', () => {
  it('an unknown home is a visit; where they go and what they are called are joined', async () => {
    const { gateForm, decide, store } = await open()
    gateForm.answer({ how: 'name', name: '刘样本' })
    expect(gateForm.draft.value.purpose).toBe('visitor')
    gateForm.form.adding = true
    gateForm.answer({ how: 'home', home: '3号楼2单元501', household })
    gateForm.form.purpose = 'visitor'
    await decide.commit({ decision: 'admit' })
    expect(store.saved[0]?.body).toMatchObject({
      how: 'name',
      name: '刘样本',
      home: '3-2-501',
      purpose: 'visitor',
    })
  })
})
