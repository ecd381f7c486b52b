import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Identity } from '../../store/index.ts'
import { useCalls, type CallProblem, type Preview } from '../../sync/calls.ts'

/** Pasting a link → looking at the invitation → giving a name → done. */
export type JoinStep = 'start' | 'looking' | 'name' | 'joining' | 'joined'

export interface Join {
  step: Ref<JoinStep>
  preview: ShallowRef<Preview | null>
  problem: Ref<CallProblem | null>
  name: Ref<string>
  setup: ComputedRef<boolean>
  identity: ShallowRef<Identity | null>
  look(token: string): Promise<void>
  join(device: string): Promise<void>
  /** Asks again what failed: the invitation, or the joining. A lost answer is not a used invitation. */
  again(device: string): Promise<void>
  restart(): void
}

export function useJoin(): Join {
  const calls = useCalls()
  const step = ref<JoinStep>('start')
  const preview = shallowRef<Preview | null>(null)
  const identity = shallowRef<Identity | null>(null)
  const problem = ref<CallProblem | null>(null)
  const name = ref('')
  let token = ''

  async function look(found: string): Promise<void> {
    token = found
    step.value = 'looking'
    problem.value = null
    const answer = await calls.preview(token)
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
    const answer = await calls.enrol({ token, name: name.value.trim(), device })
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
