import { pathToFileURL } from 'node:url'

const imported = (file: string): Promise<unknown> => import(pathToFileURL(file).href)

/** A peer's module. What it must export is checked by the type checker in its own file (`satisfies`). */
export async function load<M extends object>(file: string, needs: keyof M & string): Promise<M> {
  const module = await imported(file)
  if (typeof module !== 'object' || module === null || !(needs in module))
    throw new Error(`${file}: no ${needs}`)
  return module as M
}
