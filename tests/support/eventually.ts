const turn = () => new Promise<void>((done) => setImmediate(done))

/** Lets promises and databases get on until the condition holds; fails, with its name, when it never does. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`never: ${what}`)
    await turn()
  }
}

/** Lets everything that can go on without time passing go on. For showing that something does not happen. */
export async function quiet(turns = 60): Promise<void> {
  for (let i = 0; i < turns; i++) await turn()
}
