import { kindOf, type AnyKind } from '../../domain/kinds/index.ts'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { mayWrite, mayWriteOf } from '../../domain/permissions.ts'
import type { EntryRow, LogbookRow } from '../storage/rows.ts'
import type { Reading, Sealed } from './reading.ts'
import { cardSpeaks } from './cards.ts'
import { entryName, type Author, type Sheet } from './sheet.ts'
import { digestOf } from './signing.ts'
import { aside, duplicate, type Verdict } from './verdict.ts'

/** An entry that nothing speaks against so far, with what its kind and logbook are. */
export interface Admitted {
  entry: Sealed
  /** Its `entryName`: making it costs more than most of what is asked of it. */
  name: string
  kind: AnyKind
  logbook: LogbookRow
}

/** What can be said about an entry without looking into its body; the order is that of what is missing first. */
export function admit(sheet: Sheet, { entry, line }: Reading): Admitted | Verdict {
  const { author } = sheet
  if (!entry) return aside('unreadable')
  const name = entryName(entry)
  const earlier = sheet.known.get(name)
  if (earlier) return isSame(earlier, line) ? duplicate : aside('id-taken')
  if (author.install.status === 'revoked' && !author.vouched) return aside('revoked')
  const kind = kindOf(entry.kind)
  if (!kind) return aside('unknown-kind')
  if (entry.v > kind.version) return aside('newer-version')
  const logbook = sheet.logbooks.get(entry.logbook)
  const purpose = (logbook ?? parseLogbookId(entry.logbook))?.purpose
  if (purpose !== kind.logbook) return aside('wrong-logbook')
  if (!logbook) return aside('unknown-logbook')
  if (entry.by !== author.install.member && !author.vouched) return aside('author-mismatch')
  return isAllowed(author, kind, logbook) && isOwn(sheet, kind, logbook, entry)
    ? { entry, name, kind, logbook }
    : aside('not-permitted')
}

/** Is this the line that is stored? Erased entries are known by their digest. */
export const isSame = (earlier: EntryRow, line: string): boolean =>
  earlier.digest === null ? earlier.line === line : earlier.digest === digestOf(line)

const isAllowed = ({ install, grants }: Author, kind: AnyKind, { path }: LogbookRow): boolean =>
  install.centre || mayWrite(kind, { grants, path })

/** Some kinds are of oneself: nobody but those in charge takes a turn for somebody else, or who was shown their card. */
const isOwn = (sheet: Sheet, kind: AnyKind, { path }: LogbookRow, entry: Sealed): boolean => {
  const { install, grants } = sheet.author
  const { by, body } = entry
  return install.centre || mayWriteOf(kind, { grants, path }, by, body, cardSpeaks(sheet, kind, entry))
}
