import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kindNames, kindOf } from '../../src/domain/kinds/index.ts'
import { roles } from '../../src/domain/members.ts'
import { wordsFor } from '../../src/server/operator/words.ts'

const read = (path: string): string => readFileSync(path, 'utf8')
const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, group]) => group ?? '')
const unique = (list: readonly string[]): string[] => [...new Set(list)].sort()

const pages = [
  ...['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'bench/README.md', 'src/protocol/SPEC.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** Cells of a page's table rows whose first cell is a name in backticks. */
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')))

describe('links', () => {
  /** Headings as anchors, in the way that common renderers make them. */
  const anchors = (text: string): string[] =>
    found(text, /^#+ (.+)$/gm).map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    )
  const linksIn = (text: string): string[] =>
    [...found(text, /\]\(([^)\s]+)\)/g), ...found(text, /(?:src|href)="([^"]+)"/g)].filter(
      (link) => !/^[a-z]+:/.test(link),
    )
  const leadsNowhere = (page: string, link: string): boolean => {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchors(read(target)).includes(anchor)
  }

  it.each(pages)('every relative link of %s resolves', (page) => {
    expect(linksIn(read(page)).filter((link) => leadsNowhere(page, link))).toEqual([])
  })

  it('there are some to check', () => {
    expect(linksIn(read('README.md')).length).toBeGreaterThan(5)
  })
})

describe('the first ten minutes', () => {
  const texts = (language: string): string[] => {
    const folder = join('src/client/i18n', language)
    const catalogues = readdirSync(folder).map((name) => JSON.parse(read(join(folder, name))) as object)
    return catalogues.flatMap((catalogue) => Object.values(catalogue).map(String))
  }
  /** What is to be pressed stands in bold; bold sentences are headings. */
  const pressed = (page: string): string[] =>
    found(read(page).replaceAll(/\n\s+/g, ' '), /\*\*([^*]+)\*\*/g)
      .flatMap((bold) => bold.split(' › '))
      .filter((bold) => !/[.。：:]$|^(On a local network|For real)$/.test(bold))

  it.each([
    ['README.md', 'en'],
    ['README.zh-CN.md', 'zh-Hans'],
  ])('%s names what is pressed as the app does', (page, language) => {
    const known = texts(language)
    const isKnown = (name: string): boolean =>
      known.some((text) => text === name || text.startsWith(`${name} {`))
    expect(pressed(page).length).toBeGreaterThan(30)
    expect(pressed(page).filter((name) => !isKnown(name))).toEqual([])
  })
})

describe('the operator’s page', () => {
  const page = read('docs/operator.md')
  const help = wordsFor({ LANG: 'en' }).help
  const options = (text: string): string[] => unique(found(text, /(?<![\w-])--([a-z][a-z-]+)/g))

  /** Lines and bits of code that call other programs have options of their own. */
  const ours = page
    .replaceAll(/^ {4}(pg_\w+|docker|systemctl) (.*\\\n)*.*$/gm, '')
    .replaceAll(/`(pg_\w+|docker|systemctl) [^`]+`/g, '')

  it('names every option of the help and no other', () => {
    expect(options(ours)).toEqual(options(help))
    expect(options(help)).toContain('port')
  })

  it('each has a row with the name of its environment variable', () => {
    const rows = rowsOf(page).filter(([name]) => name?.startsWith('--'))
    expect(unique(rows.map(([name = '']) => name.slice(2).split(' ')[0] ?? ''))).toEqual(options(help))
    for (const [name = '', variable] of rows) {
      const wanted = `GATEPOST_${name.slice(2).split(' ')[0]?.toUpperCase().replaceAll('-', '_')}`
      // The name that every tool of PostgreSQL's knows.
      const known = [wanted, wanted.replace('GATEPOST_DATABASE', 'DATABASE'), '–']
      expect(known).toContain(variable)
    }
  })
})

describe('the page of dependencies', () => {
  interface Manifest {
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
    optionalDependencies: Record<string, string>
    overrides: Record<string, string>
  }
  const manifest: Manifest = JSON.parse(read('package.json'))
  const named = [
    manifest.dependencies,
    manifest.devDependencies,
    manifest.optionalDependencies,
    manifest.overrides,
  ].flatMap((group) => Object.keys(group))

  it('has one line with a reason for each, and none for what is not there', () => {
    const lines = found(read('docs/dependencies.md'), /^- `([^`]+)`(?: \(optional\))?: \S/gm)
    expect(lines.toSorted()).toEqual(named.toSorted())
  })
})

describe('the page of privacy', () => {
  const rows = rowsOf(read('docs/privacy.md'))
  const [days, views] = [
    rows.filter((cells) => cells.length === 4),
    rows.filter((cells) => cells.length === 1 + roles.length),
  ]
  const atCentre = (kept: number | null): string =>
    kept === null ? 'as long as the community' : String(kept)

  it('gives the registry’s days for each kind, and for the fields that go earlier', () => {
    const wanted = kindNames.flatMap((name) => {
      const { phone, centre, fields } = kindOf(name)?.keptDays ?? { phone: 0, centre: 0 }
      const earlier = Object.entries<number | undefined>(fields ?? {})
      return [
        [name, String(phone), atCentre(centre)],
        ...earlier.map(([field, kept]) => [`${name}.${field}`, String(phone), String(kept)]),
      ]
    })
    expect(days.map(([name, , phone, centre]) => [name, phone, centre])).toEqual(wanted)
  })

  it('says of each role what the registry lets it see', () => {
    const wanted = kindNames.map((name) => [name, ...roles.map((role) => kindOf(name)?.read[role] ?? '–')])
    expect(views).toEqual(wanted)
  })
})
