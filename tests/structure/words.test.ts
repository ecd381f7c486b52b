import { describe, expect, it } from 'vitest'
import { parse } from 'vue/compiler-sfc'
import { sourcesIn, type Source } from './sources.ts'

/** What a template node has of what is looked at here. */
interface Node {
  type: number
  content?: unknown
  props?: { type: number; name: string; value?: { content: string } | undefined }[]
  children?: unknown[]
}

const isText = (node: Node): boolean => node.type === 2
const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'text', 'hint'])
/** Two letters in a row, or one Chinese character: words, not a unit sign or a separator. */
const isWord = (text: string): boolean => /[A-Za-z]{2,}|\p{Script=Han}/u.test(text)

function wordsIn(node: Node): string[] {
  const own = isText(node) && typeof node.content === 'string' ? [node.content.trim()] : []
  const said = (node.props ?? [])
    .filter((prop) => prop.type === 6 && spoken.has(prop.name))
    .map((prop) => prop.value?.content ?? '')
  const below = (node.children ?? []).flatMap((child) => wordsIn(child as Node))
  return [...own, ...said].filter(isWord).concat(below)
}

const templateWords = ({ path, text }: Source): string[] => {
  const { descriptor } = parse(text)
  const root = descriptor.template?.ast
  return root ? wordsIn(root).map((word) => `${path}: ${word}`) : []
}

describe('no sentence stands in a component', () => {
  const components = sourcesIn('src/client', /\.vue$/)

  it('sees a sentence where there is one', () => {
    const text = '<template><p title="放行">Let in <b>{{ x }}</b></p></template>'
    expect(templateWords({ path: 'a.vue', text })).toEqual(['a.vue: 放行', 'a.vue: Let in'])
  })

  it('all words come from the catalogues', () => {
    expect(components.length).toBeGreaterThan(10)
    expect(components.flatMap(templateWords)).toEqual([])
  })
})
