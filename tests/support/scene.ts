import type { GateRules } from '../../src/domain/kinds/post.ts'
import { ChromiumHand } from './hand.ts'
import { newNeighbourhood, type Neighbourhood } from './neighbourhood.ts'
import { Network } from './network.ts'
import { Phone, type Look } from './phone.ts'
import { Server } from './server.ts'
import { joinGate } from './story.ts'

/** A centre, a network before it, a neighbourhood with one gate, and phones that are cleared away together. */
export class Scene {
  readonly server = new Server()
  readonly network = new Network(() => this.server.port)
  readonly #phones: Phone[] = []
  place!: Neighbourhood

  async begin(rules: GateRules = {}): Promise<void> {
    await this.server.start()
    await this.network.start()
    this.place = await newNeighbourhood(this.server, rules)
  }

  /** Where phones find the centre. */
  get origin(): string {
    return this.network.origin
  }

  newPhone(look: Partial<Look> = {}): Phone {
    const phone = new Phone(look)
    this.#phones.push(phone)
    return phone
  }

  /** A guard's phone, enrolled and at the gate. `origin`: where this phone finds the centre. */
  async guard(
    name: string,
    look: Partial<Look> = {},
    origin = this.origin,
  ): Promise<{ phone: Phone; hand: ChromiumHand }> {
    const phone = this.newPhone(look)
    const hand = new ChromiumHand(await phone.switchOn())
    await joinGate(hand, await this.invite(name, origin), name, this.place.gateName)
    return { phone, hand }
  }

  /** Link for a new guard of the compound. */
  invite(name: string, origin = this.origin): Promise<string> {
    const { coordinator, compound } = this.place
    return coordinator.invite('guard', compound, name, origin)
  }

  /** Passages that the centre has, in order of arrival. */
  async atCentre(): Promise<string[]> {
    const facts = await this.place.coordinator.facts(this.place.logbook)
    return facts.filter((fact) => fact.kind === 'passage').map((fact) => fact.id)
  }

  async end(): Promise<void> {
    for (const phone of this.#phones) await phone.end()
    await this.network.end()
    await this.server.end()
  }
}
