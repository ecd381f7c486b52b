/** How often a test kills what it tests: this often in `npm test`, as often as the variable says by night. */
export const kills = (variable: string, inADay: number): number =>
  Number(process.env[variable] ?? '') || inADay
