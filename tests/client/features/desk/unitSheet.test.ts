// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import UnitSheet from '../../../../src/client/features/desk/units/UnitSheet.vue'
import type { Doc } from '../../../../src/domain/entry.ts'
import type { Unit } from '../../../../src/domain/kinds/unit.ts'
import { around, community, fakeStore } from '../../support/fakes.ts'

const unit = (body: Partial<Unit>): Doc<Unit> => ({
  ...{
    kind: 'unit',
    id: '0192f0c8-0000-7000-8000-000000000010',
    logbook: `duty/${community}`,
    seq: 1,
    at: 0,
  },
  ...{
    removed: false,
    state: 'sent',
    lost: [],
    body: { type: 'firm', name: 'Sample firm', daily: false, ...body },
  },
})

it('what is typed stays when somebody else edits a unit meanwhile, and takes their edit not back', async () => {
  const store = fakeStore()
  const { plugins } = await around({ store })
  const sheet = mount(UnitSheet, { props: { unit: unit({}), units: [] }, global: { plugins } })
  const name = sheet.get('input')
  await name.setValue('Sample company')
  await sheet.setProps({ unit: unit({ contact: 'Ann' }) })
  expect(name.element.value).toBe('Sample company')
  await sheet.get('form').trigger('submit')
  await flushPromises()
  expect(store.saved.map(({ body }) => body)).toEqual([{ name: 'Sample company' }])
})
