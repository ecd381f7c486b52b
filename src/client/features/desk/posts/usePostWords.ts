import type { Post } from '../../../../domain/kinds/post.ts'
import { dotted } from '../../../i18n/dotted.ts'
import { useText } from '../../../i18n/index.ts'

/** What a post is and asks for, in short. */
export function usePostWords() {
  const { t, tn, list } = useText()
  const type = (post: Post): string =>
    post.type === 'other' && post.label ? post.label : t(`desk.postType.${post.type}`)
  const hours = (post: Post): string =>
    post.opens && post.closes
      ? t('roster.span', { from: post.opens, to: post.closes })
      : t('plan.roundTheClock')
  const summary = (post: Post): string =>
    dotted([
      type(post),
      hours(post),
      post.heads === undefined ? '' : tn('plan.headsShort', post.heads),
      post.skills ? list(post.skills) : '',
    ])
  return { type, hours, summary }
}
