import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { missingTools, playwrightEngine, toolPath, type ToolName } from '../../scripts/lib/tools.ts'
import { prepareOn, type Machine } from '../../scripts/steps/tools.ts'
import { newFolder, removeFolder } from '../support/folders.ts'

const folder = newFolder('tools')
afterAll(() => removeFolder(folder))

function program(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, '')
  chmodSync(path, 0o755)
  return path
}

describe('what the tests drive', () => {
  const bare = { PATH: folder }
  const nowhere = (): string => join(folder, 'nothing here')

  it('is what the environment names, else what stands in PATH', () => {
    expect(toolPath('chromium', bare)).toBeNull()
    const path = program('chromium')
    expect(toolPath('chromium', bare)).toBe(path)
    const shell = program('chromium-headless-shell')
    expect(toolPath('chromium', bare)).toBe(shell)
    expect(toolPath('chromium', { ...bare, GATEPOST_CHROMIUM: '/opt/chromium' })).toBe('/opt/chromium')
  })

  it('else Playwright’s own browser, where it is installed', () => {
    const own = program('pw_run.sh')
    expect(missingTools(bare, nowhere)).toEqual(
      expect.arrayContaining(['firefox', 'webkit', 'display', 'bus']),
    )
    expect(playwrightEngine('webkit', bare, nowhere)).toBeNull()
    expect(playwrightEngine('webkit', bare, () => own)).toBe(own)
    // The machine's WebKit wants a screen and a bus; Playwright's brings what it needs.
    const missing = missingTools(bare, () => own)
    for (const name of ['firefox', 'webkit', 'display', 'bus']) expect(missing).not.toContain(name)
    expect(playwrightEngine('chromium', bare, () => own)).toBeNull()
  })
})

describe('before the tests', () => {
  const all: ToolName[] = ['chromium', 'firefox', 'webkit', 'postgres']
  /** A machine on which `brings` of what is missing can be installed by whatever is run. */
  function machine(how: Partial<Machine>, brings: readonly ToolName[] = all) {
    const ran: string[] = []
    let missing = all
    const made: Machine = {
      missing: () => missing,
      aptBegins: () => null,
      hasApt: false,
      platform: 'linux',
      run: (name, args) => {
        ran.push([name, ...args].join(' '))
        if (args.includes('install')) missing = missing.filter((tool) => !brings.includes(tool))
        return Promise.resolve({ code: 0, output: 'said by the installer' })
      },
      ...how,
    }
    return { made, ran }
  }

  it('nothing is run where all is there', async () => {
    const { made, ran } = machine({ missing: () => [] })
    expect(await prepareOn(made)).toMatchObject({ failed: 0 })
    expect(ran).toEqual([])
  })

  it('Debian’s packages are installed where we may', async () => {
    const { made, ran } = machine({ hasApt: true, aptBegins: () => ['sudo', '-n'] })
    expect(await prepareOn(made)).toMatchObject({ failed: 0 })
    expect(ran).toEqual([
      'sudo -n apt-get update -qq',
      'sudo -n apt-get install -y -qq --no-install-recommends chromium-headless-shell firefox-esr webkit2gtk-driver postgresql fonts-noto-cjk',
    ])
  })

  it('on Debian without that right nothing is run, and the command is named', async () => {
    const { made, ran } = machine({ hasApt: true })
    const { failed, output } = await prepareOn(made)
    expect(failed).toBe(1)
    expect(output).toContain(
      'sudo apt-get install -y --no-install-recommends chromium-headless-shell firefox-esr',
    )
    expect(ran).toEqual([])
  })

  it('elsewhere Playwright brings the browsers', async () => {
    const mac = machine({ platform: 'darwin' })
    expect(await prepareOn(mac.made)).toMatchObject({ failed: 0 })
    expect(mac.ran).toEqual(['playwright-core install --with-deps chromium firefox webkit'])
    const linux = machine({})
    expect(await prepareOn(linux.made)).toMatchObject({ failed: 0 })
    expect(linux.ran).toEqual(['playwright-core install chromium firefox webkit'])
  })

  it('what is missing then is named, with what the installer said', async () => {
    const { made } = machine({}, ['chromium', 'firefox'])
    const { failed, output } = await prepareOn(made)
    expect(failed).toBe(1)
    expect(output.split('\n')).toEqual([
      'said by the installer',
      'The tests need: webkit, postgres. On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends webkit2gtk-driver postgresql fonts-noto-cjk',
      'Elsewhere, for the browsers: npx playwright-core install webkit',
    ])
  })
})
