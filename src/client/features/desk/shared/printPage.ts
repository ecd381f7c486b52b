/** The browser's own printing, which also makes a PDF. */
export const printPage = (): void => globalThis.print()
