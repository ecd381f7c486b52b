import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createTranslator } from '../../../src/client/i18n/translator.ts'
import { locales, type Locale } from '../../../src/client/i18n/locales.ts'
import { problemCodes, quarantineCodes } from '../../../src/protocol/problems.ts'
import { kindNames } from '../../../src/domain/kinds/index.ts'
import { roles } from '../../../src/domain/members.ts'

const folder = new URL('../../../src/client/i18n/', import.meta.url)
const namespaces = readdirSync(new URL('en', folder)).map((file) => file.replace('.json', ''))

function read(locale: Locale, namespace: string): Record<string, string> {
  const texts: Record<string, string> = JSON.parse(
    readFileSync(new URL(`${locale}/${namespace}.json`, folder), 'utf8'),
  )
  return texts
}

const params = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()
const others = locales.filter((locale) => locale !== 'en')

describe.each(others)('%s beside en', (locale) => {
  it('has the same namespaces', () => {
    expect(readdirSync(new URL(locale, folder)).sort()).toEqual(
      namespaces.map((name) => `${name}.json`).sort(),
    )
  })

  it.each(namespaces)('%s: the same keys and the same parameters', (namespace) => {
    const [english, here] = [read('en', namespace), read(locale, namespace)]
    expect(Object.keys(here).sort()).toEqual(Object.keys(english).sort())
    for (const [key, text] of Object.entries(here))
      expect([key, params(text)]).toEqual([key, params(english[key] ?? '')])
  })

  it.each(namespaces)('%s: Chinese needs no plural forms', (namespace) => {
    expect(Object.values(read(locale, namespace)).filter((text) => text.includes(' | '))).toEqual([])
  })
})

describe.each([...locales])('%s', (locale) => {
  it.each(namespaces)('%s: no text is empty, and every text compiles', (namespace) => {
    const texts = read(locale, namespace)
    const translator = createTranslator(locale, { [namespace]: texts })
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).not.toBe('')
      const filled = Object.fromEntries(params(text).map((param) => [param.slice(1, -1), '7']))
      expect(translator.plural(`${namespace}.${key}`, 7, filled), key).not.toMatch(/[{}]/)
    }
  })

  it('has words for every problem, every reason to put an entry aside, every kind and role', () => {
    const [problem, common] = [read(locale, 'problem'), read(locale, 'common')]
    const missing = [
      ...[...problemCodes, ...quarantineCodes].filter((code) => !problem[code]),
      ...kindNames.map((name) => `kind.${name}`).filter((key) => !common[key]),
      ...roles.map((role) => `role.${role}`).filter((key) => !common[key]),
    ]
    expect(missing).toEqual([])
  })

  it('exclaims nothing', () => {
    const loud = namespaces
      .flatMap((name) => Object.values(read(locale, name)))
      .filter((text) => /[!！]/.test(text))
    expect(loud).toEqual([])
  })
})
