import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useLive } from '../../../src/client/ui/useLive.ts'
import { source } from '../support/fakes.ts'

describe('a live query', () => {
  it('follows its source, changes source with what it reads, and lets go at the end', async () => {
    const [east, west] = [source(1), source(10)]
    const gates = { east, west }
    const gate = ref<'east' | 'west' | null>('east')
    const scope = effectScope()
    const value = scope.run(() => useLive(() => (gate.value ? gates[gate.value] : null), 0))
    expect(value?.value).toBe(1)
    east.set(2)
    expect(value?.value).toBe(2)
    gate.value = 'west'
    await nextTick()
    expect([value?.value, east.followers(), west.followers()]).toEqual([10, 0, 1])
    gate.value = null
    await nextTick()
    expect([value?.value, west.followers()]).toEqual([0, 0])
    gate.value = 'east'
    await nextTick()
    scope.stop()
    expect(east.followers()).toBe(0)
  })
})
