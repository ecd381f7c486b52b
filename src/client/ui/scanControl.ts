import type { Ref } from 'vue'

/** Why nothing is looked at: no camera, not allowed, no HTTPS, held by another app, or no decoder. */
export type ScanTrouble = 'none' | 'denied' | 'insecure' | 'busy' | 'reader'

/** What the box needs of a camera that looks for codes; the feature makes it and hears the codes. */
export interface ScanControl {
  readonly camera: Readonly<Ref<{ hasTorch: boolean; zoom: { min: number; max: number } | null } | null>>
  readonly problem: Readonly<Ref<ScanTrouble | null>>
  readonly torchOn: Readonly<Ref<boolean>>
  /** What the picture is enlarged by. */
  readonly zoom: Readonly<Ref<number>>
  start(video: HTMLVideoElement): Promise<void>
  torch(): Promise<void>
  setZoom(times: number): Promise<void>
  /** The text of a code in a picture file; null where there is none. */
  readPicture(file: File): Promise<string | null>
}
