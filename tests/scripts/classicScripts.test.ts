import { createContext, runInContext } from 'node:vm'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeClassic, type Bundle } from '../../scripts/lib/classicScripts.ts'

/** A bundle of modules as the builder makes them. */
function bundleOf(files: Record<string, { code: string; imports?: string[]; isEntry?: boolean }>): Bundle {
  const chunks = Object.entries(files).map(([file, { code, imports = [], isEntry = false }]) => {
    const fileName = `assets/${file}`
    const needs = imports.map((need) => `assets/${need}`)
    return [fileName, { type: 'chunk' as const, fileName, code, imports: needs, isEntry }] as const
  })
  const source = '<head><script type="module" crossorigin src="/assets/index.js"></script></head>'
  return { ...Object.fromEntries(chunks), 'index.html': { type: 'asset', source } }
}

const codeOf = (bundle: Bundle, file: string): string => {
  const part = bundle[`assets/${file}`]
  return part?.type === 'chunk' ? part.code : ''
}

/** A page without a browser: scripts that are asked for are run from the bundle, or fail. */
function open(bundle: Bundle) {
  const asked: string[] = []
  const network = { up: true }
  const append = (script: { src: string; hear: Map<string, () => void> }) => {
    asked.push(script.src)
    queueMicrotask(() => {
      if (network.up) runInContext(codeOf(bundle, script.src.slice('/assets/'.length)), context)
      script.hear.get(network.up ? 'load' : 'error')?.()
    })
  }
  const createElement = () => {
    const hear = new Map<string, () => void>()
    return { src: '', hear, remove: () => {}, addEventListener: hear.set.bind(hear) }
  }
  const context = createContext({
    said: [],
    document: { baseURI: 'http://x/', head: { append }, createElement },
  })
  const html = bundle['index.html']
  const named = String(html?.type === 'asset' ? html.source : '').matchAll(
    /<script defer src="\/assets\/([^"]+)"/g,
  )
  for (const [, file] of named) runInContext(codeOf(bundle, file ?? ''), context)
  return { asked, network, run: (code: string): unknown => runInContext(code, context) }
}

const files = {
  'libs.js': { code: 'let n=0;function up(){n+=1}export{n as a,up as b}' },
  'app.js': {
    code: 'import{a as e,b as t}from"./libs.js";t();said.push(`app ${e}`);t();said.push(`app ${e}`);export{e as x}',
    imports: ['libs.js'],
  },
  'late.js': {
    code: 'import{a as e}from"./libs.js";import{z}from"./later.js";const late=`late ${e} ${z}`;export{late}',
    imports: ['libs.js', 'later.js'],
  },
  'later.js': { code: 'said.push("later");const z="z";export{z}' },
  'index.js': {
    code: 'import"./app.js";said.push(import.meta.url);globalThis.go=()=>import("./late.js")',
    imports: ['app.js'],
    isEntry: true,
  },
}

describe('classic scripts', () => {
  let bundle: Bundle
  beforeEach(async () => {
    bundle = bundleOf(files)
    await makeClassic(bundle)
  })

  it('are named by the page in the order in which they need each other, and begin by themselves', () => {
    const { run, asked } = open(bundle)
    expect(run('said.join()')).toBe('app 1,app 2,http://x/')
    expect(asked).toEqual([])
  })

  it('a small one comes along with the next', () => {
    const html = bundle['index.html']
    const named = String(html?.type === 'asset' ? html.source : '').match(/\w+\.js(?=")/g)
    expect(named).toEqual(['index.js'])
    expect(Object.keys(bundle)).not.toContain('assets/libs.js')
  })

  it('what is asked for ahead waits until the page has begun', async () => {
    const early = bundleOf({
      'screen.js': { code: 'said.push("screen");const s=1;export{s}' },
      'ahead.js': { code: 'globalThis.go=import("./screen.js")' },
      'index.js': { code: 'import"./ahead.js";said.push("app")', imports: ['ahead.js'], isEntry: true },
    })
    await makeClassic(early)
    const { run, asked } = open(early)
    expect(asked).toEqual(['/assets/screen.js'])
    await expect(run('go')).resolves.toMatchObject({ s: 1 })
    expect(run('said.join()')).toBe('app,screen')
  })

  it('hold no module syntax', () => {
    const all = Object.keys(files).map((file) => codeOf(bundle, file))
    for (const code of all) expect(code).not.toMatch(/\b(import|export)\b/)
  })

  it('bring what is imported later with what it needs, once', async () => {
    const { run, asked } = open(bundle)
    const [first, second] = await Promise.all([run('go()'), run('go()')])
    expect(first).toBe(second)
    expect(first).toMatchObject({ late: 'late 2 z' })
    expect(run('said.filter((word) => word === "later").length')).toBe(1)
    expect(asked).toEqual(['/assets/later.js', '/assets/late.js'])
  })

  it('a file that did not come is asked for again', async () => {
    const { run, asked, network } = open(bundle)
    network.up = false
    await expect(run('go()')).rejects.toThrow('did not come')
    network.up = true
    await expect(run('go()')).resolves.toMatchObject({ late: 'late 2 z' })
    expect(asked).toHaveLength(4)
  })

  it('a screen comes while its styles are waited for', async () => {
    const styled = bundleOf({
      'screen.js': { code: 'said.push("screen");const s=1;export{s}' },
      'index.js': {
        code: [
          'const __vite__mapDeps=(list)=>list,styles=new Promise((done)=>{globalThis.arrive=done});',
          'const preload=(load,needs)=>styles.then(()=>load(needs));',
          'globalThis.go=()=>preload(()=>import("./screen.js").then((all)=>all),__vite__mapDeps([0]))',
        ].join(''),
        isEntry: true,
      },
    })
    await makeClassic(styled)
    const { run, asked, network } = open(styled)
    network.up = false
    const failing = run('go()')
    expect(asked).toEqual(['/assets/screen.js'])
    run('arrive()')
    await expect(failing).rejects.toThrow('did not come')
    network.up = true
    await expect(run('go()')).resolves.toMatchObject({ s: 1 })
    expect(run('said.join()')).toBe('screen')
  })

  it('files that need each other share what they give', async () => {
    const around = bundleOf({
      'a.js': { code: 'import{b}from"./b.js";const a="a";said.push(b());export{a}', imports: ['b.js'] },
      'b.js': {
        code: 'import{a}from"./a.js";function b(){try{return a}catch{return"early"}}export{b}',
        imports: ['a.js'],
      },
      'index.js': {
        code: 'import{b}from"./b.js";import"./a.js";said.push(b())',
        imports: ['b.js', 'a.js'],
        isEntry: true,
      },
    })
    await makeClassic(around)
    expect(open(around).run('said.join()')).toBe('early,a')
  })

  it('refuses what it can’t turn', async () => {
    const odd = bundleOf({ 'index.js': { code: 'export * from "elsewhere"', isEntry: true } })
    await expect(makeClassic(odd)).rejects.toThrow('index.js holds what no classic script can')
  })
})
