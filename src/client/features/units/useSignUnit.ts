import * as v from 'valibot'
import { computed, ref, type Ref } from 'vue'
import type { Doc } from '../../../domain/entry.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import { UnitSignIn } from '../../../domain/kinds/unitSignIn.ts'
import type { Unit } from '../../../domain/kinds/unit.ts'
import { logbookId } from '../../../domain/logbooks.ts'
import { readShortCode } from '../../../domain/rules/duty/shortCode.ts'
import { splitNames } from '../../../domain/rules/duty/names.ts'
import type { TextKey } from '../../i18n/index.ts'
import { SaveFailed, useStore, type Identity } from '../../store/index.ts'
import { useLive } from '../../ui/useLive.ts'
import { keepTyped } from './keepTyped.ts'
import { usePostScan, type ScannedPost } from './usePostScan.ts'

/** Heads that are believed without asking twice. */
const headsAtMost = 2000

export type SignInError = 'unit' | 'nobody' | 'heads' | 'code' | 'names'

/** Units that somebody may sign in: those they lead; a coordinator all of them. */
const mayLead = (unit: Doc<Unit>, me: Identity): boolean =>
  unit.body.leads?.includes(me.member) === true || me.grants.some(({ role }) => role === 'coordinator')

/** What the lead writes, and what is wrong with it. */
function useGroup(
  units: Ref<readonly Doc<Unit>[]>,
  posts: Readonly<Ref<readonly Doc<Post>[]>>,
  scanned: Ref<ScannedPost | null>,
) {
  const [unit, post, code, names, heads] = [ref(''), ref(''), ref(''), ref(''), ref('')]
  const tried = ref(false)
  /** The one that they lead is chosen already. */
  const chosen = computed(() => unit.value || (units.value.length === 1 ? (units.value[0]?.id ?? '') : ''))
  const coded = computed(() => {
    const short = readShortCode(code.value)
    return short === null ? undefined : posts.value.find(({ body }) => body.code === short)
  })
  const named = computed(() => splitNames(names.value))
  const people = computed(() => named.value.map((name) => ({ name })))
  const count = computed(() => (heads.value.trim() === '' ? 0 : Number(heads.value.normalize('NFKC'))))
  const error = computed((): SignInError | null => {
    if (chosen.value === '') return 'unit'
    if (code.value.trim() !== '' && !coded.value) return 'code'
    if (!v.is(UnitSignIn.entries.names, people.value)) return 'names'
    if (!Number.isInteger(count.value) || count.value < 0 || count.value > headsAtMost) return 'heads'
    return count.value === 0 && named.value.length === 0 ? 'nobody' : null
  })
  /** Where, and how that is known: a typed code first, then the post as long as it is the one that was scanned. */
  const where = (): Partial<ScannedPost> & Pick<ScannedPost, 'way'> => {
    if (coded.value) return { post: coded.value.id, way: 'typed' }
    if (scanned.value?.post === post.value) return scanned.value
    return { way: 'hand', ...(post.value === '' ? {} : { post: post.value }) }
  }
  const body = () => ({
    unit: chosen.value,
    heads: count.value,
    names: people.value,
    ...where(),
  })
  const clear = (): void => {
    names.value = heads.value = code.value = ''
    scanned.value = null
    tried.value = false
  }
  return { unit, chosen, post, code, coded, names, named, heads, error, tried, body, clear }
}

/** A lead signs a group in: the unit, where, who by name, and how many more. */
export function useSignUnit() {
  const store = useStore()
  const identity = useLive<Identity | null>(() => store.identity(), null)
  const all = useLive<Doc<Unit>[]>(() => store.watchDocs('unit'), [])
  const posts = useLive<Doc<Post>[]>(() => store.watchDocs('post'), [])
  const units = computed(() => {
    const me = identity.value
    return me ? all.value.filter((unit) => mayLead(unit, me)) : []
  })
  const scan = usePostScan(store, posts)
  const form = useGroup(units, posts, scan.scanned)
  async function take(text: string): Promise<void> {
    if (!(await scan.take(text)) || !scan.scanned.value) return
    form.post.value = scan.scanned.value.post
    form.code.value = ''
  }
  keepTyped(store, form)
  const busy = ref(false)
  const failed = ref<TextKey | null>(null)
  const done = ref<{ unit: string; named: number; heads: number } | null>(null)

  async function submit(): Promise<void> {
    form.tried.value = true
    const me = identity.value
    if (form.error.value || !me || busy.value) return
    busy.value = true
    failed.value = null
    const body = form.body()
    const { unit, names, heads } = body
    try {
      await store.save([{ kind: 'unitSignIn', logbook: logbookId('duty', me.community), body }])
      const name = all.value.find(({ id }) => id === unit)?.body.name ?? ''
      done.value = { unit: name, named: names.length, heads }
      form.clear()
    } catch (cause) {
      failed.value = `common.saveFailed.${cause instanceof SaveFailed ? cause.code : 'unavailable'}`
    } finally {
      busy.value = false
    }
  }
  return { ...form, units, posts, busy, failed, done, submit, scan: { ...scan, take } }
}
