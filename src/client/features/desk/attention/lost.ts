import type { Doc, LostValue } from '../../../../domain/entry.ts'
import type { MemberId } from '../../../../domain/ids.ts'

export interface LostItem {
  key: string
  /** What the record is called now. */
  name: string
  lost: LostValue
  /** The value that stands. */
  now: unknown
}

type Body = Readonly<Record<string, unknown>>

/** A home goes by its number, everything else by its name. */
const titleOf = (body: Body): string =>
  [body['home'], body['name']].find((text) => typeof text === 'string') ?? ''

/** Values of `me` that a later arrival overwrote, in documents of any kind ([FD3]). */
export const lostOf = (docs: readonly Doc<Body>[], me: MemberId | undefined): LostItem[] =>
  docs.flatMap(({ body, lost }) =>
    lost
      .filter(({ by }) => by === me)
      .map((value) => ({
        key: `lost/${value.entry}/${value.field}`,
        name: titleOf(body),
        lost: value,
        now: body[value.field],
      })),
  )
