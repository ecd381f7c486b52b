import { readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { words } from './words.mjs'

/** Holds the number of the process that installs or builds in this clone. */
const usualLock = inRoot('.preparing')

/** Longer than any installing or building; a number may have gone to another process by then. */
const forgottenMs = 60 * 60_000
const lookAgainMs = 200

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return Reflect.get(Object(error), 'code') === 'EPERM'
  }
}

/** Is somebody at work behind this lock? One that died leaves its lock behind. @param {string} lock */
function isHeld(lock) {
  try {
    const { mtimeMs } = statSync(lock)
    const pid = Number(readFileSync(lock, 'utf8'))
    // A lock that was only just made has no number in it yet.
    if (!pid) return Date.now() - mtimeMs < 10_000
    return pid !== process.pid && isAlive(pid) && Date.now() - mtimeMs < forgottenMs
  } catch {
    return false
  }
}

/** @param {string} lock */
function remove(lock) {
  try {
    unlinkSync(lock)
  } catch {
    // Somebody else was quicker.
  }
}

/** @param {string} lock */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'EEXIST') return true
    if (!isHeld(lock)) remove(lock)
    return false
  }
}

/**
 * Does the work unless it is done already, and never while another process does it in the same clone: two that install
 * or build at once would spoil each other's files. Where no lock can be made, nothing can be installed either, and
 * the work itself says so.
 * @param {() => boolean} isDone
 * @param {() => void} work may end the process
 */
export function alone(isDone, work, lock = usualLock) {
  for (let waits = 0; !isDone(); waits += 1) {
    if (take(lock)) {
      const free = () => remove(lock)
      process.on('exit', free)
      try {
        if (!isDone()) work()
      } finally {
        free()
        process.off('exit', free)
      }
      return
    }
    if (waits === 1) console.log(words.waiting)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookAgainMs)
  }
}
