// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import DutyFigures from '../../../../src/client/features/desk/duty/DutyFigures.vue'
import { readPostFilter } from '../../../../src/client/features/desk/duty/links.ts'
import PlaceTable from '../../../../src/client/features/desk/duty/PlaceTable.vue'
import { covers } from '../../../../src/domain/rules/duty/coverage.ts'
import { sumPosts } from '../../../../src/domain/rules/duty/rollUp.ts'
import { around, community } from '../../support/fakes.ts'

const one = {
  needed: 2,
  here: 1,
  late: 1,
  leaving: 0,
  came: 1,
  cameYesterday: 0,
  unconfirmed: 0,
  forgotten: 0,
}

it('a figure of posts leads to as many posts as it says, also where they stand in more than one way', async () => {
  const posts = (['short', 'short', 'late', 'empty', 'silent', 'covered', 'closed'] as const).map(
    (cover) => ({
      ...{ ...one, cover },
    }),
  )
  const { plugins, router } = await around({})
  const page = mount(DutyFigures, { props: { sums: sumPosts(posts), waiting: false }, global: { plugins } })
  const found = page.findAll('a.figure').flatMap((figure) => {
    const { path, query } = router.resolve(figure.attributes('href') ?? '')
    const listed = readPostFilter(query).cover ?? covers
    const shown = posts.filter(({ cover }) => listed.includes(cover)).length
    return path === '/desk/duty' ? [[figure.text().replace(String(shown), ''), shown]] : []
  })
  expect(found).toEqual([
    ['Posts with nobody', 1],
    ['Posts short', 3],
    ['Posts without data', 1],
  ])
})

it('so does the figure of a place whose posts want a hand', async () => {
  const posts = (['leaving', 'late', 'empty', 'silent', 'covered'] as const).map((cover) => ({
    ...{ ...one, cover },
  }))
  const { plugins, router } = await around({})
  const sums = new Map([[community, sumPosts(posts)]])
  const nodes = [{ id: community, level: 'community' as const, name: 'Sample' }]
  const page = mount(PlaceTable, { props: { nodes, sums }, global: { plugins } })
  const figure = page.findAll('a.figure').find((link) => link.text() === '3')
  const { cover } = readPostFilter(router.resolve(figure?.attributes('href') ?? '').query)
  expect(posts.filter((post) => cover?.includes(post.cover))).toHaveLength(3)
})
