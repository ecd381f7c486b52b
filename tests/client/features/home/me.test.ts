// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import MePage from '../../../../src/client/features/home/MePage.vue'
import type { Role } from '../../../../src/domain/members.ts'
import { around, community, fakeStore, someone } from '../../support/fakes.ts'

async function links(...held: Role[]): Promise<string[]> {
  const identity = { ...someone, grants: held.map((role) => ({ role, place: community })) }
  const { plugins } = await around({ store: fakeStore({ identity }) })
  const page = mount(MePage, { global: { plugins } })
  await flushPromises()
  return page.findAll('a').flatMap((link) => link.attributes('href') ?? [])
}

it('who looks on is led to nothing that the centre would put aside: no turn to take, nobody to sign in', async () => {
  const standing = ['/turns', '/crew', '/kiosk']
  expect(await links('volunteer')).toEqual(expect.arrayContaining(standing))
  expect(await links('volunteer', 'supervisor')).toEqual(expect.arrayContaining(standing))
  const watching = await links('supervisor')
  expect(watching.filter((link) => standing.includes(link))).toEqual([])
  expect(watching).toEqual(expect.arrayContaining(['/hours', '/records', '/settings']))
})
