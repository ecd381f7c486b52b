import { storeFact } from './facts.ts'
import { admit } from './objections.ts'
import { storePatch } from './patches.ts'
import type { Reading } from './reading.ts'
import type { Sheet } from './sheet.ts'
import type { Verdict } from './verdict.ts'

/** Decides one entry and adds what follows to the sheet. Facts, the many, are decided without waiting. */
export function judge(sheet: Sheet, reading: Reading): Verdict | Promise<Verdict> {
  const admitted = admit(sheet, reading)
  if ('status' in admitted) return admitted
  return admitted.kind.nature === 'fact'
    ? storeFact(sheet, admitted, reading)
    : storePatch(sheet, admitted, reading)
}

/** One after another: each finds what those before it have added. */
export async function judgeAll(sheet: Sheet, readings: readonly Reading[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const reading of readings) {
    const verdict = judge(sheet, reading)
    verdicts.push(verdict instanceof Promise ? await verdict : verdict)
  }
  return verdicts
}
