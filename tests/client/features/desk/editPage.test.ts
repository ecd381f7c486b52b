// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { computed, defineComponent, h, nextTick, shallowRef } from 'vue'
import { postFields, postPatch, readPost } from '../../../../src/client/features/desk/posts/postForm.ts'
import { useEditPage } from '../../../../src/client/features/desk/shared/useEditPage.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { around, community } from '../../support/fakes.ts'

it('of a form that two fill at once each saves what they typed, and undoes nothing of the other', async () => {
  const known = shallowRef<Post>({ type: 'supplies', name: 'Depot', place: community, heads: 2 })
  let page: ReturnType<typeof useEditPage<ReturnType<typeof postFields>>> | undefined
  const Page = defineComponent(() => {
    page = useEditPage(
      computed(() => postFields(known.value, community)),
      '/desk/posts',
    )
    return () => h('i')
  })
  const { plugins } = await around({})
  mount(Page, { global: { plugins } })
  if (!page) throw new Error('no page')
  page.fields.value.name = 'North depot'
  known.value = { ...known.value, heads: 5, note: 'Keys at the gate' }
  await nextTick()
  expect(page.fields.value).toMatchObject({ name: 'North depot', heads: '5', note: 'Keys at the gate' })
  const read = readPost(page.fields.value)
  expect(read.ok && postPatch(known.value, read.value, () => '')).toEqual({ name: 'North depot' })
})
