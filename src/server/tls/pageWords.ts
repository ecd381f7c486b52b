/** The instruction page's words in one language. */
export interface PageWords {
  lang: string
  title: string
  why: string
  get: string
  ios: readonly string[]
  android: readonly string[]
  goOn: string
  check: string
}

export const pageWords: readonly PageWords[] = [
  {
    lang: 'zh-Hans',
    title: '让这部手机信任门岗服务器',
    why: '摄像头和断网使用都要求加密连接。证书只对本局域网的地址有效，不能冒充任何网站。',
    get: '下载证书',
    ios: [
      '用 Safari 打开本页，点“下载证书”，选“允许”。',
      '打开“设置”，点最上面的“已下载描述文件”，点“安装”。',
      '再到“设置 › 通用 › 关于本机 › 证书信任设置”，打开这张证书的开关。',
    ],
    android: [
      '点“下载证书”。',
      '打开“设置”，搜索“CA 证书”（多在“安全 › 加密与凭据 › 安装证书”里），选“CA 证书”，再选“仍然安装”。',
      '选刚下载的 ca.crt。',
    ],
    goOn: '装好后打开：',
    check: '证书指纹（SHA-256），应与服务器上的一致：',
  },
  {
    lang: 'zh-Hant',
    title: '讓這部手機信任門崗伺服器',
    why: '相機和斷網使用都要求加密連線。憑證只對本區域網路的位址有效，不能冒充任何網站。',
    get: '下載憑證',
    ios: [
      '用 Safari 打開本頁，點「下載憑證」，選「允許」。',
      '打開「設定」，點最上面的「已下載描述檔」，點「安裝」。',
      '再到「設定 › 一般 › 關於本機 › 憑證信任設定」，打開這張憑證的開關。',
    ],
    android: [
      '點「下載憑證」。',
      '打開「設定」，搜尋「CA 憑證」（多在「安全性 › 加密與憑證 › 安裝憑證」裡），選「CA 憑證」，再選「仍要安裝」。',
      '選剛下載的 ca.crt。',
    ],
    goOn: '裝好後打開：',
    check: '憑證指紋（SHA-256），應與伺服器上的一致：',
  },
  {
    lang: 'en',
    title: 'Let this phone trust the Gatepost server',
    why: 'Camera and offline use need an encrypted connection. The certificate is good for addresses of this local network only; it can’t stand in for any website.',
    get: 'Download the certificate',
    ios: [
      'Open this page in Safari, tap “Download the certificate”, then “Allow”.',
      'Open Settings, tap “Profile Downloaded” at the top, then “Install”.',
      'Go to Settings › General › About › Certificate Trust Settings and switch this certificate on.',
    ],
    android: [
      'Tap “Download the certificate”.',
      'Open Settings and search for “CA certificate” (often Security › Encryption & credentials › Install a certificate), choose “CA certificate”, then “Install anyway”.',
      'Choose the ca.crt that was just downloaded.',
    ],
    goOn: 'Then open:',
    check: 'Fingerprint of the certificate (SHA-256), the same as on the server:',
  },
]
