import type { Timers } from './timers.ts'

export interface Request {
  method: 'GET' | 'POST' | 'DELETE'
  /** Path and query at the app's own origin. */
  path: string
  headers: Record<string, string>
  body?: Uint8Array<ArrayBuffer> | string
  timeoutMs: number
  signal?: AbortSignal
}

export interface Reply {
  status: number
  header(name: string): string | null
  bytes: Uint8Array<ArrayBuffer>
}

export interface StreamReply {
  status: number
  header(name: string): string | null
  /** Ends when the other side closes; throws TransportFailed when the connection breaks. */
  chunks: AsyncIterable<string>
}

/** No answer came. What the other side did is unknown: a time-out is neither success nor refusal. */
export class TransportFailed extends Error {
  readonly reason: 'offline' | 'timeout' | 'aborted'
  constructor(reason: 'offline' | 'timeout' | 'aborted', cause?: unknown) {
    super(`no answer: ${reason}`, { cause })
    this.name = 'TransportFailed'
    this.reason = reason
  }
}

export interface Transport {
  /** @throws TransportFailed */
  send(request: Request): Promise<Reply>
  /** Like `send`, but the body comes as it arrives; `timeoutMs` counts until the head has come. */
  open(request: Request): Promise<StreamReply>
}

interface Attempt {
  controller: AbortController
  failure(cause: unknown): TransportFailed
  end(): void
}

function attempt(timers: Timers, { timeoutMs, signal }: Request): Attempt {
  const controller = new AbortController()
  let timedOut = false
  const cancel = timers.after(timeoutMs, () => {
    timedOut = true
    controller.abort()
  })
  const abort = () => controller.abort()
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  return {
    controller,
    failure: (cause) =>
      new TransportFailed(timedOut ? 'timeout' : signal?.aborted ? 'aborted' : 'offline', cause),
    end: () => {
      cancel()
      signal?.removeEventListener('abort', abort)
    },
  }
}

const ask = (base: string, { method, path, headers, body }: Request, signal: AbortSignal) =>
  fetch(base + path, {
    method,
    headers,
    body: body ?? null,
    signal,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  })

async function* textOf(
  body: ReadableStream<Uint8Array> | null,
  failure: Attempt['failure'],
  end: () => void,
) {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      yield decoder.decode(part.value, { stream: true })
  } catch (cause) {
    throw failure(cause)
  } finally {
    end()
    await reader?.cancel().catch(() => undefined)
  }
}

/** `base` is '' for the page's own origin. */
export const fetchTransport = (timers: Timers, base = ''): Transport => ({
  async send(request) {
    const { controller, failure, end } = attempt(timers, request)
    try {
      const answer = await ask(base, request, controller.signal)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return { status: answer.status, header: (name) => answer.headers.get(name), bytes }
    } catch (cause) {
      throw failure(cause)
    } finally {
      end()
    }
  },
  async open(request) {
    // The time-out is for the head only; the signal stays in force for the whole stream.
    const head = attempt(timers, request)
    const { signal, ...rest } = request
    const body = attempt({ after: () => () => undefined }, { ...rest, ...(signal ? { signal } : {}) })
    head.controller.signal.addEventListener('abort', () => body.controller.abort())
    try {
      const answer = await ask(base, request, body.controller.signal)
      return {
        status: answer.status,
        header: (name) => answer.headers.get(name),
        chunks: textOf(answer.body, body.failure, body.end),
      }
    } catch (cause) {
      body.end()
      throw head.failure(cause)
    } finally {
      head.end()
    }
  },
})
