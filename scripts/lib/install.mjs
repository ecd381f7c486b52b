import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { alone } from './alone.mjs'
import { inRoot, root } from './paths.mjs'
import { words } from './words.mjs'

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Locked */

/**
 * @param {string} path
 * @returns {Record<string, Locked> | null}
 */
function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * npm leaves its own list of what it installed in node_modules; that list and the lockfile must name the same
 * versions. Optional packages of other platforms may be absent.
 * @param {Record<string, Locked>} wanted
 * @param {Record<string, Locked>} installed
 */
export function inStep(wanted, installed) {
  const names = Object.keys(wanted).filter((name) => name !== '')
  return names.every((name) => {
    const there = installed[name]
    return there ? there.version === wanted[name]?.version : wanted[name]?.optional === true
  })
}

function isInstalled() {
  const wanted = packagesIn(inRoot('package-lock.json'))
  const installed = packagesIn(inRoot('node_modules', '.package-lock.json'))
  return wanted !== null && installed !== null && inStep(wanted, installed)
}

function installNow() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env['npm_execpath']
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const how = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], how).status
  return spawnSync('npm', args, { ...how, shell: process.platform === 'win32' }).status
}

/** Installs what the lockfile names, where that has not been done. Ends the process where it can't. */
export function ensureInstalled() {
  alone(isInstalled, () => {
    console.log(words.installing)
    if (installNow() === 0) return
    console.error(words.noInstall)
    process.exit(1)
  })
}
