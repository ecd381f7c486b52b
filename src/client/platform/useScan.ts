import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { openCamera, type Camera, type CameraProblem, type Facing } from './camera.ts'
import { createScanner, watchVideo } from './scanner.ts'

/** `reader`: there is a picture, but the decoder did not start. */
export type ScanProblem = CameraProblem | 'reader'

export interface Scan {
  camera: ShallowRef<Camera | null>
  problem: Ref<ScanProblem | null>
  torchOn: Ref<boolean>
  /** What the picture is enlarged by; within `camera.zoom`. */
  zoom: Ref<number>
  start(video: HTMLVideoElement): Promise<void>
  stop(): void
  torch(): Promise<void>
  setZoom(times: number): Promise<void>
  /** The text of a code in a picture file; null where there is none. */
  readPicture(file: File): Promise<string | null>
}

/** The camera for as long as the component lives, looking for codes. */
export function useScan(onText: (text: string) => void, facing: Facing = 'environment'): Scan {
  const camera = shallowRef<Camera | null>(null)
  const problem = ref<ScanProblem | null>(null)
  const torchOn = ref(false)
  const zoom = ref(1)
  let [ended, unwatch]: [boolean, () => void] = [false, () => undefined]
  const stop = (): void => {
    unwatch()
    camera.value?.close()
    camera.value = null
    torchOn.value = false
    zoom.value = 1
  }
  onScopeDispose(() => {
    ended = true
    stop()
  })
  return {
    camera,
    problem,
    torchOn,
    zoom,
    stop,
    async start(video) {
      stop()
      problem.value = null
      // The decoder gets ready while the camera opens.
      const ready = createScanner().catch(() => null)
      const answer = await openCamera(facing)
      if (!answer.ok) {
        problem.value = answer.problem
        return
      }
      if (ended) return answer.camera.close()
      camera.value = answer.camera
      video.srcObject = answer.camera.stream
      await video.play().catch(() => undefined)
      const scanner = await ready
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
    async setZoom(times) {
      zoom.value = times
      await camera.value?.setZoom(times).catch(() => undefined)
    },
    readPicture: (file) =>
      createScanner()
        .then((scanner) => scanner.readPicture(file))
        .catch(() => null),
  }
}
