/**
 * Runs in the page, as text: it may name nothing outside itself. The control with this name that can be used now;
 * an exact name goes before a beginning. What a dialog or a full-screen answer covers can't be used.
 */
export function controlCalled(name: string, selector: string): Element | null {
  const tidy = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim()
  const labelOf = (element: Element): string => {
    const aria = element.getAttribute('aria-label')
    const written = 'labels' in element ? (element as HTMLInputElement).labels?.[0]?.innerText : null
    return tidy(aria ?? written ?? (element as HTMLElement).innerText)
  }
  const isReached = (element: Element): boolean => {
    element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    const { left, top, width, height } = element.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    return hit === null || element.contains(hit) || hit.contains(element)
  }
  const usable = [...document.querySelectorAll(selector)].filter(
    (element) => element.getClientRects().length > 0 && !element.matches(':disabled, [aria-disabled=true]'),
  )
  const called = (fits: (label: string) => boolean): Element | undefined =>
    usable.filter((element) => fits(labelOf(element))).find(isReached)
  return called((label) => label === name) ?? called((label) => label.startsWith(name)) ?? null
}

/** Runs in the page, as text: gives a picture (BMP, base64) to the field for pictures, as whoever chose it from a list would. */
export function givePicture(base64: string): boolean {
  const field = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!field) return false
  const chosen = new DataTransfer()
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  chosen.items.add(new File([bytes], 'code.bmp', { type: 'image/bmp' }))
  field.files = chosen.files
  field.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}
