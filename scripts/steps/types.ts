import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compileCache } from '../lib/paths.mjs'
import { command, one, runCommand, type Ran, type Step } from './step.ts'

/** TypeScript 7, by its path: the command `tsc` may be either version's, by the order in which npm linked them. */
const native = 'node_modules/typescript-native/bin/tsc'

const runNative = (project: string): Promise<Ran> => runCommand('node', [native, '-p', project])

/** Types of a project without components, a step. */
export const types = (name: string, project: string): Step =>
  command('types', `types: ${name}`, `node ${native} -p ${project}`)

/** vue-tsc checks the client and writes what it found of each file's types into the folder. */
const checkClient = (folder: string): Promise<Ran> => {
  const emit = [
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    '.',
    '--outDir',
    folder,
  ]
  return runCommand('vue-tsc', ['-p', 'tsconfig.client.json', ...emit])
}

/** Of modules in TypeScript the source counts: a class has private parts, so it would differ from its declaration. */
function keepComponents(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('.d.ts') && !path.endsWith('.vue.d.ts')) rmSync(join(folder, path))
}

/** tests/ and all of src/, where a component is what the folder has in its place. */
function checkTests(folder: string): Promise<Ran> {
  const up = '../../..'
  const project = { extends: `${up}/tsconfig.tests.json`, compilerOptions: { rootDirs: [up, '.'] } }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project))
  return runNative(folder)
}

/**
 * The client, then the tests, which mount its components: TypeScript 7 can't read these, but what vue-tsc says of them.
 * The folder is inside node_modules, since the declarations import packages.
 */
export const typesOfClientAndTests: Step = {
  group: 'types',
  name: 'types: client, tests',
  async run() {
    const cache = dirname(compileCache)
    mkdirSync(cache, { recursive: true })
    const folder = mkdtempSync(join(cache, 'types-'))
    try {
      const client = one(await checkClient(folder))
      keepComponents(folder)
      const tests = one(await checkTests(folder))
      return {
        passed: client.passed + tests.passed,
        failed: client.failed + tests.failed,
        output: client.output + tests.output,
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
