import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Figures } from '../storage/rows.ts'
import type { Storage } from '../storage/storage.ts'
import type { Pokes } from '../sync/pokes.ts'
import type { PageFigures, Watch } from '../sync/watch.ts'
import { quantileOf } from './quantile.ts'

interface MeterParts {
  storage: Storage
  pokes: Pokes
  /** The centre's time, ms. */
  now: () => number
}

const pushBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30]
/** A second to ten days: a phone may have been offline for long. */
const lagBuckets = [1, 5, 30, 60, 300, 1800, 3600, 21_600, 86_400, 259_200, 864_000]

/** The metrics of one process, by what they count; `docs/operator.md` lists them. */
function newMetrics(registry: Registry) {
  const registers = [registry]
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers })
  return {
    entries: counter('gatepost_entries_received_total', 'Entries that came in, also those that came again'),
    aside: counter('gatepost_entries_aside_total', 'Entries that were put aside'),
    pages: new Counter({
      name: 'gatepost_pages_total',
      help: 'Pages by what became of them',
      labelNames: ['status'],
      registers,
    }),
    calls: new Counter({
      name: 'gatepost_calls_total',
      help: 'Calls by method, route and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    shed: counter('gatepost_shed_total', 'Calls that were told to come again later'),
    pokes: counter('gatepost_pokes_total', 'Pokes that this process gave or heard of'),
    push: histogram('gatepost_push_seconds', 'From a whole push to its commit on disk', pushBuckets),
    lag: histogram(
      'gatepost_entry_lag_seconds',
      'Age of the oldest entry of a page when it came',
      lagBuckets,
    ),
    streams: gauge('gatepost_streams', 'Phones that listen now'),
    phones: gauge('gatepost_phones', 'Phones that are enrolled'),
    unsent: gauge('gatepost_unsent_entries', 'Entries that phones said they hold unsent'),
    silent: gauge(
      'gatepost_unsent_silent_seconds',
      'Since that phone was heard which holds entries back longest',
    ),
    open: gauge('gatepost_quarantine_open', 'Entries put aside that nobody has decided yet'),
    held: gauge('gatepost_quarantine_held', 'Those of them that wait for something to come'),
  }
}

/** Counts what this process does, for Prometheus and for the coordinator's page. Figures only, nobody's name or id. */
export class Meter implements Watch {
  readonly #registry = new Registry()
  readonly #metrics = newMetrics(this.#registry)
  readonly #storage: Storage
  readonly #now: () => number
  readonly #since: number
  readonly #totals = { entries: 0, pushes: 0, shed: 0 }
  #streams: () => number = () => 0
  #process = false

  constructor({ storage, pokes, now }: MeterParts) {
    this.#storage = storage
    this.#now = now
    this.#since = now()
    pokes.subscribe(() => this.#metrics.pokes.inc())
  }

  pushed(pages: readonly PageFigures[], ms: number): void {
    const { push, lag, ...metrics } = this.#metrics
    push.observe(ms / 1000)
    this.#totals.pushes++
    for (const { status, entries, aside, behind } of pages) {
      metrics.pages.inc({ status })
      metrics.entries.inc(entries)
      metrics.aside.inc(aside)
      this.#totals.entries += entries
      if (behind !== null) lag.observe(Math.max(0, behind) / 1000)
    }
  }

  /** `route`: its template, never an address. */
  called(method: string, route: string, status: number): void {
    this.#metrics.calls.inc({ method, route, status: String(status) })
  }

  shed(): void {
    this.#metrics.shed.inc()
    this.#totals.shed++
  }

  /** `size`: how many streams are open. */
  countStreams(size: () => number): void {
    this.#streams = size
  }

  /** What a coordinator's page says of this process; times in ms. */
  async told() {
    const [push, lag] = [await this.#metrics.push.get(), await this.#metrics.lag.get()]
    const within = (q: number): number | null => quantileOf(push.values, q)
    const quantiles = { p50: within(0.5), p95: within(0.95), p99: within(0.99) }
    const late = { lag50: quantileOf(lag.values, 0.5), lag95: quantileOf(lag.values, 0.95) }
    const { rss } = process.memoryUsage()
    return { since: this.#since, ...this.#totals, ...quantiles, ...late, streams: this.#streams(), rss }
  }

  /** Everything as Prometheus reads it. Sums of the database are asked anew, so that several processes say the same. */
  async scrape(): Promise<{ type: string; text: string }> {
    // Only where somebody asks: it keeps watching the event loop from then on.
    if (!this.#process) collectDefaultMetrics({ register: this.#registry })
    this.#process = true
    this.#sums(await this.#storage.figures())
    this.#metrics.streams.set(this.#streams())
    return { type: this.#registry.contentType, text: await this.#registry.metrics() }
  }

  #sums({ phones, unsent, unsentSince, aside, held }: Figures): void {
    this.#metrics.phones.set(phones)
    this.#metrics.unsent.set(unsent)
    this.#metrics.silent.set(unsentSince === null ? 0 : Math.max(0, this.#now() - unsentSince) / 1000)
    this.#metrics.open.set(aside)
    this.#metrics.held.set(held)
  }
}
