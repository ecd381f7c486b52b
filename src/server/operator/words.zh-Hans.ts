import type { Words } from './words.ts'

export const hans: Words = {
  help: `门岗（Gatepost）：小区门岗登记与值守，断网也能用

  npm start -- [选项]
  npm start -- backup 文件    把数据库备份到该文件，服务不必停
  npm start -- restore 文件   用该备份替换数据库，要先停服务
  npm start -- epoch raise    用 PostgreSQL 自带工具恢复后执行，要先停所有服务
  npm start -- verify         逐页核对每部手机的记录，找出被改、被删、被挪动的
  npm start -- recount        核对计数和记录；recount fix 改正
  npm start -- person export 文件 姓名……   导出某人的全部信息；每个词都要出现
  npm start -- person erase 姓名……         删除这些信息；请先看导出的内容

  --port <端口>         服务端口（8080）
  --host <地址>         监听地址（默认全部）
  --data <文件夹>       存放数据库、密钥和证书（data）
  --database-url <地址> 多台服务器共用的 PostgreSQL（postgres://…），代替文件
  --lan                 用自制证书为本局域网的手机提供 HTTPS
  --lan-port <端口>     发放该证书的页面端口（8081）
  --tls-cert <文件>     用自己的证书提供 HTTPS（PEM）
  --tls-key <文件>      该证书的私钥（PEM）
  --url <网址>          前面有反向代理时，手机访问本服务的网址
  --trust-proxy <列表>  其他机器上的代理地址，用逗号隔开
  --client <文件夹>     构建好的应用（dist/client）
  --log-level <级别>    silent、error、warn、info 或 debug（warn）
  --metrics-token <值>  其他机器抓取 /metrics 时要出示的令牌
  --setup               再显示一个设置链接，然后退出
  --version, --help

每个选项也可以写成环境变量：GATEPOST_PORT、GATEPOST_DATA、GATEPOST_TLS_CERT……
手机要用摄像头和离线功能必须走 HTTPS：配反向代理和证书，或者用 --lan。`,
  serving: '门岗已启动：{url}',
  also: '  也可访问：{url}',
  plainOnly: '  手机要用摄像头和离线功能必须走 HTTPS：配反向代理，或者用 --lan。',
  setup: '第一位社区工作者的设置链接，只能用一次，24 小时内有效：',
  setupOnce: '新增社区工作者的链接，只能用一次，24 小时内有效：',
  another: '  再要一个社区工作者的链接：npm start -- --setup',
  notBuilt: '  应用还没有构建（{folder}），目前只提供接口。',
  lanPage: '每部手机先打开这个页面，安装并信任证书：{url}',
  lanAlone: '  手机打不开：本机没有局域网地址。请先连上局域网，再重新启动。',
  lanCheck: '  证书指纹（SHA-256），请与页面上的核对：{fingerprint}',
  backedUp: '已备份到 {file}。里面有全部数据和服务器的密钥，要像原件一样保管好。',
  restored: '已从 {file} 恢复，原来的数据库保留为 {kept}。现在可以启动服务了。',
  restoredNew: '已从 {file} 恢复。现在可以启动服务了。',
  epochRaised: '已记下这是恢复过的数据库。现在可以启动服务了：备份里缺的，手机会重新补传。',
  stopping: '正在收尾……',
  stopped: '已停止。凡是确认收到的，都已写入磁盘。',
  optionUnknown: '没有 {option} 这个选项。查看全部选项：npm start -- --help',
  optionValue: '选项 {option} 不能是“{value}”。查看全部选项：npm start -- --help',
  tlsPair: '证书和私钥要一起给：--tls-cert 和 --tls-key。',
  tlsAndLan: '--lan 和 --tls-cert、--tls-key 只能选一种。',
  commandUnknown: '没有 {command} 这个命令。查看全部选项：npm start -- --help',
  portInUse: '端口 {port} 已被别的程序占用。换一个：--port {other}',
  portForbidden: '当前用户不能使用端口 {port}。请选 1023 以上的端口，或在前面放一个代理。',
  hostUnknown: '这台机器没有 {host} 这个地址。不写 --host 就监听全部地址。',
  folderUnusable: '数据文件夹 {folder} 无法写入（{code}）。用 --data 另选一个，或修改它的权限。',
  alreadyRunning: '已有另一个门岗在用数据文件夹 {folder}。没有改动任何内容。',
  databaseNewer: '{folder} 里的数据库是较新版本的门岗写的，请安装那个版本。没有改动任何内容。',
  notADatabase: '{folder} 里的 gatepost.db 不是门岗的数据库，或者已损坏。没有改动任何内容。',
  diskFull: '{folder} 所在的磁盘满了。腾出空间后再启动，数据没有损坏。',
  readOnly: '{folder} 里的数据库只能读不能写。请修改文件和文件夹的权限。',
  databaseBusy: '{folder} 里的数据库正被别的程序占用。',
  ioError: '{folder} 里的数据库无法读写。请检查磁盘，没有改动任何内容。',
  serverDatabaseNewer: '数据库 {database} 是较新版本的门岗写的，请安装那个版本。没有改动任何内容。',
  serverDatabaseForeign: '数据库 {database} 里是别的程序的表，或者编码不是 UTF8。没有改动任何内容。',
  serverDatabaseAway: '现在连不上或用不了数据库 {database}（{code}）。请启动它再试，没有改动任何内容。',
  serverDatabaseRefused: '数据库 {database} 不接受这个地址（{code}）。请检查用户名、密码和库名。',
  serversRunning: '还有 {servers} 个门岗服务连着数据库 {database}，请先停掉。没有改动任何内容。',
  fileUnreadable: '文件 {file} 无法读取（{code}）。',
  fileMissing: '请写明文件：npm start -- {command} 文件',
  fileExists: '文件 {file} 已经存在，没有动它。请换个名字。',
  fileUnwritable: '文件 {file} 无法写入（{code}）。',
  copyDiskFull: '{file} 所在的磁盘放不下。没有复制，什么也没有损坏。',
  noDatabase: '{folder} 里还没有数据库。',
  notAFile: '--database-url 的数据库请用它自带的 pg_dump 和 pg_restore。这里只管数据文件夹里的数据库。',
  notABackup: '{file} 不是门岗的数据库，或者已损坏。没有改动任何内容。',
  backupNewer: '{file} 是较新版本的门岗写的，请安装那个版本。没有改动任何内容。',
  certInvalid: '证书和私钥不匹配，或者不是 PEM 文件：{file}',
  verified: '{installs} 部手机，{pages} 页，{entries} 条记录：全都和收到时一样。',
  verifyAwaited: '手机 {install}：第 {page} 页还没到，后面的已经到了。',
  verifyFailed: '{n} 处有问题；每部手机、每本日志只列出最先发现的一处。',
  wrongAltered: '和收到时不一样',
  wrongMissing: '不见了',
  wrongReordered: '位置变了',
  wrongUnfounded: '没有任何一页带来过它',
  wrongBroken: '接不上前一页',
  placePage: '手机 {install}，第 {page} 页：{wrong}',
  placeEntry: '手机 {install}，第 {page} 页，第 {n} 条：{wrong}',
  placeSeq: '日志 {logbook}，序号 {seq}：{wrong}',
  recounted: '{logbooks} 本日志：每个计数都和记录对得上。',
  recountWrong: '日志 {logbook}：有 {n} 个计数和记录对不上。',
  recountFixed: '已经改正。',
  personExported: '{n} 项已写入 {file}。里面是个人信息：交给本人后请删除。',
  personErased: '已删除：{entries} 条记录，改写 {records} 份资料，清除 {aside} 条搁置。',
  personPhones: '手机下次联系时会拿到改写后的名单，进出记录几天内会自行清除。备份里还留着全部内容。',
  termsMissing:
    '请写明是谁：npm start -- person export 文件 姓名……，或 person erase 姓名……；每个词至少两个字。',
  unexpected: '门岗无法启动：{reason}',
}
