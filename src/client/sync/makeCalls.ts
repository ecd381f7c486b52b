import * as v from 'valibot'
import {
  InstallList,
  BulkReadList,
  Invited,
  IssuedCards,
  paths,
  Preview,
  QuarantineList,
  Status,
} from '../../protocol/api.ts'
import { parseJson } from '../../protocol/page.ts'
import { toText } from '../platform/encoding.ts'
import type { Ask, Question } from './ask.ts'
import type { Answer, Calls, ExportQuery } from './calls.ts'
import type { SyncDeps } from './deps.ts'
import { enrol } from './enrol.ts'
import { leave } from './leave.ts'

const json = (value: unknown): Pick<Question, 'body' | 'headers' | 'method'> => ({
  method: 'POST',
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
})

/** Asks, and reads the answer by its schema. */
async function read<T>(
  ask: Ask,
  question: Question,
  schema: v.GenericSchema<unknown, T>,
): Promise<Answer<T>> {
  const asked = await ask(question)
  if (!asked.ok) return asked
  const value = v.safeParse(schema, parseJson(toText(asked.reply.bytes)))
  return value.success ? { ok: true, value: value.output } : { ok: false, problem: 'not-gatepost' }
}

async function plain(ask: Ask, question: Question): Promise<Answer<null>> {
  const asked = await ask({ ...question, signed: true })
  return asked.ok ? { ok: true, value: null } : asked
}

const exportTypes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A file that the centre makes takes a while. */
async function exported(
  ask: Ask,
  { logbook, from, to, format, locale }: ExportQuery,
  more: Record<string, string> = {},
): Promise<Answer<Blob>> {
  const query = new URLSearchParams({ logbook, from: String(from), to: String(to), format, locale, ...more })
  const asked = await ask({ path: `${paths.export}?${query}`, signed: true, timeoutMs: 120_000 })
  if (!asked.ok) return asked
  return { ok: true, value: new Blob([asked.reply.bytes], { type: exportTypes[format] }) }
}

/** `afterEnrol` starts sync. */
export const makeCalls = (deps: SyncDeps, ask: Ask, afterEnrol: () => void): Calls => ({
  preview: (token) => read(ask, { path: paths.preview, ...json({ token }) }, Preview),
  async enrol(input) {
    const answer = await enrol(deps, ask, input)
    if (answer.ok) afterEnrol()
    return answer
  },
  invite: (request) => read(ask, { path: paths.invitations, signed: true, ...json(request) }, Invited),
  installs: () => read(ask, { path: paths.installs, signed: true }, InstallList),
  status: () => read(ask, { path: paths.status, signed: true }, Status),
  async bulkReads() {
    const answer = await read(ask, { path: paths.bulkReads, signed: true }, BulkReadList)
    return answer.ok ? { ok: true, value: answer.value.items } : answer
  },
  revoke: (install) => plain(ask, { method: 'DELETE', path: `${paths.installs}/${install}` }),
  withdraw: (invitation) => plain(ask, { method: 'DELETE', path: `${paths.invitations}/${invitation}` }),
  async quarantine() {
    const answer = await read(ask, { path: paths.quarantine, signed: true }, QuarantineList)
    return answer.ok ? { ok: true, value: answer.value.items } : answer
  },
  review: (id, decision) => plain(ask, { path: `${paths.quarantine}/${id}`, ...json({ decision }) }),
  async cards(members) {
    const answer = await read(ask, { path: paths.cards, signed: true, ...json({ members }) }, IssuedCards)
    return answer.ok ? { ok: true, value: answer.value.cards } : answer
  },
  leave: () => leave(deps, ask),
  relay: () => import('./relay/index.ts').then(({ createRelay }) => createRelay(deps)),
  guards: () => import('./guards/index.ts').then(({ createGuards }) => createGuards(deps)),
  exportGate: (query) => exported(ask, query),
  exportDuty: (table, query) => exported(ask, query, { table }),
})
