import { computed, reactive, ref, watch, type ComputedRef, type Ref } from 'vue'
import { homeKey } from '../../../domain/formats/home.ts'
import { isImplausible } from '../../../domain/rules/temperature.ts'
import { typedCelsius } from '../../../domain/formats/temperature.ts'
import { advise, type PassageDraft } from '../../../domain/rules/advise.ts'
import { gateDefaults, type GateSettings } from '../../../domain/rules/gate.ts'
import { localTime } from '../../../domain/rules/localTime.ts'
import type { GateBook } from './book/gateBook.ts'
import {
  draftOf,
  isDirty,
  missing,
  nextForm,
  type Form,
  type Missing,
  type Reason,
  type Who,
} from './form.ts'
import { recordedPurpose, usualPurpose } from './usual.ts'

export type Step = 'who' | 'decide' | 'reason'

/** The form of the gate's screen and everything that follows from it. It saves nothing. */
export interface GateForm {
  form: Form
  step: ComputedRef<Step>
  /** The reason pad lies over the decision. */
  refusing: Ref<boolean>
  settings: ComputedRef<GateSettings>
  draft: ComputedRef<PassageDraft>
  advice: ComputedRef<Reason[]>
  missing: ComputedRef<Missing[]>
  /** A value that asks to warm the thermometer and measure again. */
  implausible: ComputedRef<boolean>
  dirty: ComputedRef<boolean>
  answer(who: Who): void
  /** Back to the question who it is, with what was said still there. */
  askWho(): void
  /** A fresh form for the next one; `who`: as far as that one was named already. */
  reset(who?: Who | null): void
  restore(form: Form): void
}

/** Joins what is said now with what was said before of the same one. */
function joined(before: Who | null, now: Who, adding: boolean): Who {
  return adding && before ? { ...before, ...now, how: before.how } : now
}

export function useGateForm(book: GateBook): GateForm {
  const settings = computed<GateSettings>(() => book.gate.value?.settings ?? gateDefaults)
  const plateStart = (): string => settings.value.province ?? ''
  const form = reactive<Form>(nextForm(undefined, plateStart()))
  const refusing = ref(false)
  const step = computed<Step>(() =>
    form.who === null || form.adding ? 'who' : refusing.value ? 'reason' : 'decide',
  )
  const purpose = computed(() =>
    recordedPurpose(settings.value.purpose, form.purpose, usualPurpose(form, book.homes, book.ledger.value)),
  )
  const draft = computed(() => draftOf(form, purpose.value))
  const restore = (to: Form): void => {
    Object.assign(form, to)
    refusing.value = false
  }
  const reset = (who: Who | null = null): void => restore({ ...nextForm(form, plateStart()), who })
  watch(
    settings,
    (now) => {
      if (isDirty(form)) return
      const subject = now.people ? (now.vehicles ? form.subject : 'person') : 'vehicle'
      restore(nextForm({ ...form, subject }, plateStart()))
    },
    { immediate: true },
  )
  return {
    form,
    step,
    refusing,
    settings,
    draft,
    missing: computed(() => missing(settings.value, form)),
    advice: computed(() =>
      advise(settings.value, draft.value, {
        minute: localTime(book.now.shown.value, book.zone.value).minute,
        vehiclesInside: book.ledger.value.presence.vehicles,
      }),
    ),
    implausible: computed(() => {
      const celsius = typedCelsius(form.temperature)
      return celsius !== null && isImplausible(celsius)
    }),
    dirty: computed(() => isDirty(form)),
    answer(who) {
      form.who = joined(form.who, { ...who, ...(who.home ? { home: homeKey(who.home) } : {}) }, form.adding)
      form.adding = false
    },
    askWho() {
      // The code may still be before the camera and would answer again at once.
      if (form.who?.how === 'scan') form.asking = 'home'
      form.who = null
      form.adding = false
      refusing.value = false
    },
    reset,
    restore,
  }
}
