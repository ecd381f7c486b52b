import { heldCodes, type QuarantineCode } from '../../protocol/problems.ts'
import type { EntryReceipt } from '../../protocol/receipt.ts'

/** What becomes of one entry. */
export type Verdict =
  | { status: 'stored' }
  | { status: 'duplicate' }
  | { status: 'aside'; code: QuarantineCode; held: boolean }

export const stored: Verdict = { status: 'stored' }
export const duplicate: Verdict = { status: 'duplicate' }

/** Put aside; by itself tried again where what is missing may still come ([PU7]). */
export const aside = (code: QuarantineCode): Verdict => ({
  status: 'aside',
  code,
  held: heldCodes.includes(code),
})
/** A patch of a record that has not come yet: judged again when it has. */
export const asideUntilRecord: Verdict = { status: 'aside', code: 'invalid', held: true }

/** How the receipt says it; null = it says nothing about what is simply stored. */
export function receiptOf(n: number, verdict: Verdict): EntryReceipt | null {
  switch (verdict.status) {
    case 'stored':
      return null
    case 'duplicate':
      return { n, status: 'duplicate' }
    case 'aside':
      return { n, status: verdict.held ? 'held' : 'quarantined', code: verdict.code }
  }
}
