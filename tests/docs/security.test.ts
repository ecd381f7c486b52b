import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inRoot } from '../../scripts/lib/paths.mjs'

const page = readFileSync(inRoot('docs', 'security.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => /^\| [a-z]/i.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, name]) => name !== 'threat')

describe('docs/security.md', () => {
  it.each([
    ...[
      'photographed QR',
      'GPS spoofing',
      'replay',
      'forwarded invitation',
      'screenshot of a pass',
      'lost phone',
    ],
    ...['malicious carrier', 'curious coordinator', 'stolen database'],
  ])('says what stands against: %s', (threat) => {
    const [, , measure = '', test = ''] = rows.find(([, name]) => name === threat) ?? []
    expect(measure.length).toBeGreaterThan(80)
    expect(test).toMatch(/`tests\/|^comes with /)
  })

  it('names tests that are there', () => {
    const named = [...page.matchAll(/`(tests\/[^`]+)`/g)].flatMap(([, file]) => file ?? [])
    expect(named.length).toBeGreaterThan(20)
    for (const file of named) expect(existsSync(inRoot(file)), file).toBe(true)
  })

  it('says what stands in for the two requirements of ASVS that working offline can’t meet', () => {
    expect(page).toMatch(/\*\*14\.3\.3,/)
    expect(page).toMatch(/\*\*6\.5\.8,/)
  })
})
