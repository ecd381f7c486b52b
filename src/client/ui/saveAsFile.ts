/** Hands a file to the person by the browser's download. */
export function saveAsFile(name: string, type: string, content: Blob | string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the file by then; keeping the address would keep its memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
