import type { ExportLocale } from '../words.ts'
import { en } from './words.en.ts'
import { hans } from './words.zh-Hans.ts'
import { hant } from './words.zh-Hant.ts'
import type { DutyWords } from './wordShapes.ts'

export { dutyTables, type DutyTable, type DutyWords } from './wordShapes.ts'

export const dutyWords: Readonly<Record<ExportLocale, DutyWords>> = {
  'zh-Hans': hans,
  'zh-Hant': hant,
  en,
}
