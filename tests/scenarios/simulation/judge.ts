import type { Doc, Entry, Fact } from '../../../src/domain/entry.ts'
import { kindOf } from '../../../src/domain/kinds/index.ts'
import { logbookId } from '../../../src/domain/logbooks.ts'
import { readable } from '../../../src/domain/permissions.ts'
import type { EntryRow } from '../../../src/server/storage/rows.ts'
import type { Storage } from '../../../src/server/storage/storage.ts'
import type { Scene } from './acts.ts'
import { judgeCapacity, judgeDuty, judgePairs } from './judgeDuty.ts'
import { judgeGate } from './judgeGate.ts'
import type { Phone } from './phone.ts'

/** What is wrong at the end of a simulation; empty = nothing. */
export type Findings = string[]

const dayMs = 86_400_000

interface Stored {
  entries: Map<string, EntryRow>
  /** Ids of entries put aside, with how often, and their lines. */
  aside: Map<string, number>
  asideLines: string[]
  doubled: string[]
}

async function everything(storage: Storage, community: string): Promise<Stored> {
  const entries = new Map<string, EntryRow>()
  const doubled: string[] = []
  for (const { id: logbook, head } of await storage.logbooksUnder([community])) {
    const rows = await storage.entries({ logbook, after: 0, limit: head + 1 })
    for (const row of rows) {
      // By the id under which its author saved it, whatever the centre may call it.
      const { id } = JSON.parse(row.line ?? '{}') as Entry
      if (entries.has(id)) doubled.push(id)
      entries.set(id, row)
    }
    if (rows.some((row, i) => row.seq > head || row.seq <= (rows[i - 1]?.seq ?? 0)))
      doubled.push(`order of ${logbook}`)
  }
  const aside = new Map<string, number>()
  const asideLines: string[] = []
  for (const { line, status } of await storage.quarantineIn(community, 100_000)) {
    if (status !== 'open') continue
    const { id } = JSON.parse(line) as Entry
    aside.set(id, (aside.get(id) ?? 0) + 1)
    asideLines.push(line)
  }
  return { entries, aside, asideLines, doubled }
}

/** Saved means saved: each entry is at the centre, once, with the words it was saved with. */
function judgeLedger({ ledger, copied }: Scene, { entries, aside, doubled }: Stored): Findings {
  const findings = doubled.map((id) => `doubled at the centre: ${id}`)
  for (const [id, { phone, entry }] of ledger.saved) {
    const row = entries.get(id)
    const inQuarantine = aside.get(id) ?? 0
    if (!row && inQuarantine === 0) findings.push(`lost: ${entry.kind} ${id} of ${phone.name}`)
    if (row && JSON.stringify((JSON.parse(row.line ?? '{}') as Entry).body) !== JSON.stringify(entry.body))
      findings.push(`changed on the way: ${id}`)
    // Either copy may have sent it, at a time when it could be taken or not.
    if (copied.has(phone)) continue
    if (row && inQuarantine > 0) findings.push(`stored and put aside: ${id}`)
    if (inQuarantine > 1) findings.push(`put aside ${inQuarantine} times: ${id}`)
  }
  return findings
}

/** Also where the coordinator never heard that it was done. */
async function isGone({ revoked, centre }: Scene, phone: Phone): Promise<boolean> {
  const install = await centre.storage.install(phone.tab?.open.identity.get()?.install ?? '')
  return revoked.has(phone) || install?.status === 'revoked'
}

async function judgeOutbox(phone: Phone): Promise<Findings> {
  const db = phone.tab?.open.db
  if (!db) return [`${phone.name} is not running`]
  const last = await db.own.orderBy('n').last()
  const sent = (await db.meta.get('sent'))?.sent?.through ?? 0
  const waiting = await db.pages.where('sent').equals(0).count()
  const findings: Findings = []
  if (last && last.n > sent)
    findings.push(`${phone.name} is stuck: ${last.n - sent} entries without a receipt`)
  if (waiting > 0) findings.push(`${phone.name} is stuck: ${waiting} pages wait`)
  return findings
}

/** What the centre took after all needs no hand any more ([PU7]). */
async function judgeAttention(phone: Phone, { entries }: Stored): Promise<Findings> {
  const rows = (await phone.tab?.open.db.attention.toArray()) ?? []
  const taken = rows.filter((row) => !row.done && entries.has(row.id))
  return taken.map(
    ({ id, code }) => `${phone.name} ${stillNeedsAHand} though the centre has it: ${code} ${id}`,
  )
}

const stillNeedsAHand = 'still needs a hand'

/**
 * Found out at most an hour later: that something was taken after all, and, by a revoked phone, that the centre was
 * restored.
 */
export const mayTakeAnHour = ({ revoked }: Scene, finding: string): boolean =>
  finding.includes(stillNeedsAHand) ||
  [...revoked].some(({ name }) => finding.startsWith('lost') && finding.endsWith(` of ${name}`))

/** Two phones that began as one are two installs as soon as they differ ([FO2]). */
async function judgeCopies({ copied }: Scene): Promise<Findings> {
  const each = [...copied].map(async ({ tab }) => ({
    install: tab?.open.identity.get()?.install,
    last: await tab?.open.db.own.orderBy('n').lastKey(),
  }))
  const [one, other] = await Promise.all(each)
  if (!one || one.install !== other?.install || one.last === other?.last) return []
  return [`two phones go on as one install: ${one.install}`]
}

const followed = (phone: Phone, logbook: string): Promise<Fact[]> =>
  new Promise((resolve) => {
    const stop = phone.tab?.open.store.followFacts(logbook, -8.64e15, (facts, first) => {
      if (!first) return
      resolve(facts)
      queueMicrotask(() => stop?.())
    })
  })

const dutyOf = ({ town }: Scene): string => logbookId('duty', town.community)

const sorted = (ids: Iterable<string>) => [...ids].sort()

function compare(what: string, have: ReadonlySet<string>, want: ReadonlySet<string>): Findings {
  const missing = sorted(want).filter((id) => !have.has(id))
  const extra = sorted(have).filter((id) => !want.has(id))
  return [
    ...(missing.length > 0
      ? [`${what}: ${missing.length} of ${want.size} missing, first ${missing[0]}`]
      : []),
    ...(extra.length > 0 ? [`${what}: ${extra.length} that the centre has not, first ${extra[0]}`] : []),
  ]
}

/** A phone agrees with the centre on the facts of a logbook that it sees. */
async function judgeFacts(
  scene: Scene,
  phone: Phone,
  logbook: string,
  visible: ReadonlySet<string>,
  stored: Stored,
) {
  const facts = await followed(phone, logbook)
  const ids = facts.map((fact) => fact.id)
  const doubled = ids.length === new Set(ids).size ? [] : [`${phone.name} shows a fact of ${logbook} twice`]
  const want = [...stored.entries.values()].filter(
    (row) => row.logbook === logbook && visible.has(row.kind) && kindOf(row.kind)?.nature === 'fact',
  )
  // What was put aside stays on its author's phone, what is past its days may be there or not.
  const isOld = (row: EntryRow) =>
    scene.time.now() - row.received > (kindOf(row.kind)?.keptDays.phone ?? 0) * dayMs
  const old = new Set(want.filter(isOld).map((row) => row.id))
  const judged = (id: string) => !stored.aside.has(id) && !old.has(id)
  const missing = compare(
    `${phone.name}, facts of ${logbook}`,
    new Set(ids.filter(judged)),
    new Set(want.map((row) => row.id).filter(judged)),
  )
  if (missing.length > 0) return [...doubled, ...missing]
  const shown = facts.filter((fact) => judged(fact.id))
  if (logbook === dutyOf(scene)) return [...doubled, ...judgeDuty(phone.name, shown, want, scene.time.now())]
  return [
    ...doubled,
    ...judgeGate(
      phone.name,
      shown,
      want.filter((row) => judged(row.id)),
    ),
  ]
}

/** Records whose author has still to deal with a patch that was put aside: their own view keeps it until then. */
async function inQuestion(phone: Phone, logbook: string): Promise<Set<string>> {
  const waiting = (await phone.tab?.open.db.records.where('waits').equals(logbook).toArray()) ?? []
  return new Set(waiting.filter((row) => row.patches.some((patch) => patch.code)).map((row) => row.id))
}

/** And on the documents, word by word, masked or not. */
async function judgeDocs(
  phone: Phone,
  logbook: string,
  views: ReadonlyMap<string, string>,
  storage: Storage,
) {
  const findings: Findings = []
  const open = await inQuestion(phone, logbook)
  for (const [name, view] of views) {
    const kind = kindOf(name)
    if (kind?.nature !== 'document') continue
    const rows = (await storage.records(logbook, name)).filter(
      (row) => row.body['removed'] !== true && !open.has(row.id),
    )
    const shown = (await phone.tab?.open.store.docs(kind.name, { logbook })) ?? []
    const judged: Doc<unknown>[] = shown.filter((doc) => !open.has(doc.id))
    const mine = new Map(judged.map((doc) => [doc.id, canonical(doc.body)]))
    findings.push(
      ...compare(`${phone.name}, ${name}`, new Set(mine.keys()), new Set(rows.map((row) => row.id))),
    )
    for (const row of rows) {
      const want = canonical(view === 'masked' && kind.mask ? kind.mask(row.body) : row.body)
      const have = mine.get(row.id)
      if (have !== undefined && have !== want)
        findings.push(`${phone.name} differs on ${name} ${row.id}: ${have}, the centre has ${want}`)
    }
  }
  return findings
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

async function judgeView(scene: Scene, phone: Phone, stored: Stored): Promise<Findings> {
  const identity = phone.tab?.open.identity.get()
  if (!identity) return [`${phone.name} has no identity`]
  const { storage } = scene.centre
  const findings: Findings = []
  for (const { id, path } of await storage.logbooksUnder([scene.town.community])) {
    const views = readable(id, { grants: identity.grants, path })
    if (views.size === 0) continue
    findings.push(...(await judgeFacts(scene, phone, id, new Set(views.keys()), stored)))
    findings.push(...(await judgeDocs(phone, id, views, storage)))
  }
  return findings
}

/** Nothing lost, nothing doubled, all agree, all outboxes empty, nobody stuck. */
export async function judge(scene: Scene): Promise<Findings> {
  const stored = await everything(scene.centre.storage, scene.town.community)
  const duty = [...stored.entries.values()].filter((row) => row.logbook === dutyOf(scene))
  const findings = [...scene.surprises, ...judgeLedger(scene, stored), ...judgeCapacity(duty)]
  findings.push(...judgePairs(duty, stored.asideLines))
  findings.push(...(await judgeCopies(scene)))
  for (const phone of scene.phones) {
    findings.push(...(await judgeOutbox(phone)), ...(await judgeAttention(phone, stored)))
    if (!(await isGone(scene, phone))) findings.push(...(await judgeView(scene, phone, stored)))
  }
  return findings
}
