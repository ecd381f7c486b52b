import { describe, expect, it } from 'vitest'
import { deviceName, mayStayInApp, surfaceOf } from '../../../../src/client/features/enrol/platform.ts'

const of = (userAgent: string, touchPoints = 0) => ({ userAgent, touchPoints })
const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1'
const clues = {
  wechatAndroid: of(
    'Mozilla/5.0 (Linux; Android 12; sample) Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.40',
  ),
  wechatIphone: of(`Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${safari} MicroMessenger/8.0`, 5),
  iphone: of(`Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${safari}`, 5),
  iphoneChrome: of(
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) CriOS/122.0 Mobile/15E148 Safari/604.1',
    5,
  ),
  ipad: of(
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15',
    5,
  ),
  mac: of(
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15',
  ),
  android: of('Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36', 5),
  xiaomi: of('Mozilla/5.0 (Linux; Android 13) Chrome/112.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.1', 5),
  firefox: of('Mozilla/5.0 (Android 13; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0', 5),
  windows: of('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0'),
}

describe('where the app is being read', () => {
  it.each([
    ['wechatAndroid', 'in-app', 'WeChat · Android'],
    ['wechatIphone', 'in-app', 'WeChat · iOS'],
    ['iphone', 'ios-safari', 'Safari · iOS'],
    ['iphoneChrome', 'ios-other', 'Chrome · iOS'],
    ['ipad', 'ios-safari', 'Safari · iOS'],
    ['mac', 'desktop-other', 'Safari · macOS'],
    ['android', 'android-chrome', 'Chrome · Android'],
    ['xiaomi', 'android-other', 'Mi Browser · Android'],
    ['firefox', 'android-other', 'Firefox · Android'],
    ['windows', 'desktop-chrome', 'Edge · Windows'],
  ] as const)('%s gets the words for %s and is called %s', (name, surface, device) => {
    expect(surfaceOf(clues[name])).toBe(surface)
    expect(deviceName(clues[name])).toBe(device)
  })

  it('lets nobody stay in the inner browser of an iPhone, which has no service worker', () => {
    expect(mayStayInApp(clues.wechatIphone)).toBe(false)
    expect(mayStayInApp(clues.wechatAndroid)).toBe(true)
  })
})
