import { answer, type Api } from './rpc.ts'

interface Question {
  id: number
  fn: string
  args: unknown[]
}

/** The child's side of `startChild`: answers calls until the parent goes away, then closes and ends. */
export function serveCalls<A extends Api<A>>(api: A, close: () => void | Promise<void> = () => {}): void {
  const all = { ...api, ready: () => true }
  process.on('message', async (question: Question) => {
    const result = await answer(all, question.fn, question.args)
    process.send?.({ id: question.id, ...result })
  })
  const end = () => {
    setTimeout(() => process.exit(0), 3000)
    void Promise.resolve(close()).finally(() => process.exit(0))
  }
  process.on('disconnect', end)
  process.on('SIGTERM', end)
}
