import { ref, shallowRef, type Ref } from 'vue'
import type { Doc } from '../../../domain/entry.ts'
import type { PostId } from '../../../domain/ids.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import type { Station } from '../../../domain/kinds/station.ts'
import type { UnitSignIn } from '../../../domain/kinds/unitSignIn.ts'
import { readCodeText } from '../../../domain/rules/duty/codeText.ts'
import type { TextKey } from '../../i18n/index.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Store } from '../../store/index.ts'
import { useSync, type SyncStatus } from '../../sync/status.ts'
import { useLive } from '../../ui/useLive.ts'

/** The post that a code stands for, and what was read. */
export type ScannedPost = { post: PostId } & Pick<UnitSignIn, 'way' | 'proof'>

/** The post where a unit is, by the code that hangs or is shown there. Nothing of it needs a network. */
export function usePostScan(store: Store, posts: Readonly<Ref<readonly Doc<Post>[]>>) {
  const stations = useLive<Doc<Station>[]>(() => store.watchDocs('station'), [])
  const sync = useSync()
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  const scanned = shallowRef<ScannedPost | null>(null)
  const scanning = ref(false)
  const problem = ref<TextKey | null>(null)

  async function find(text: string): Promise<ScannedPost | TextKey> {
    const code = readCodeText(text)
    if (code.is === 'poster') {
      const post = posts.value.find(({ body }) => body.code === code.code)
      return post ? { post: post.id, way: 'printed' } : 'checkin.read.unknownPost'
    }
    if (code.is !== 'rotating') return 'checkin.read.other'
    const now = systemClock.now() + (status.value?.clockOffMs ?? 0)
    const check = await store.codes.checkRotating(text, stations.value, now)
    if (check.is === 'wrong') return 'checkin.read.other'
    // One that is too old is worth what a printed code is.
    const way = check.is === 'good' ? 'rotating' : 'printed'
    const { post } = check.station.body
    const known = posts.value.some(({ id }) => id === post)
    return known ? { post, way, proof: text } : 'checkin.read.unknownPost'
  }

  return {
    scanned,
    scanning,
    problem,
    begin(): void {
      problem.value = null
      scanning.value = true
    },
    /** Takes up what the camera read; false where it is no code of a post here. */
    async take(text: string): Promise<boolean> {
      const found = await find(text)
      problem.value = typeof found === 'string' ? found : null
      if (typeof found === 'string') return false
      scanned.value = found
      scanning.value = false
      return true
    },
  }
}
