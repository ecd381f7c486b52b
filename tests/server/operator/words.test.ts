import { describe, expect, it } from 'vitest'
import { say, wordsFor, type WordKey } from '../../../src/server/operator/words.ts'

const en = wordsFor({ LANG: 'en_US.UTF-8' })
const hans = wordsFor({ LANG: 'zh_CN.UTF-8' })
const hant = wordsFor({ LC_ALL: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' })

const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('the terminal', () => {
  it('speaks the language of its environment, English where it knows no better', () => {
    expect(hans.stopped).toMatch(/已停止/)
    expect(hant.help).toMatch(/門崗/)
    expect(wordsFor({ LANG: 'fr_FR.UTF-8' })).toBe(en)
    expect(wordsFor({})).toBe(en)
    expect(wordsFor({ LANG: 'zh_HK' })).toBe(hant)
  })

  it('says everything in all three languages, with the same gaps', () => {
    for (const key of Object.keys(en) as WordKey[]) {
      expect(gaps(hans[key]), key).toEqual(gaps(en[key]))
      expect(gaps(hant[key]), key).toEqual(gaps(en[key]))
      expect(hans[key].trim(), key).not.toBe('')
    }
  })

  it('names the same options in every language', () => {
    const options = (help: string) => help.match(/--[a-z-]+/g)
    expect(options(hans.help)).toEqual(options(en.help))
    expect(options(hant.help)).toEqual(options(en.help))
  })

  it('fills gaps and leaves what it was not given', () => {
    expect(say(en, 'portInUse', { port: '80' })).toBe(
      'Port 80 is in use by another program. Choose another: --port {other}',
    )
  })
})
