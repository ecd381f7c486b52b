import { computed } from 'vue'
import { useText } from '../../../i18n/index.ts'
import { useCalls, type Status } from '../../../sync/calls.ts'
import { signalOf, type StripFigure } from '../shared/strip.ts'
import { useNow } from '../shared/useNow.ts'
import { usePolled } from '../shared/usePolled.ts'
import { copyOf, isTight, silentOf, sizeOf, spanOf } from './told.ts'

const phones = { path: '/desk/people', query: { tab: 'phones' } }

/** How the centre does, in figures with words; null until it was heard. */
export function useStatus() {
  const calls = useCalls()
  const { t, tn, number, date, ago } = useText()
  const now = useNow()
  const status = usePolled(() => calls.status())
  const installs = usePolled(() => calls.installs())

  const span = (ms: number): string => {
    const { unit, n } = spanOf(ms)
    return t(`status.${unit}`, { n: number(n) })
  }
  const size = (bytes: number): string => {
    const { unit, n, digits } = sizeOf(bytes)
    return t(`status.${unit}`, { n: number(n, digits) })
  }

  const sent = ({ community, server }: Status): StripFigure[] => [
    {
      label: t('status.received'),
      value: number(community.received),
      sub: t('status.sinceStart', { n: number(server.entries) }),
      to: '/desk/log',
    },
    {
      label: t('status.lag'),
      value: server.lag95 === null ? '–' : span(server.lag95),
      sub: server.lag50 === null ? undefined : t('status.lagHalf', { span: span(server.lag50) }),
      to: phones,
    },
    {
      label: t('status.unsent'),
      value: number(community.unsent),
      sub:
        community.unsentSince === null
          ? undefined
          : t('status.unsentSince', { time: date(community.unsentSince, 'dayTime') }),
      kind: signalOf(community.unsent, 'ask'),
      to: phones,
    },
    {
      label: t('status.aside'),
      value: number(community.aside),
      sub: community.held > 0 ? tn('status.held', community.held) : undefined,
      kind: signalOf(community.aside - community.held, 'ask'),
      to: '/desk/attention',
    },
    {
      label: t('status.phones'),
      value: number(community.phones),
      sub: t('status.listening', { n: number(server.streams) }),
      to: phones,
    },
  ]
  const silent = computed((): StripFigure => {
    const list = installs.value.value
    const count = list ? silentOf(list.installs, now.value) : 0
    return {
      label: t('status.silent'),
      value: list ? number(count) : null,
      sub: t('status.forADay'),
      kind: signalOf(count, 'ask'),
      to: phones,
    }
  })

  const machine = ({ server }: Status): StripFigure[] => [
    {
      label: t('status.version'),
      value: server.version,
      sub: t('status.since', { time: date(server.since, 'dateTime') }),
    },
    {
      label: t('status.answers'),
      value: server.p95 === null ? '–' : span(server.p95),
      sub: server.p99 === null ? undefined : t('status.slowest', { span: span(server.p99) }),
    },
    {
      label: t('status.shed'),
      value: number(server.shed),
      sub: t('status.shedText'),
      kind: signalOf(server.shed, 'ask'),
    },
  ]
  const disk = (told: Status): StripFigure[] => {
    const { kind, bytes, freeBytes, backupAt } = told.storage
    const copy = copyOf(told)
    return [
      {
        label: t('status.copy'),
        value:
          backupAt === null
            ? t(copy === 'elsewhere' ? 'status.elsewhere' : 'status.never')
            : ago(backupAt, told.time),
        sub: backupAt === null ? undefined : date(backupAt, 'dateTime'),
        kind: copy === 'never' || copy === 'old' ? 'ask' : undefined,
      },
      { label: t('status.size'), value: size(bytes), sub: t(`status.${kind}`) },
      ...(freeBytes === null
        ? []
        : [
            {
              label: t('status.free'),
              value: size(freeBytes),
              kind: isTight(told) ? ('refuse' as const) : undefined,
            },
          ]),
    ]
  }

  return {
    problem: status.problem,
    /** Device time of the last answer, ms. */
    at: status.at,
    told: computed(() => {
      const value = status.value.value
      return value && { sent: [...sent(value), silent.value], server: [...machine(value), ...disk(value)] }
    }),
    /** What whoever runs the server can do about it. */
    hints: computed(() => {
      const value = status.value.value
      if (!value) return []
      const copy = copyOf(value)
      return [
        ...(copy === 'never' || copy === 'old' ? [t('status.hint.copy')] : []),
        ...(copy === 'elsewhere' ? [t('status.hint.elsewhere')] : []),
        ...(isTight(value) ? [t('status.hint.free')] : []),
        ...(value.server.shed > 0 ? [t('status.hint.shed')] : []),
      ]
    }),
  }
}
