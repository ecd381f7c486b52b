import * as v from 'valibot'
import { headers } from '../../protocol/api.ts'
import { parseJson } from '../../protocol/page.ts'
import { isProblemCode, ProblemBody } from '../../protocol/problems.ts'
import { toText } from '../platform/encoding.ts'
import type { Offset } from '../platform/offset.ts'
import { TransportFailed, type Reply, type Request } from '../platform/transport.ts'
import { putMeta } from '../store/database.ts'
import type { CallProblem } from './calls.ts'
import type { SyncDeps } from './deps.ts'
import { createTokens, type Tokens } from './token.ts'

export interface Question {
  method?: Request['method']
  path: string
  body?: Uint8Array<ArrayBuffer> | string
  headers?: Record<string, string>
  /** Signed for by the install; else open to anyone. */
  signed?: boolean
  timeoutMs?: number
  signal?: AbortSignal
}

export interface Trouble {
  ok: false
  problem: CallProblem
  retryAfter?: number
  /** Understood by its status alone: something between phone and centre may have said it. */
  byStatus?: true
}
export type Asked = { ok: true; reply: Reply } | Trouble

export interface Ask {
  /** An answer of the centre's, or why there is none. Never throws. */
  (question: Question): Promise<Asked>
  /** Opens a stream: the centre's head has come, the body follows. */
  stream(question: Question): Promise<{ ok: true; chunks: AsyncIterable<string> } | Trouble>
  /** Something will soon be asked: the token is made meanwhile. */
  expect(): void
}

const timeoutMs = 60_000
/** The last contact is written down this often, not with every answer. */
const contactEveryMs = 60_000
const keptAfterMs = 500

/** Status codes that something between phone and centre may give by itself. */
const byStatus: Record<number, CallProblem> = { 413: 'too-large', 429: 'too-many', 503: 'busy' }

/** What a reply that is no success says. Anything that is not the centre's own form is somebody else's. */
export function readProblem(status: number, text: string): Trouble {
  const body = v.safeParse(ProblemBody, parseJson(text))
  const code = body.success ? body.output.type.slice('gatepost:'.length) : ''
  if (!body.success || !isProblemCode(code)) {
    const problem = byStatus[status]
    return problem ? { ok: false, problem, byStatus: true } : { ok: false, problem: 'not-gatepost' }
  }
  const { retryAfter } = body.output
  return { ok: false, problem: code, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

type Head = Pick<Reply, 'status' | 'header'>

const isCentre = (head: Head): boolean => head.header(headers.time) !== null

/**
 * Learns the centre's time from answers; on disk at once where it says something new, else now and then, and a moment
 * later: what the answer brought comes first.
 */
function timeLearner({ open, platform }: SyncDeps): (head: Head, sentMono: number) => void {
  let storedOffMs = open.keeper.offset()?.offMs ?? null
  let contactAt = -Infinity
  const keep = (clock: Offset, at: number) =>
    void putMeta(open.db, { clock, contact: { at } }).then(
      () => open.channel.tell({ topic: 'clock' }),
      () => undefined,
    )
  return (head, sentMono) => {
    const time = Number(head.header(headers.time) ?? NaN)
    if (!Number.isFinite(time)) return
    const clock = open.keeper.learn(time, sentMono)
    const [mono, at] = [platform.clock.mono(), open.keeper.now()]
    const moved = storedOffMs === null || Math.abs(storedOffMs - clock.offMs) > 500
    if (!moved && mono - contactAt < contactEveryMs) return
    storedOffMs = clock.offMs
    contactAt = mono
    if (moved) keep(clock, at)
    else platform.timers.after(keptAfterMs, () => keep(clock, at))
  }
}

/** The request that a question becomes; a problem where this phone can't sign for it. */
async function requestOf(deps: SyncDeps, tokens: Tokens, question: Question): Promise<Request | Trouble> {
  const { open, unsent, appVersion } = deps
  const install = open.identity.get()?.install
  const token = question.signed && install ? await tokens.get(install).catch(() => null) : null
  if (question.signed && token === null) return { ok: false, problem: 'token-missing' }
  return {
    method: question.method ?? 'GET',
    path: question.path,
    headers: {
      [headers.sent]: String(Math.round(open.keeper.now())),
      [headers.unsent]: String(unsent()),
      [headers.app]: appVersion,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...question.headers,
    },
    ...(question.body === undefined ? {} : { body: question.body }),
    timeoutMs: question.timeoutMs ?? timeoutMs,
    ...(question.signal ? { signal: question.signal } : {}),
  }
}

type Once = <H extends Head>(
  question: Question,
  send: (request: Request) => Promise<H>,
) => Promise<{ ok: true; head: H } | Trouble>

/** One attempt: whoever answered, the clock has learned from it. */
function createOnce(deps: SyncDeps, tokens: Tokens): Once {
  const learn = timeLearner(deps)
  return async (question, send) => {
    const request = await requestOf(deps, tokens, question)
    if ('ok' in request) return request
    const sentMono = deps.platform.clock.mono()
    try {
      const head = await send(request)
      learn(head, sentMono)
      return { ok: true, head }
    } catch (cause) {
      if (cause instanceof TransportFailed) return { ok: false, problem: 'offline' }
      throw cause
    }
  }
}

export function createAsk(deps: SyncDeps): Ask {
  const { transport } = deps.platform
  const tokens = createTokens(deps)
  const once = createOnce(deps, tokens)

  /** [AU2]: a clock that was off is corrected by the answer itself; then the question is asked once more. */
  async function twice<T extends { ok: true } | Trouble>(question: Question, attempt: () => Promise<T>) {
    const first = await attempt()
    if (first.ok || !question.signed || !['clock', 'token-invalid'].includes(first.problem)) return first
    tokens.forget()
    return attempt()
  }

  async function askOnce(question: Question): Promise<Asked> {
    const answer = await once(question, transport.send)
    if (!answer.ok) return answer
    const { head: reply } = answer
    if (reply.status < 200 || reply.status > 299) return readProblem(reply.status, toText(reply.bytes))
    return isCentre(reply) ? { ok: true, reply } : { ok: false, problem: 'not-gatepost' }
  }

  async function streamOnce(
    question: Question,
  ): Promise<{ ok: true; chunks: AsyncIterable<string> } | Trouble> {
    const answer = await once(question, transport.open)
    if (!answer.ok) return answer
    const { head } = answer
    if (head.status === 200 && isCentre(head)) return { ok: true, chunks: head.chunks }
    let text = ''
    for await (const chunk of head.chunks) text += chunk
    return readProblem(head.status, text)
  }

  const ask = (question: Question) => twice(question, () => askOnce(question))
  const stream = (question: Question) => twice(question, () => streamOnce(question))
  const expect = () => {
    const install = deps.open.identity.get()?.install
    // What is wrong with the key is told when something is asked.
    if (install) tokens.get(install).catch(() => undefined)
  }
  return Object.assign(ask, { stream, expect })
}
