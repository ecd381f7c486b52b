// @vitest-environment happy-dom
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../../src/client/i18n/format.ts'
import { createText, locales } from '../../../src/client/i18n/index.ts'
import { createTranslator } from '../../../src/client/i18n/translator.ts'

const texts = {
  gate: { inside: '{n} person inside | {n} people inside', hi: 'Hello {who}', 'a.b': 'dotted' },
}

describe('translator', () => {
  const translator = createTranslator('en', texts)

  it('fills parameters in and chooses the plural form', () => {
    expect(translator.translate('gate.hi', { who: 'Wang' })).toBe('Hello Wang')
    expect(translator.plural('gate.inside', 1, { n: '1' })).toBe('1 person inside')
    expect(translator.plural('gate.inside', 1204, { n: '1,204' })).toBe('1,204 people inside')
  })

  it('looks keys up whole and says what it has', () => {
    expect(translator.translate('gate.a.b', {})).toBe('dotted')
    expect([translator.has('gate.hi'), translator.has('gate.missing')]).toEqual([true, false])
  })

  it('a text with nothing to fill in is said as it stands', () => {
    expect(translator.plural('gate.a.b', 3, {})).toBe('dotted')
    expect(translator.has('gate.toString')).toBe(false)
  })

  it('changes the language in place', () => {
    const other = createTranslator('en', texts)
    other.use('zh-Hans', { gate: { hi: '您好 {who}' } })
    expect(other.translate('gate.hi', { who: '王' })).toBe('您好 王')
  })
})

describe('text', () => {
  it('tells dates and numbers in the language and the zone of the community', async () => {
    const text = await createText('en')
    text.zone.value = 'Asia/Shanghai'
    expect(text.date(Date.UTC(2026, 10, 22, 6, 32), 'time')).toBe('14:32')
    expect(text.number(3000)).toBe('3,000')
    expect(text.duration(101)).toBe('1 hr 41 min')
    expect(text.ago(0, 3 * 3_600_000)).toBe('3 hours ago')
  })

  it('puts the language’s own comma between the parts of a list', async () => {
    const text = await createText('en')
    expect(text.list(['a', 'b', 'c'])).toBe('a, b, c')
    await text.setLocale('zh-Hans')
    expect([text.list(['张*', '李*']), text.list(['张*'])]).toEqual(['张*、李*', '张*'])
  })

  it('writes numbers as Intl does, also those that need none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...locales), fc.integer({ min: 0, max: 20_000 }), (locale, tenths) => {
        const figure = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
        expect(formatNumber(locale, tenths / 10, 1)).toBe(figure.format(tenths / 10))
        expect(formatNumber(locale, tenths, 0)).toBe(new Intl.NumberFormat(locale).format(tenths))
      }),
    )
  })

  it('changes the language of words, numbers and document alike', async () => {
    const text = await createText('en')
    await text.setLocale('zh-Hant')
    expect(text.locale.value).toBe('zh-Hant')
    expect(text.t('common.save')).toBe('儲存')
    expect(text.duration(101)).toMatch(/1\s*小時41\s*分/)
  })

  it('gives a code from outside the words for others when it is unknown', async () => {
    const text = await createText('en')
    expect(text.code('common', 'cancel')).toBe('Cancel')
    expect(text.code('problem', 'no-such-code')).toContain('no-such-code')
  })
})
