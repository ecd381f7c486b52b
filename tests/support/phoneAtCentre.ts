import { FakeCentre } from './fakeCentre.ts'
import { device, type Device } from './clientPhone.ts'

export interface PhoneAtCentre {
  phone: Device
  centre: FakeCentre
}

/** A device that reaches a pretended centre, which lives by the device's clock. Nobody is enrolled yet. */
export async function phoneAtCentre(): Promise<PhoneAtCentre> {
  const phone = device()
  const centre = await FakeCentre.open(() => phone.time.clock.now())
  phone.transport = centre.transport
  return { phone, centre }
}
