import type { Words } from './words.ts'

export const en: Words = {
  help: `Gatepost: gate logs and duty for a neighbourhood, offline first

  npm start -- [options]
  npm start -- backup FILE    copy the database to FILE; the server may be running
  npm start -- restore FILE   put that copy in the database's place; the server must be stopped
  npm start -- epoch raise    after a restore by PostgreSQL's own tools; all servers must be stopped
  npm start -- verify         follow every phone's pages and find what was altered, taken out or moved
  npm start -- recount        compare the counts with the entries; recount fix sets them right
  npm start -- person export FILE NAME …   all there is about somebody; every word has to occur
  npm start -- person erase NAME …         erase it; look at the export first

  --port <n>            port to serve on (8080)
  --host <address>      address to listen on (all)
  --data <folder>       database, keys and certificates (data)
  --database-url <url>  PostgreSQL (postgres://…) for several servers, instead of a file
  --lan                 HTTPS for phones on this network, with a certificate of its own
  --lan-port <n>        port of the page that hands that certificate out (8081)
  --tls-cert <file>     HTTPS with a certificate of yours (PEM)
  --tls-key <file>      and its key (PEM)
  --url <address>       how phones reach this server, where a proxy stands before it
  --trust-proxy <list>  addresses of proxies on other machines, separated by commas
  --client <folder>     the built app (dist/client)
  --log-level <level>   silent, error, warn, info or debug (warn)
  --metrics-token <t>   what a scraper of /metrics on another machine has to show
  --setup               print another set-up link, then end
  --version, --help

Every option can stand in the environment, too: GATEPOST_PORT, GATEPOST_DATA, GATEPOST_TLS_CERT …
Camera and offline use need HTTPS on phones: a reverse proxy with a certificate, or --lan.`,
  serving: 'Gatepost is at {url}',
  also: '  also at {url}',
  plainOnly: '  Phones need HTTPS for camera and offline use: a reverse proxy, or --lan.',
  setup: 'Set-up link for the first coordinator, good once, for 24 hours:',
  setupOnce: 'Link for a further coordinator, good once, for 24 hours:',
  another: '  Another link for a coordinator: npm start -- --setup',
  notBuilt: '  The app is not built ({folder}): only the API is served.',
  lanPage: 'Each phone opens this page once and trusts the certificate: {url}',
  lanAlone:
    '  No phone can open it: this machine has no address in a local network. Connect it to one, then start again.',
  lanCheck: '  Fingerprint of the certificate (SHA-256), to be compared on the page: {fingerprint}',
  backedUp: 'Copied to {file}. It holds everything, also the server’s keys: guard it like the original.',
  restored: 'Restored from {file}; what it replaced is kept as {kept}. Now start the server.',
  restoredNew: 'Restored from {file}. Now start the server.',
  epochRaised:
    'It is noted that this database was restored. Now start the servers: phones send again what the copy lacks.',
  stopping: 'Finishing what was begun …',
  stopped: 'Stopped. Everything acknowledged is on disk.',
  optionUnknown: 'Unknown option {option}. All options: npm start -- --help',
  optionValue: 'Option {option} can’t be “{value}”. All options: npm start -- --help',
  tlsPair: 'A certificate needs its key: give --tls-cert and --tls-key together.',
  tlsAndLan: 'Either --lan or --tls-cert with --tls-key, not both.',
  commandUnknown: 'Unknown command {command}. All options: npm start -- --help',
  portInUse: 'Port {port} is in use by another program. Choose another: --port {other}',
  portForbidden: 'This user may not open port {port}. Choose one above 1023, or put a proxy before it.',
  hostUnknown: 'This machine has no address {host}. Leave --host out to listen on all.',
  folderUnusable:
    'The data folder {folder} can’t be written ({code}). Give another by --data, or fix its rights.',
  alreadyRunning: 'Another Gatepost runs on the data folder {folder}. Nothing was changed.',
  databaseNewer:
    'The database in {folder} was written by a newer Gatepost. Install that version; nothing was changed.',
  notADatabase:
    'The file gatepost.db in {folder} is no Gatepost database, or is damaged. Nothing was changed.',
  diskFull: 'The disk of {folder} is full. Make room and start again; nothing was damaged.',
  readOnly: 'The database in {folder} can only be read. Fix the rights of the file and its folder.',
  databaseBusy: 'The database in {folder} is in use by another program.',
  ioError: 'The database in {folder} can’t be read or written. Look at the disk; nothing was changed.',
  serverDatabaseNewer:
    'The database {database} was written by a newer Gatepost. Install that version; nothing was changed.',
  serverDatabaseForeign:
    'The database {database} holds tables of another program, or is not in UTF8. Nothing was changed.',
  serverDatabaseAway:
    'The database {database} can’t be reached or used now ({code}). Start it and try again; nothing was changed.',
  serverDatabaseRefused:
    'The database {database} lets nobody in with this address ({code}). Check user, password and name.',
  serversRunning:
    '{servers} servers of Gatepost are running on the database {database}. Stop them first; nothing was changed.',
  fileUnreadable: 'The file {file} can’t be read ({code}).',
  fileMissing: 'Say which file: npm start -- {command} FILE',
  fileExists: 'The file {file} exists already and was left as it is. Give another name.',
  fileUnwritable: 'The file {file} can’t be written ({code}).',
  copyDiskFull: 'There is no room on its disk for {file}. Nothing was copied, and nothing is damaged.',
  noDatabase: 'There is no database in {folder}.',
  notAFile:
    'The database of --database-url has its own tools: pg_dump and pg_restore. This is for the data folder’s.',
  notABackup: 'The file {file} is no Gatepost database, or is damaged. Nothing was changed.',
  backupNewer: 'The file {file} was written by a newer Gatepost. Install that version; nothing was changed.',
  certInvalid: 'Certificate and key don’t work together, or are no PEM files: {file}',
  verified: '{installs} installs, {pages} pages, {entries} entries: every one is as it came.',
  verifyAwaited: 'Phone {install}: page {page} has not come yet, though later ones have.',
  verifyFailed: '{n} places are wrong; of each phone and each logbook the first is named.',
  wrongAltered: 'is not what came',
  wrongMissing: 'is gone',
  wrongReordered: 'is not where it was',
  wrongUnfounded: 'came with no page',
  wrongBroken: 'does not follow the page before it',
  placePage: 'Phone {install}, page {page}: {wrong}',
  placeEntry: 'Phone {install}, page {page}, entry {n}: {wrong}',
  placeSeq: 'Logbook {logbook}, number {seq}: {wrong}',
  recounted: '{logbooks} logbooks: every count is what the entries add up to.',
  recountWrong: 'Logbook {logbook}: {n} counts are not what the entries add up to.',
  recountFixed: 'They were set right.',
  personExported: '{n} things written to {file}. It holds personal data: hand it over, then delete it.',
  personErased: 'Erased: {entries} entries, {records} records rewritten, {aside} put aside.',
  personPhones:
    'Phones get the rewritten lists with their next contact; gate entries leave them by themselves within days. Backups still hold everything.',
  termsMissing:
    'Say who: npm start -- person export FILE NAME …, or person erase NAME …; each word at least two characters.',
  unexpected: 'Gatepost could not start: {reason}',
}
