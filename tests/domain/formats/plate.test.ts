import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyPlate, normalisePlate, showPlate, typePlate } from '../../../src/domain/formats/plate.ts'

const plates = [
  ['京A12345', 'ordinary'],
  ['浙AD12345', 'newEnergySmall'],
  ['苏E12345D', 'newEnergyLarge'],
  ['京A1234警', 'police'],
  ['川A1234挂', 'trailer'],
  ['京A1234学', 'school'],
  ['粤Z1234港', 'hongKongMacau'],
  ['粤ZAB12澳', 'hongKongMacau'],
  ['014578使', 'embassy'],
  ['使014578', 'embassy'],
  ['粤12345领', 'consulate'],
] as const

describe('plates (GA 36)', () => {
  it.each(plates)('%s is %s', (plate, kind) => expect(classifyPlate(plate)).toBe(kind))

  it.each(['京AI2345', '京A1234', '浙AD1234A', '川A123挂', '京AABC12', '', 'ABC123'])(
    '%s is none that is known',
    (text) => expect(classifyPlate(text)).toBeNull(),
  )

  it('is the same in any width and case, with or without dot and spaces', () => {
    expect(normalisePlate(' 甘ｆ·ｄ２１０7 ')).toBe('甘FD2107')
    expect(classifyPlate('甘f・d21073')).toBe('newEnergySmall')
    expect(showPlate('甘fd2107')).toBe('甘F·D2107')
    expect(showPlate('使014578')).toBe('使014578')
  })
})

describe('the plate keyboard', () => {
  it("begins with provinces and the embassies' signs", () => {
    const { next } = typePlate('')
    expect(next.has('甘')).toBe(true)
    expect(next.has('使')).toBe(true)
    expect(next.has('A')).toBe(false)
  })

  it('knows a new-energy plate by its mark and says what is missing', () => {
    expect(typePlate('甘FD2')).toMatchObject({ likely: 'newEnergySmall', missing: 4, kind: null })
    expect(typePlate('甘F12')).toMatchObject({ likely: 'ordinary', missing: 3 })
    expect(typePlate('甘FD21073')).toMatchObject({ kind: 'newEnergySmall', missing: 0 })
  })

  it('never offers I or O', () => {
    for (const text of ['甘', '甘F', '甘FD']) {
      expect(typePlate(text).next.has('I')).toBe(false)
      expect(typePlate(text).next.has('O')).toBe(false)
    }
  })

  it('offers every character of every known plate, and nothing after an unknown beginning', () => {
    for (const [plate] of plates) {
      const chars = [...plate]
      for (let n = 0; n < chars.length; n++)
        expect(typePlate(chars.slice(0, n).join('')).next.has(chars[n] ?? '')).toBe(true)
    }
    expect(typePlate('WJ').next.size).toBe(0)
  })

  it('reaches a whole plate by following its offers, whichever are taken', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (choices) => {
        let text = ''
        for (const choice of choices) {
          const offers = [...typePlate(text).next]
          if (offers.length === 0) break
          text += offers[choice % offers.length]
        }
        expect(classifyPlate(text)).not.toBeNull()
      }),
    )
  })
})
