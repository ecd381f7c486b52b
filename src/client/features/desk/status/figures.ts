import type { Text } from '../../../i18n/index.ts'
import type { InstallList, Status } from '../../../sync/calls.ts'
import { signalOf, type StripFigure } from '../shared/strip.ts'
import { copyOf, isTight, silentOf, sizeOf, spanOf } from './told.ts'

const phones = { path: '/desk/people', query: { tab: 'phones' } }

const spanText = ({ t, number }: Text, ms: number): string => {
  const { unit, n } = spanOf(ms)
  return t(`status.${unit}`, { n: number(n) })
}
const sizeText = ({ t, number }: Text, bytes: number): string => {
  const { unit, n, digits } = sizeOf(bytes)
  return t(`status.${unit}`, { n: number(n, digits) })
}

/** What has reached the centre, and how late. */
function arrived(text: Text, { community, server: { entries, lag50, lag95 } }: Status): StripFigure[] {
  const { t, number } = text
  return [
    {
      label: t('status.received'),
      value: number(community.received),
      sub: t('status.sinceStart', { n: number(entries) }),
      to: '/desk/log',
    },
    {
      label: t('status.lag'),
      value: lag95 === null ? '–' : spanText(text, lag95),
      sub: lag50 === null ? undefined : t('status.lagHalf', { span: spanText(text, lag50) }),
      to: phones,
    },
  ]
}

/** What is known not to have reached it, or was not taken. */
function held({ t, tn, number, date }: Text, { community }: Status): StripFigure[] {
  const { unsent, unsentSince: since, aside, held: waiting } = community
  return [
    {
      label: t('status.unsent'),
      value: number(unsent),
      sub: since === null ? undefined : t('status.unsentSince', { time: date(since, 'dayTime') }),
      kind: signalOf(unsent, 'ask'),
      to: phones,
    },
    {
      label: t('status.aside'),
      value: number(aside),
      sub: waiting > 0 ? tn('status.held', waiting) : undefined,
      kind: signalOf(aside - waiting, 'ask'),
      to: '/desk/attention',
    },
  ]
}

/** Phones, and those of them that nobody has heard from; `list` null = not known. */
function listening(
  { t, number }: Text,
  { community, server }: Status,
  list: InstallList | null,
  now: number,
): StripFigure[] {
  const silent = list ? silentOf(list.installs, now) : 0
  return [
    {
      label: t('status.phones'),
      value: number(community.phones),
      sub: t('status.listening', { n: number(server.streams) }),
      to: phones,
    },
    {
      label: t('status.silent'),
      value: list ? number(silent) : null,
      sub: t('status.forADay'),
      kind: signalOf(silent, 'ask'),
      to: phones,
    },
  ]
}

export const recordFigures = (
  text: Text,
  told: Status,
  list: InstallList | null,
  now: number,
): StripFigure[] => [...arrived(text, told), ...held(text, told), ...listening(text, told, list, now)]

function working(text: Text, { server }: Status): StripFigure[] {
  const { t, number, date } = text
  return [
    {
      label: t('status.version'),
      value: server.version,
      sub: t('status.since', { time: date(server.since, 'dateTime') }),
    },
    {
      label: t('status.answers'),
      value: server.p95 === null ? '–' : spanText(text, server.p95),
      sub: server.p99 === null ? undefined : t('status.slowest', { span: spanText(text, server.p99) }),
    },
    {
      label: t('status.shed'),
      value: number(server.shed),
      sub: t('status.shedText'),
      kind: signalOf(server.shed, 'ask'),
    },
  ]
}

function disk(text: Text, told: Status): StripFigure[] {
  const { t, date, ago } = text
  const { kind, bytes, freeBytes, backupAt } = told.storage
  const copy = copyOf(told)
  const far = freeBytes === null && kind === 'postgres'
  const never = t(copy === 'elsewhere' ? 'status.elsewhere' : 'status.never')
  return [
    {
      label: t('status.copy'),
      value: backupAt === null ? never : ago(backupAt, told.time),
      sub: backupAt === null ? undefined : date(backupAt, 'dateTime'),
      kind: copy === 'never' || copy === 'old' ? 'ask' : undefined,
    },
    { label: t('status.size'), value: sizeText(text, bytes), sub: t(`status.${kind}`) },
    {
      label: t('status.free'),
      value: freeBytes === null ? (far ? t('status.freeElsewhere') : null) : sizeText(text, freeBytes),
      sub: far ? t('status.freeWhere') : undefined,
      kind: isTight(told) ? 'refuse' : undefined,
    },
  ]
}

export const serverFigures = (text: Text, told: Status): StripFigure[] => [
  ...working(text, told),
  ...disk(text, told),
]

/** What whoever runs the server can do about it. */
export function hintsOf({ t }: Text, told: Status): string[] {
  const copy = copyOf(told)
  return [
    ...(copy === 'never' || copy === 'old' ? [t('status.hint.copy')] : []),
    ...(copy === 'elsewhere' ? [t('status.hint.elsewhere')] : []),
    ...(isTight(told) ? [t('status.hint.free')] : []),
    ...(told.server.shed > 0 ? [t('status.hint.shed')] : []),
  ]
}
