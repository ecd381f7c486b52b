import type { ChromiumHand } from './hand.ts'
import { press, row, type Screens } from './screens.ts'

/** On a desk a turn stands in the week, on a phone in the day's list. */
const turn = (hand: ChromiumHand): Promise<void> =>
  hand.page.locator('td .chip, main li button').first().click()
/** Above the phones stand the invitations. */
const phone = (hand: ChromiumHand): Promise<void> =>
  hand.page
    .getByRole('main')
    .getByRole('button', { name: /Sample guard/ })
    .first()
    .click()
/** The log of the last hours: a day that has just begun holds no entry. */
const log = `/desk/log?from=${Date.now() - 12 * 3_600_000}`
/** Every screen of a coordinator. */
export const deskScreens: Screens = {
  board: { path: '/desk/board' },
  'on duty': { path: '/desk/duty' },
  'on duty, by place': { path: '/desk/duty?tab=places' },
  'on duty, by unit': { path: '/desk/duty?tab=units' },
  'export of hours': { path: '/desk/duty', press: press('desk.export.title') },
  'check-ins': { path: '/desk/duty/entries?what=yesterday' },
  'a paper sheet': { path: '/desk/duty/paper' },
  'sign-in sheets': { path: '/desk/print/sheet' },
  units: { path: '/desk/units' },
  'a new unit': { path: '/desk/units', press: press('units.add') },
  'a unit signs in': { path: '/units' },
  log: { path: log },
  'an entry': { path: log, press: row(0) },
  export: { path: log, press: press('desk.export.title') },
  people: { path: '/desk/people' },
  'a member': { path: '/desk/people', press: row(2) },
  'an invitation': { path: '/desk/people', press: press('desk.invite.title', 'desk.invite.make') },
  phones: { path: '/desk/people?tab=phones' },
  'a phone': { path: '/desk/people?tab=phones', press: phone },
  places: { path: '/desk/places' },
  'a new compound': { path: '/desk/places', press: press('desk.place.addCompound') },
  roster: { path: '/desk/roster' },
  'a turn': { path: '/desk/roster', press: turn },
  'somebody for a turn': {
    path: '/desk/roster',
    press: async (hand) => {
      await turn(hand)
      await press('plan.assign')(hand)
    },
  },
  'a week to copy': { path: '/desk/roster', press: press('plan.copyWeek') },
  'new turns': { path: '/desk/roster/new' },
  'the roster on paper': { path: '/desk/print/roster' },
  posts: { path: '/desk/posts' },
  'a new post': { path: '/desk/posts/new' },
  posters: { path: '/desk/print/posters' },
  'a gate and its rules': { path: '/desk/places', link: /\/gates\/[^/]{36}$/ },
  homes: { path: '/desk/places', link: /\/homes$/ },
  'a home': { path: '/desk/places', link: /\/homes$/, press: row(0) },
  'to do': { path: '/desk/attention' },
  'the centre': { path: '/desk/status' },
  'who read much': { path: '/desk/status/reads' },
  'the community’s name': { path: '/desk/start' },
}
