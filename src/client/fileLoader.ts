/**
 * Stands at the beginning of the first script, put there by the build. Each file of the app adds itself under its name
 * as a function, which is called when somebody needs it; files for later are brought by an element.
 */
{
  type Give = (name: string, get: () => unknown) => void
  type Exports = Record<string, unknown>
  interface Load {
    (names: readonly string[]): Promise<Exports>
    /** Lets these files come while something else is waited for. */
    ahead(names: readonly string[]): void
  }
  type Make = (need: (name: string) => Exports, load: Load, give: Give, here: { url: string }) => void

  const made = new Map<string, Make>()
  const given = new Map<string, Exports>()
  const coming = new Map<string, Promise<void>>()
  let begun = (): void => undefined
  const beginning = new Promise<void>((resolve) => (begun = resolve))

  /** What waits goes on after the browser has had its turn. */
  const turn = (): Promise<void> =>
    'scheduler' in globalThis && 'yield' in scheduler ? scheduler.yield() : Promise.resolve()

  const need = (name: string): Exports => {
    const known = given.get(name)
    if (known) return known
    const make = made.get(name)
    if (!make) throw new Error(`${name} is not here`)
    const exports: Exports = Object.defineProperty({}, Symbol.toStringTag, { value: 'Module' })
    // Known before it is made: two files may need each other.
    given.set(name, exports)
    const give: Give = (key, get) => Object.defineProperty(exports, key, { enumerable: true, get })
    make(need, load, give, { url: document.baseURI })
    return exports
  }

  const bring = (name: string): Promise<void> | undefined => {
    if (made.has(name)) return undefined
    const known = coming.get(name)
    if (known) return known
    const script = document.createElement('script')
    const arrival = new Promise<void>((resolve, reject) => {
      script.addEventListener('load', () => resolve())
      script.addEventListener('error', () => {
        // The next try may have a network.
        coming.delete(name)
        script.remove()
        reject(new Error(`${name} did not come`))
      })
    })
    coming.set(name, arrival)
    script.src = `/assets/${name}`
    document.head.append(script)
    return arrival
  }

  const loadAll = async (names: readonly string[]): Promise<Exports> => {
    await Promise.all([beginning, ...names.map(bring)])
    for (const name of names.filter((one) => !given.has(one))) {
      await turn()
      need(name)
    }
    return need(names.at(-1) ?? '')
  }

  /**
   * Brings these files, and needs the last of them; each is run in a task of its own, and not before those are that the
   * page begins with.
   */
  const load: Load = Object.assign(loadAll, {
    // Whoever needs one that did not come is told then.
    ahead: (names: readonly string[]) => names.forEach((name) => void bring(name)?.catch(() => undefined)),
  })

  Object.assign(globalThis, {
    gatepostFiles: {
      add: (name: string, make: Make): void => void made.set(name, make),
      need,
      /** The app's own beginning. */
      begin(name: string): void {
        need(name)
        begun()
      },
    },
  })
}
