/**
 * Calls between this program's own processes and pages. Both ends share the interface `A`, so the one cast from
 * what arrived to what the other end's signature says stands here and nowhere else.
 */
type Fn = (...args: never[]) => unknown
export type Api<A> = { [K in keyof A]: Fn }
export type ArgsOf<F> = F extends (...args: infer P) => unknown ? P : never
export type ResultOf<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never

export interface Answer {
  value?: unknown
  error?: string
}

/** Calls a function of an api by name; errors come back as text, with their stack. */
export async function answer(api: object, fn: string, args: readonly unknown[]): Promise<Answer> {
  try {
    const found: unknown = Reflect.get(api, fn)
    if (typeof found !== 'function') throw new Error(`no function ${fn}`)
    const value: unknown = await Reflect.apply(found, api, args)
    return { value }
  } catch (error) {
    return { error: describe(error) }
  }
}

export const describe = (error: unknown): string =>
  error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : JSON.stringify(error)

/** The value of an answer as the shared interface types it; throws what the other end threw. */
export function unpack<F>(reply: Answer, what: string): ResultOf<F> {
  if (reply.error !== undefined) throw new Error(`${what}: ${reply.error}`)
  return reply.value as ResultOf<F>
}
