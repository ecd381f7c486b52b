/** What the two commands say before the product itself can speak; by the terminal's language. */
const english = {
  installing: 'Installing what Gatepost needs …',
  building: 'Building the app …',
  waiting: 'Another command is installing or building in this folder; waiting for it …',
  noInstall:
    'The packages could not be installed (see above). Check the network, then run the command again.',
  noBuild: 'The app could not be built (see above).',
  noNode:
    'Gatepost needs Node 24 or newer. This machine has {have}, and no ready-made Node 24 was found for it. Install it from https://nodejs.org and run the command again.',
}

/** @type {typeof english} */
const simplified = {
  installing: '正在安装所需的软件包……',
  building: '正在构建应用……',
  waiting: '这个文件夹里有另一条命令正在安装或构建，等它做完……',
  noInstall: '软件包安装失败（原因见上）。请检查网络后重新运行。',
  noBuild: '应用构建失败（原因见上）。',
  noNode:
    '门岗需要 Node 24 或更高版本。本机为 {have}，也没有找到可用的 Node 24。请从 https://nodejs.org 安装后重新运行。',
}

/** @type {typeof english} */
const traditional = {
  installing: '正在安裝所需的套件……',
  building: '正在建置應用程式……',
  waiting: '這個資料夾裡有另一個指令正在安裝或建置，等它完成……',
  noInstall: '套件安裝失敗（原因見上）。請檢查網路後重新執行。',
  noBuild: '應用程式建置失敗（原因見上）。',
  noNode:
    '門崗需要 Node 24 或更新版本。本機為 {have}，也沒有找到可用的 Node 24。請從 https://nodejs.org 安裝後重新執行。',
}

const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || ''

const chinese = /^zh.*(TW|HK|MO|Hant)/i.test(locale) ? traditional : simplified

export const words = /^zh/i.test(locale) ? chinese : english
