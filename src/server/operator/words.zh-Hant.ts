import type { Words } from './words.ts'

export const hant: Words = {
  help: `門崗（Gatepost）：社區門崗登記與值勤，斷網也能用

  npm start -- [選項]
  npm start -- backup 檔案    把資料庫備份到該檔案，服務不必停
  npm start -- restore 檔案   用該備份取代資料庫，要先停服務
  npm start -- epoch raise    用 PostgreSQL 本身的工具還原後執行，要先停所有服務
  npm start -- verify         逐頁核對每部手機的紀錄，找出被改、被刪、被挪動的
  npm start -- recount        核對計數和紀錄；recount fix 改正
  npm start -- person export 檔案 姓名……   匯出某人的全部資訊；每個詞都要出現
  npm start -- person erase 姓名……         刪除這些資訊；請先看匯出的內容

  --port <埠號>         服務埠號（8080）
  --host <位址>         監聽位址（預設全部）
  --data <資料夾>       存放資料庫、金鑰和憑證（data）
  --database-url <位址> 多台伺服器共用的 PostgreSQL（postgres://…），代替檔案
  --lan                 用自簽憑證為本區域網路的手機提供 HTTPS
  --lan-port <埠號>     發放該憑證的頁面埠號（8081）
  --tls-cert <檔案>     用自己的憑證提供 HTTPS（PEM）
  --tls-key <檔案>      該憑證的私鑰（PEM）
  --url <網址>          前面有反向代理時，手機連到本服務的網址
  --trust-proxy <清單>  其他機器上的代理位址，用逗號隔開
  --client <資料夾>     建置好的應用程式（dist/client）
  --log-level <等級>    silent、error、warn、info 或 debug（warn）
  --metrics-token <值>  其他機器擷取 /metrics 時要出示的權杖
  --setup               再顯示一個設定連結，然後結束
  --version, --help

每個選項也可以寫成環境變數：GATEPOST_PORT、GATEPOST_DATA、GATEPOST_TLS_CERT……
手機要用相機和離線功能必須使用 HTTPS：設定反向代理和憑證，或者用 --lan。`,
  serving: '門崗已啟動：{url}',
  also: '  也可連到：{url}',
  plainOnly: '  手機要用相機和離線功能必須使用 HTTPS：設定反向代理，或者用 --lan。',
  setup: '第一位社區工作者的設定連結，只能用一次，24 小時內有效：',
  setupOnce: '新增社區工作者的連結，只能用一次，24 小時內有效：',
  another: '  再要一個社區工作者的連結：npm start -- --setup',
  notBuilt: '  應用程式還沒有建置（{folder}），目前只提供 API。',
  lanPage: '每部手機先打開這個頁面，安裝並信任憑證：{url}',
  lanAlone: '  手機打不開：本機沒有區域網路位址。請先連上區域網路，再重新啟動。',
  lanCheck: '  憑證指紋（SHA-256），請與頁面上的核對：{fingerprint}',
  backedUp: '已備份到 {file}。裡面有全部資料和伺服器的金鑰，要像正本一樣保管好。',
  restored: '已從 {file} 還原，原來的資料庫保留為 {kept}。現在可以啟動服務了。',
  restoredNew: '已從 {file} 還原。現在可以啟動服務了。',
  epochRaised: '已記下這是還原過的資料庫。現在可以啟動服務了：備份裡缺的，手機會重新補傳。',
  stopping: '正在收尾……',
  stopped: '已停止。凡是確認收到的，都已寫入磁碟。',
  optionUnknown: '沒有 {option} 這個選項。查看全部選項：npm start -- --help',
  optionValue: '選項 {option} 不能是「{value}」。查看全部選項：npm start -- --help',
  tlsPair: '憑證和私鑰要一起給：--tls-cert 和 --tls-key。',
  tlsAndLan: '--lan 和 --tls-cert、--tls-key 只能選一種。',
  commandUnknown: '沒有 {command} 這個指令。查看全部選項：npm start -- --help',
  portInUse: '埠號 {port} 已被別的程式占用。換一個：--port {other}',
  portForbidden: '目前的使用者不能使用埠號 {port}。請選 1023 以上的埠號，或在前面放一個代理。',
  hostUnknown: '這台機器沒有 {host} 這個位址。不寫 --host 就監聽全部位址。',
  folderUnusable: '資料夾 {folder} 無法寫入（{code}）。用 --data 另選一個，或修改它的權限。',
  alreadyRunning: '已有另一個門崗在用資料夾 {folder}。沒有更動任何內容。',
  databaseNewer: '{folder} 裡的資料庫是較新版本的門崗寫的，請安裝那個版本。沒有更動任何內容。',
  notADatabase: '{folder} 裡的 gatepost.db 不是門崗的資料庫，或者已損壞。沒有更動任何內容。',
  diskFull: '{folder} 所在的磁碟滿了。騰出空間後再啟動，資料沒有損壞。',
  readOnly: '{folder} 裡的資料庫只能讀不能寫。請修改檔案和資料夾的權限。',
  databaseBusy: '{folder} 裡的資料庫正被別的程式占用。',
  ioError: '{folder} 裡的資料庫無法讀寫。請檢查磁碟，沒有更動任何內容。',
  serverDatabaseNewer: '資料庫 {database} 是較新版本的門崗寫的，請安裝那個版本。沒有更動任何內容。',
  serverDatabaseForeign: '資料庫 {database} 裡是別的程式的資料表，或者編碼不是 UTF8。沒有更動任何內容。',
  serverDatabaseAway: '現在連不上或無法使用資料庫 {database}（{code}）。請啟動它再試，沒有更動任何內容。',
  serverDatabaseRefused: '資料庫 {database} 不接受這個位址（{code}）。請檢查使用者名稱、密碼和資料庫名稱。',
  serversRunning: '還有 {servers} 個門崗服務連著資料庫 {database}，請先停掉。沒有更動任何內容。',
  fileUnreadable: '檔案 {file} 無法讀取（{code}）。',
  fileMissing: '請寫明檔案：npm start -- {command} 檔案',
  fileExists: '檔案 {file} 已經存在，沒有動它。請換個名稱。',
  fileUnwritable: '檔案 {file} 無法寫入（{code}）。',
  copyDiskFull: '{file} 所在的磁碟放不下。沒有複製，什麼也沒有損壞。',
  noDatabase: '{folder} 裡還沒有資料庫。',
  notAFile: '--database-url 的資料庫請用它本身的 pg_dump 和 pg_restore。這裡只管資料夾裡的資料庫。',
  notABackup: '{file} 不是門崗的資料庫，或者已損壞。沒有更動任何內容。',
  backupNewer: '{file} 是較新版本的門崗寫的，請安裝那個版本。沒有更動任何內容。',
  certInvalid: '憑證和私鑰不相符，或者不是 PEM 檔案：{file}',
  verified: '{installs} 部手機，{pages} 頁，{entries} 筆紀錄：全都和收到時一樣。',
  verifyAwaited: '手機 {install}：第 {page} 頁還沒到，後面的已經到了。',
  verifyFailed: '{n} 處有問題；每部手機、每本日誌只列出最先發現的一處。',
  wrongAltered: '和收到時不一樣',
  wrongMissing: '不見了',
  wrongReordered: '位置變了',
  wrongUnfounded: '沒有任何一頁帶來過它',
  wrongBroken: '接不上前一頁',
  placePage: '手機 {install}，第 {page} 頁：{wrong}',
  placeEntry: '手機 {install}，第 {page} 頁，第 {n} 筆：{wrong}',
  placeSeq: '日誌 {logbook}，序號 {seq}：{wrong}',
  recounted: '{logbooks} 本日誌：每個計數都和紀錄對得上。',
  recountWrong: '日誌 {logbook}：有 {n} 個計數和紀錄對不上。',
  recountFixed: '已經改正。',
  personExported: '{n} 項已寫入 {file}。裡面是個人資料：交給本人後請刪除。',
  personErased: '已刪除：{entries} 筆紀錄，改寫 {records} 份資料，清除 {aside} 筆擱置。',
  personPhones: '手機下次連線時會拿到改寫後的名單，進出紀錄幾天內會自行清除。備份裡還留著全部內容。',
  termsMissing:
    '請寫明是誰：npm start -- person export 檔案 姓名……，或 person erase 姓名……；每個詞至少兩個字。',
  unexpected: '門崗無法啟動：{reason}',
}
