import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { isRightNode, rightNode } from '../../scripts/lib/node.mjs'

describe('the right Node', () => {
  it('is 24 or newer', () => {
    expect(['v24.0.0', 'v26.1.0', '24.21.0'].map(isRightNode)).toEqual([true, true, true])
    expect(['v18.20.0', 'v20.20.2', 'v23.11.1'].map(isRightNode)).toEqual([false, false, false])
  })

  it('is found and runs', () => {
    const said = spawnSync(rightNode() ?? 'none', ['--version'], { encoding: 'utf8' }).stdout
    expect(isRightNode(said)).toBe(true)
  })
})
