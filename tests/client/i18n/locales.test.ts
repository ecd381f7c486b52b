import { describe, expect, it } from 'vitest'
import { pickLocale } from '../../../src/client/i18n/locales.ts'

describe('the language of the browser', () => {
  it.each([
    [['zh-CN'], 'zh-Hans'],
    [['zh'], 'zh-Hans'],
    [['zh-SG'], 'zh-Hans'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-HK', 'en'], 'zh-Hant'],
    [['zh-MO'], 'zh-Hant'],
    [['zh-Hant-CN'], 'zh-Hant'],
    [['zh-Hans-HK'], 'zh-Hans'],
    [['en-GB', 'zh'], 'en'],
    [['fr', 'en-US'], 'en'],
    [['fr', 'bo'], 'zh-Hans'],
    [[], 'zh-Hans'],
  ] as const)('%j is read as %s', (wanted, locale) => expect(pickLocale(wanted)).toBe(locale))
})
