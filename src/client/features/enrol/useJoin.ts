import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Identity } from '../../store/index.ts'
import { useCalls, type Answer, type CallProblem, type Preview } from '../../sync/calls.ts'

/** Pasting a link → looking at the invitation → giving a name → done. */
export type JoinStep = 'start' | 'looking' | 'name' | 'joining' | 'joined'

/** `unexpected`: this phone itself failed; the invitation is as good as before. */
export type JoinProblem = CallProblem | 'unexpected'

export interface Join {
  step: Ref<JoinStep>
  preview: ShallowRef<Preview | null>
  problem: Ref<JoinProblem | null>
  name: Ref<string>
  setup: ComputedRef<boolean>
  identity: ShallowRef<Identity | null>
  look(token: string): Promise<void>
  join(device: string): Promise<void>
  /** Asks again what failed: the invitation, or the joining. A lost answer is not a used invitation. */
  again(device: string): Promise<void>
  restart(): void
}

type Answered<T> = { ok: true; value: T } | { ok: false; problem: JoinProblem }

/** A call that throws (a broken database, a faulty app) must not leave "Joining…" on the screen for ever. */
const answered = <T>(call: Promise<Answer<T>>): Promise<Answered<T>> =>
  call.catch(() => ({ ok: false, problem: 'unexpected' }))

export function useJoin(): Join {
  const calls = useCalls()
  const step = ref<JoinStep>('start')
  const preview = shallowRef<Preview | null>(null)
  const identity = shallowRef<Identity | null>(null)
  const problem = ref<JoinProblem | null>(null)
  const name = ref('')
  let token = ''

  async function look(found: string): Promise<void> {
    token = found
    step.value = 'looking'
    problem.value = null
    const answer = await answered(calls.preview(token))
    if (!answer.ok) {
      problem.value = answer.problem
      return
    }
    preview.value = answer.value
    name.value ||= answer.value.name ?? ''
    step.value = 'name'
  }

  async function join(device: string): Promise<void> {
    step.value = 'joining'
    problem.value = null
    const answer = await answered(calls.enrol({ token, name: name.value.trim(), device }))
    if (answer.ok) {
      identity.value = answer.value
      step.value = 'joined'
      return
    }
    problem.value = answer.problem
    step.value = 'name'
  }

  return {
    step,
    preview,
    problem,
    name,
    identity,
    setup: computed(() => preview.value?.setup ?? false),
    look,
    join,
    again: (device) => (step.value === 'looking' ? look(token) : join(device)),
    restart() {
      token = ''
      preview.value = null
      problem.value = null
      step.value = 'start'
    },
  }
}
