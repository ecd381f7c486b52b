/** Where the app is being read: each place has its own words for the Home Screen. */
export type Surface =
  | 'in-app'
  | 'ios-safari'
  | 'ios-other'
  | 'android-chrome'
  | 'android-other'
  | 'desktop-chrome'
  | 'desktop-other'

/** What the browser says of itself. */
export interface Clues {
  userAgent: string
  /** More than one tells an iPad that calls itself a Mac. */
  touchPoints: number
}

/** Browsers inside other apps: no Home Screen, and often no storage that lasts. */
const inApp = /MicroMessenger|wxwork|DingTalk|AlipayClient|\bQQ\/|Weibo|BytedanceWebview|Feishu|Lark\//i

const isIos = ({ userAgent, touchPoints }: Clues): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)

export function surfaceOf(clues: Clues): Surface {
  const { userAgent } = clues
  if (inApp.test(userAgent)) return 'in-app'
  if (isIos(clues))
    return /CriOS|FxiOS|EdgiOS|UCBrowser|MQQBrowser/.test(userAgent) ? 'ios-other' : 'ios-safari'
  const plainChrome =
    /Chrome\//.test(userAgent) &&
    !/MiuiBrowser|HuaweiBrowser|HeyTap|Vivo|UCBrowser|MQQBrowser|Quark|SamsungBrowser/i.test(userAgent)
  if (/Android|HarmonyOS/.test(userAgent)) return plainChrome ? 'android-chrome' : 'android-other'
  return plainChrome ? 'desktop-chrome' : 'desktop-other'
}

/** WeChat and its like on an iPhone have no service worker: nothing would open offline. */
export const mayStayInApp = (clues: Clues): boolean => !isIos(clues)

const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/MiuiBrowser/, 'Mi Browser'],
  [/HuaweiBrowser/, 'Huawei Browser'],
  [/HeyTap/, 'OPPO Browser'],
  [/VivoBrowser/, 'vivo Browser'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/UCBrowser/, 'UC'],
  [/MQQBrowser/, 'QQ Browser'],
  [/Edg(A|iOS)?\//, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]

const firstOf = (list: readonly [RegExp, string][], text: string): string | undefined =>
  list.find(([pattern]) => pattern.test(text))?.[1]

/** Browser and system, never more: what the coordinator sees in the list of phones. */
export function deviceName(clues: Clues): string {
  const browser = firstOf(browsers, clues.userAgent) ?? 'Browser'
  const system = isIos(clues) ? 'iOS' : firstOf(systems, clues.userAgent)
  return system ? `${browser} · ${system}` : browser
}
