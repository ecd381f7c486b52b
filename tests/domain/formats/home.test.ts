import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { homeKey, parseHome } from '../../../src/domain/formats/home.ts'
import { indexHomes, matchHomes } from '../../../src/domain/formats/homeIndex.ts'
import { fromNumerals } from '../../../src/domain/formats/text.ts'

const number = (max: number) => fc.integer({ min: 1, max })
const home = fc.record({ b: number(99), u: number(9), r: number(3399) })
const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

describe('a home has one key however it is written', () => {
  it.each([
    ['3-2-501'],
    ['3号楼2单元501室'],
    ['3號樓2單元501室'],
    ['３号楼２单元５０１'],
    ['3栋2单元501'],
    ['3幢 2门 501 室'],
    ['三号楼二单元501室'],
    ['03-02-0501'],
    ['3–2–501'],
    ['3/2/501'],
    ['Building 3, Unit 2, Room 501'],
    ['３－２－５０１'],
  ])('%s', (text) => expect(homeKey(text)).toBe('3-2-501'))

  it('for every home and every way of writing it', () => {
    fc.assert(
      fc.property(home, ({ b, u, r }) => {
        const ways = [`${b}-${u}-${r}`, `${b}号楼${u}单元${r}室`, `${b}栋${u}門${r}`, ` ${b} - ${u} - ${r} `]
        for (const way of ways) {
          expect(parseHome(way)).toEqual([String(b), String(u), String(r)])
          expect(homeKey(wide(way))).toBe(homeKey(way))
        }
      }),
    )
  })

  it('keeps letters of buildings and rooms', () => {
    expect(homeKey('A座1201')).toBe('A-1201')
    expect(homeKey('3-501b')).toBe('3-501B')
  })

  it('leaves a text that is no home alone', () => {
    expect(parseHome('物业办公室')).toBeNull()
    expect(homeKey('物业办公室')).toBe('物业办公室')
    expect(parseHome('')).toBeNull()
    expect(parseHome('1-2-3-4-5')).toBeNull()
  })

  it('reads Chinese numerals up to 99', () => {
    expect(fromNumerals('十')).toBe('10')
    expect(fromNumerals('二十三')).toBe('23')
    expect(fromNumerals('十二号')).toBe('12号')
    expect(fromNumerals('五〇一')).toBe('501')
  })
})

const known = (...homes: string[]) => indexHomes(homes.map((text, i) => ({ id: `id-${i}`, home: text })))

describe('the pad finds homes by digits', () => {
  const index = known('3-2-501', '3-2-502', '3-2-601', '11-1-502', '1-11-502', '物业')

  it('shows what the typed digits can become', () => {
    const found = matchHomes(index, '3-2-50')
    expect(found.homes.map((h) => h.key)).toEqual(['3-2-501', '3-2-502'])
    expect(found.shared).toEqual(['3', '2'])
    expect(found.shown).toBe('3-2-50')
    expect(found.only).toBeNull()
  })

  it('needs no hyphens where the digits leave no doubt', () => {
    const found = matchHomes(index, '32501')
    expect(found.only?.key).toBe('3-2-501')
    expect(found.shown).toBe('3-2-501')
  })

  it('takes nothing for certain while two homes have the same digits', () => {
    const found = matchHomes(index, '111502')
    expect(found.homes.map((h) => h.key)).toEqual(['1-11-502', '11-1-502'])
    expect(found.only).toBeNull()
    expect(found.shown).toBe('111502')
    expect(matchHomes(index, '11-').homes.map((h) => h.key)).toEqual(['11-1-502'])
  })

  it('waits while a longer number is still possible', () => {
    const twins = known('3-2-50', '3-2-501')
    expect(matchHomes(twins, '3250').only).toBeNull()
    expect(matchHomes(twins, '32501').only?.key).toBe('3-2-501')
  })

  it('matches nothing by nothing, and a home by every beginning of it', () => {
    expect(matchHomes(index, '').homes).toEqual([])
    fc.assert(
      fc.property(
        fc.array(home, { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.boolean(),
        (homes, at, dashes) => {
          const keys = homes.map(({ b, u, r }) => `${b}-${u}-${r}`)
          const target = keys[at % keys.length] ?? ''
          const typed = dashes ? target : target.replaceAll('-', '')
          const all = known(...new Set(keys))
          for (let n = 1; n <= typed.length; n++) {
            const begun = typed.slice(0, n)
            expect(matchHomes(all, begun).homes.map((h) => h.key)).toContain(target)
          }
          const { only } = matchHomes(all, typed)
          if (only) expect(only.key).toBe(target)
        },
      ),
    )
  })
})
