/** Why there is no picture. `none`: no camera; `denied`: not allowed; `insecure`: the page is not on HTTPS. */
export type CameraProblem = 'none' | 'denied' | 'insecure' | 'busy'

export interface Camera {
  stream: MediaStream
  /** Whether the lamp can be switched. */
  hasTorch: boolean
  torch(on: boolean): Promise<void>
  /** How far it can enlarge; null where it can't. */
  zoom: { min: number; max: number } | null
  setZoom(times: number): Promise<void>
  close(): void
}

/** Away from the person, or towards them. */
export type Facing = 'environment' | 'user'

export type CameraAnswer = { ok: true; camera: Camera } | { ok: false; problem: CameraProblem }

const problems: Record<string, CameraProblem> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
}

const problemOf = (cause: unknown): CameraProblem =>
  cause instanceof DOMException ? (problems[cause.name] ?? 'busy') : 'busy'

/** What phones can that the types of the browser do not know yet. */
type Abilities = MediaTrackCapabilities & { torch?: boolean; zoom?: { min?: number; max?: number } }
type Wishes = MediaTrackConstraintSet & { torch?: boolean; zoom?: number }

function wrap(stream: MediaStream): Camera {
  const [track] = stream.getVideoTracks()
  const abilities: Abilities = track?.getCapabilities?.() ?? {}
  const torch = (on: boolean): Wishes => ({ torch: on })
  const enlarged = (zoom: number): Wishes => ({ zoom })
  const { min = 1, max = 1 } = abilities.zoom ?? {}
  return {
    stream,
    hasTorch: abilities.torch === true,
    torch: async (on) => track?.applyConstraints({ advanced: [torch(on)] }),
    zoom: max > min ? { min, max } : null,
    setZoom: async (times) => track?.applyConstraints({ advanced: [enlarged(times)] }),
    close: () => stream.getTracks().forEach((t) => t.stop()),
  }
}

/** Opens the camera that looks this way, or whichever there is. It is to be closed by the caller. */
export async function openCamera(facing: Facing = 'environment'): Promise<CameraAnswer> {
  if (!globalThis.isSecureContext) return { ok: false, problem: 'insecure' }
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, problem: 'none' }
  try {
    const wanted = { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 } }
    return {
      ok: true,
      camera: wrap(await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false })),
    }
  } catch (cause) {
    return { ok: false, problem: problemOf(cause) }
  }
}
