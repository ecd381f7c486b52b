import type { ManifestOptions } from 'vite-plugin-pwa'

/** What the phone shows on its Home Screen. Paper and ink, like the app. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Gatepost 门岗',
  short_name: '门岗',
  description: 'Gate logs, duty and check-ins for a neighbourhood, also without a network',
  lang: 'zh-Hans',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  background_color: '#f5f4f0',
  theme_color: '#f5f4f0',
  categories: ['utilities', 'productivity'],
  icons: [
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [
    { name: '门岗记一笔', short_name: '门岗', url: '/gate' },
    { name: '我的记录', short_name: '记录', url: '/records' },
  ],
}
