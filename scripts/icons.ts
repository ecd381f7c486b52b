// `node scripts/icons.ts`: the PNG icons from public/icon.svg, drawn by Chromium. Run it when the drawing changes.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { inRoot } from './lib/paths.mjs'

const drawing = readFileSync(inRoot('public', 'icon.svg'), 'utf8')
const square = drawing.replace(/ rx="\d+"/, '')
/** A mask may cut a tenth off each side: the drawing stands smaller on a full square. */
const maskable = square.replace(
  /(<rect[^>]*>)(.*)<\/svg>/,
  '$1<g transform="translate(61 61) scale(.76)">$2</g></svg>',
)

const icons = [
  { file: 'icon-180.png', size: 180, svg: square },
  { file: 'icon-192.png', size: 192, svg: drawing },
  { file: 'icon-512.png', size: 512, svg: drawing },
  { file: 'icon-maskable-512.png', size: 512, svg: maskable },
]

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const { file, size, svg } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(
    `<body style="margin:0">${svg.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `)}`,
  )
  await page.screenshot({ path: inRoot('public', file), omitBackground: true })
  await page.close()
}
await browser.close()
