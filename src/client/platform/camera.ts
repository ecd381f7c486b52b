/** Why there is no picture. `none`: no camera; `denied`: not allowed; `insecure`: the page is not on HTTPS. */
export type CameraProblem = 'none' | 'denied' | 'insecure' | 'busy'

export interface Camera {
  stream: MediaStream
  /** Whether the lamp can be switched. */
  hasTorch: boolean
  torch(on: boolean): Promise<void>
  close(): void
}

export type CameraAnswer = { ok: true; camera: Camera } | { ok: false; problem: CameraProblem }

const problems: Record<string, CameraProblem> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
}

const problemOf = (cause: unknown): CameraProblem =>
  cause instanceof DOMException ? (problems[cause.name] ?? 'busy') : 'busy'

function wrap(stream: MediaStream): Camera {
  const [track] = stream.getVideoTracks()
  const abilities: MediaTrackCapabilities & { torch?: boolean } = track?.getCapabilities?.() ?? {}
  const torch = (on: boolean): MediaTrackConstraintSet & { torch: boolean } => ({ torch: on })
  return {
    stream,
    hasTorch: abilities.torch === true,
    torch: async (on) => track?.applyConstraints({ advanced: [torch(on)] }),
    close: () => stream.getTracks().forEach((t) => t.stop()),
  }
}

/** Opens the camera that looks away from the guard. It is to be closed by the caller. */
export async function openCamera(): Promise<CameraAnswer> {
  if (!isSecureContext) return { ok: false, problem: 'insecure' }
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, problem: 'none' }
  try {
    const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }
    return {
      ok: true,
      camera: wrap(await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false })),
    }
  } catch (cause) {
    return { ok: false, problem: problemOf(cause) }
  }
}
