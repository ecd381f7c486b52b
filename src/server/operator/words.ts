import { en } from './words.en.ts'
import { hans } from './words.zh-Hans.ts'
import { hant } from './words.zh-Hant.ts'

/** What the terminal says. `{name}` is a gap. */
export interface Words {
  help: string
  serving: string
  also: string
  plainOnly: string
  setup: string
  setupOnce: string
  another: string
  notBuilt: string
  lanPage: string
  lanAlone: string
  lanCheck: string
  backedUp: string
  restored: string
  restoredNew: string
  epochRaised: string
  stopping: string
  stopped: string
  optionUnknown: string
  optionValue: string
  tlsPair: string
  tlsAndLan: string
  commandUnknown: string
  portInUse: string
  portForbidden: string
  hostUnknown: string
  folderUnusable: string
  alreadyRunning: string
  databaseNewer: string
  notADatabase: string
  diskFull: string
  readOnly: string
  databaseBusy: string
  ioError: string
  serverDatabaseNewer: string
  serverDatabaseForeign: string
  serverDatabaseAway: string
  serverDatabaseRefused: string
  serversRunning: string
  fileUnreadable: string
  fileMissing: string
  fileExists: string
  fileUnwritable: string
  copyDiskFull: string
  noDatabase: string
  notAFile: string
  notABackup: string
  backupNewer: string
  certInvalid: string
  verified: string
  verifyAwaited: string
  verifyFailed: string
  wrongAltered: string
  wrongMissing: string
  wrongReordered: string
  wrongUnfounded: string
  wrongBroken: string
  placePage: string
  placeEntry: string
  placeSeq: string
  recounted: string
  recountWrong: string
  recountFixed: string
  personExported: string
  personErased: string
  personPhones: string
  termsMissing: string
  unexpected: string
}

export type WordKey = keyof Words

/** The catalogue for a terminal, by the same variables that other programs go by. */
export function wordsFor(env: Readonly<Record<string, string | undefined>>): Words {
  const lang = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  if (/^zh.*(TW|HK|MO|Hant)/i.test(lang)) return hant
  return /^zh/i.test(lang) ? hans : en
}

/** A text with its gaps filled. */
export const say = (words: Words, key: WordKey, gaps: Readonly<Record<string, string>> = {}): string =>
  words[key].replace(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap)
