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
const chinese = {
  installing: '正在安装所需的软件包……',
  building: '正在生成应用……',
  waiting: '这个文件夹里有另一条命令正在安装或生成，等它做完……',
  noInstall: '软件包安装失败（原因见上）。请检查网络后重新运行。',
  noBuild: '应用生成失败（原因见上）。',
  noNode:
    '门岗需要 Node 24 或更高版本。本机为 {have}，也没有找到可用的 Node 24。请从 https://nodejs.org 安装后重新运行。',
}

const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || ''

export const words = locale.startsWith('zh') ? chinese : english
