import type { Post } from '../../../../domain/kinds/post.ts'
import type { PostId } from '../../../../domain/ids.ts'
import { mayPlanOn, splitHours, type Span, type TurnPlan } from '../../../../domain/rules/duty/plan.ts'
import { addDays } from '../../../../domain/rules/localMoment.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { skillList, skillsFit } from '../shared/skillList.ts'
import { turnErrors } from './turnForm.ts'

/** Turns to be made, as typed. */
export interface PlanFields {
  posts: readonly PostId[]
  first: string
  last: string
  repeat: TurnPlan['repeat']
  /** 0 = Monday, as text, since chips hold texts. */
  weekdays: readonly string[]
  spans: Span[]
  heads: string
  skills: string
  note: string
}

export type PlanErrors = Partial<Record<keyof PlanFields, TextKey>>

/** Twelve hours by day: what most posts have. A post's own hours, heads and skills come first. */
export const planFields = (day: string, post: Post | undefined, id: PostId | undefined): PlanFields => ({
  posts: id === undefined ? [] : [id],
  first: day,
  last: addDays(day, 6),
  repeat: 'once',
  weekdays: [],
  spans: post?.opens && post.closes ? splitHours(post, 1) : [{ from: '08:00', to: '20:00' }],
  heads: String(post?.heads ?? 1),
  skills: (post?.skills ?? []).join(', '),
  note: '',
})

function lastError({ first, last }: PlanFields, today: string): Pick<PlanErrors, 'last'> {
  if (!(last >= first)) return { last: 'plan.lastWrong' }
  return mayPlanOn(last, today) ? {} : { last: 'plan.dayFar' }
}

function firstError(first: string, today: string): Pick<PlanErrors, 'first'> {
  return mayPlanOn(first, today) ? {} : { first: 'plan.dayFar' }
}

/** `today`: local day. */
export function readPlan(
  fields: PlanFields,
  today: string,
): { ok: true; value: TurnPlan } | { ok: false; errors: PlanErrors } {
  const spans = fields.spans.map((span) => turnErrors({ ...fields, day: fields.first, ...span }))
  const [one = {}] = spans
  const errors: PlanErrors = {
    ...(fields.posts.length === 0 ? { posts: 'plan.needsPost' as const } : {}),
    ...(one.day ? { first: one.day } : firstError(fields.first, today)),
    ...(one.heads ? { heads: one.heads } : {}),
    ...(spans.some((span) => span.from ?? span.to) ? { spans: 'plan.hoursWrong' as const } : {}),
    ...(skillsFit(fields.skills) ? {} : { skills: 'desk.tooLong' as const }),
    ...(fields.repeat === 'once' ? {} : lastError(fields, today)),
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return {
    ok: true,
    value: {
      ...fields,
      weekdays: fields.weekdays.map(Number),
      heads: Number(fields.heads),
      skills: skillList(fields.skills),
    },
  }
}
