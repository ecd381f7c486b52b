const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
}

/** Arrow keys in a table of buttons and links: to the first of the neighbouring cell; Tab goes through all as usual. */
export function gridKeys(event: KeyboardEvent): void {
  const step = steps[event.key]
  const cell = event.target instanceof Element ? event.target.closest('td') : null
  const row = cell?.closest('tr')
  const table = cell?.closest('table')
  if (!step || !cell || !row || !table) return
  const next = table.rows[row.rowIndex + step[0]]?.cells[cell.cellIndex + step[1]]
  const target = next?.querySelector<HTMLElement>('a, button')
  if (!target) return
  event.preventDefault()
  target.focus()
}
