import type { Config } from '../config.ts'
import { verify, type Finding, type LogbookFinding } from '../sync/verify/index.ts'
import { besideServer } from './beside.ts'
import { say, type WordKey, type Words } from './words.ts'

/** What a command found: lines for the terminal, and whether all is well. */
export interface Looked {
  lines: string[]
  sound: boolean
}

const wrongKeys = {
  altered: 'wrongAltered',
  missing: 'wrongMissing',
  reordered: 'wrongReordered',
  unfounded: 'wrongUnfounded',
  broken: 'wrongBroken',
} as const satisfies Record<Finding['wrong'], WordKey>

function lineOf(words: Words, finding: Finding | LogbookFinding): string {
  const wrong = words[wrongKeys[finding.wrong]]
  if ('logbook' in finding)
    return say(words, 'placeSeq', { logbook: finding.logbook, seq: String(finding.seq), wrong })
  const { install, page, n } = finding
  const gaps = { install, page: String(page), wrong }
  return n === undefined ? say(words, 'placePage', gaps) : say(words, 'placeEntry', { ...gaps, n: String(n) })
}

/** Follows every chain; see `sync/verify`. Throws a `Failure` where the database can't be read. */
export function verifyDatabase(config: Config, words: Words): Promise<Looked> {
  return besideServer(config, async (storage) => {
    const { findings, awaited, installs, pages, entries } = await verify(storage)
    const waits = awaited.map(({ install, page }) =>
      say(words, 'verifyAwaited', { install, page: String(page) }),
    )
    const sum = { installs: String(installs), pages: String(pages), entries: String(entries) }
    const last =
      findings.length === 0
        ? say(words, 'verified', sum)
        : say(words, 'verifyFailed', { n: String(findings.length) })
    const lines = [...findings.map((finding) => lineOf(words, finding)), ...waits, last]
    return { lines, sound: findings.length === 0 }
  })
}
