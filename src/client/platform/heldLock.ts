/** Does a tab of this browser hold this lock? False also where the browser does not tell. */
export async function isHeld(name: string): Promise<boolean> {
  try {
    const { held = [] } = await navigator.locks.query()
    return held.some((lock) => lock.name === name)
  } catch {
    return false
  }
}
