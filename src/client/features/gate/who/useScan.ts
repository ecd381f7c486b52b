import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { openCamera, type Camera, type CameraProblem } from '../../../platform/camera.ts'
import { createScanner, watchVideo } from '../../../platform/scanner.ts'

/** `reader`: there is a picture, but the decoder did not start. */
export type ScanProblem = CameraProblem | 'reader'

export interface Scan {
  camera: ShallowRef<Camera | null>
  problem: Ref<ScanProblem | null>
  torchOn: Ref<boolean>
  start(video: HTMLVideoElement): Promise<void>
  stop(): void
  torch(): Promise<void>
  /** The text of a code in a picture file; null where there is none. */
  readPicture(file: File): Promise<string | null>
}

/** The camera for as long as the component lives, looking for codes. */
export function useScan(onText: (text: string) => void): Scan {
  const camera = shallowRef<Camera | null>(null)
  const problem = ref<ScanProblem | null>(null)
  const torchOn = ref(false)
  let [ended, unwatch]: [boolean, () => void] = [false, () => undefined]
  const stop = (): void => {
    unwatch()
    camera.value?.close()
    camera.value = null
    torchOn.value = false
  }
  onScopeDispose(() => {
    ended = true
    stop()
  })
  return {
    camera,
    problem,
    torchOn,
    stop,
    async start(video) {
      stop()
      problem.value = null
      const answer = await openCamera()
      if (!answer.ok) {
        problem.value = answer.problem
        return
      }
      if (ended) return answer.camera.close()
      camera.value = answer.camera
      video.srcObject = answer.camera.stream
      await video.play().catch(() => undefined)
      const scanner = await createScanner().catch(() => null)
      if (ended) return
      if (scanner) unwatch = watchVideo(scanner, video, onText)
      else {
        stop()
        problem.value = 'reader'
      }
    },
    async torch() {
      torchOn.value = !torchOn.value
      await camera.value?.torch(torchOn.value).catch(() => undefined)
    },
    readPicture: (file) =>
      createScanner()
        .then((scanner) => scanner.read(file))
        .catch(() => null),
  }
}
