import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { toolPath } from '../../scripts/lib/tools.ts'
import { newFolder, removeFolder } from './folders.ts'
import { until } from './waiting.ts'
import { WebDriver } from './webdriver.ts'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const launcher = (): string => {
  const [path] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')
  if (!path) throw new Error('WebKit has no MiniBrowser on this machine')
  return path
}

/** WebKitGTK on a screen of its own, driven by WebKitWebDriver. */
export class WebKit {
  readonly #runtime = newFolder('webkit')
  readonly #children: ChildProcess[] = []
  driver!: WebDriver

  async start(): Promise<void> {
    const display = await this.#screen()
    const port = await freePort()
    const env = {
      ...process.env,
      DISPLAY: display,
      LANG: 'en_US.UTF-8',
      LC_ALL: 'en_US.UTF-8',
      XDG_RUNTIME_DIR: this.#runtime,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    }
    const webdriver = toolPath('webkit') ?? 'WebKitWebDriver'
    this.#children.push(spawn(webdriver, ['-p', String(port)], { env, stdio: 'ignore', detached: true }))
    const address = `http://127.0.0.1:${port}`
    const isUp = (): Promise<boolean> =>
      fetch(`${address}/status`).then(
        (answer) => answer.ok,
        () => false,
      )
    await until('WebKitWebDriver answers', isUp)
    const browser = { binary: launcher(), args: ['--automation'] }
    this.driver = await WebDriver.open(address, { 'webkitgtk:browserOptions': browser })
  }

  /** A virtual screen with a free number. */
  async #screen(): Promise<string> {
    const number = Array.from({ length: 100 }, (_, i) => 100 + i).find(
      (n) => !existsSync(`/tmp/.X11-unix/X${n}`),
    )
    const args = [`:${number}`, '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']
    this.#children.push(spawn(toolPath('display') ?? 'Xvfb', args, { stdio: 'ignore', detached: true }))
    await until('the virtual screen is there', () => existsSync(`/tmp/.X11-unix/X${number}`))
    return `:${number}`
  }

  async end(): Promise<void> {
    await this.driver?.close().catch(() => undefined)
    for (const child of this.#children.reverse()) if (child.pid) process.kill(-child.pid, 'SIGKILL')
    removeFolder(this.#runtime)
  }
}
