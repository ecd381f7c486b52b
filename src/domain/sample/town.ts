import type { GateRules, postTypes } from '../kinds/post.ts'
import type { Span } from '../rules/duty/plan.ts'

/** The sample neighbourhood's shape: five compounds that differ in size, gates and strictness. */
export interface CompoundPlan {
  name: string
  households: number
  buildings: number
  gates: readonly GatePlan[]
}

export interface GatePlan {
  name: string
  /** Share of the compound's traffic that uses this gate. */
  share: number
  rules: GateRules
  /** Nothing has come from this gate for so long: silence that the board must show. Hours. */
  silentHours?: number
}

const strict: GateRules = {
  people: true,
  vehicles: true,
  temperature: true,
  feverAbove: 37.3,
  purpose: true,
  couriers: 'refuse',
  visitorMinutes: 120,
  deliveryMinutes: 30,
  province: '甘',
  doctorPhone: '00000000120',
}
const easy: GateRules = { ...strict, temperature: false, couriers: 'admit' }
const byDay = { opens: '06:00', closes: '23:00' }

export const communityName = '新城社区（示例）'

export const compounds: readonly CompoundPlan[] = [
  {
    name: '阳光苑',
    households: 260,
    buildings: 9,
    gates: [
      { name: '东门', share: 0.65, rules: { ...strict, code: true, parkingSpaces: 80 } },
      { name: '西门', share: 0.35, rules: { ...strict, ...byDay, vehicles: false } },
    ],
  },
  {
    name: '河滨小区',
    households: 230,
    buildings: 8,
    gates: [
      { name: '南门', share: 0.6, rules: { ...strict, parkingSpaces: 60 } },
      { name: '北门', share: 0.4, rules: strict, silentHours: 3 },
    ],
  },
  {
    name: '建材家属院',
    households: 200,
    buildings: 6,
    gates: [
      { name: '正门', share: 0.7, rules: { ...easy, parkingSpaces: 40 } },
      { name: '后门', share: 0.3, rules: { ...easy, ...byDay, vehicles: false } },
    ],
  },
  {
    name: '东风里',
    households: 170,
    buildings: 6,
    gates: [
      { name: '一号门', share: 0.55, rules: { ...strict, parkingSpaces: 30 } },
      { name: '二号门', share: 0.45, rules: { ...strict, vehicles: false } },
    ],
  },
  {
    name: '学府花园',
    households: 140,
    buildings: 5,
    gates: [{ name: '大门', share: 1, rules: { ...strict, code: true, parkingSpaces: 50 } }],
  },
]

/** A post that is no gate: what it is, when it is staffed, by how many. */
export interface PostPlan {
  name: string
  type: Exclude<(typeof postTypes)[number], 'gate'>
  spans: readonly Span[]
  heads: number
  skills?: readonly string[]
}

const halves: readonly Span[] = [
  { from: '08:00', to: '14:00' },
  { from: '14:00', to: '20:00' },
]
const roundTheClock: readonly Span[] = [...halves, { from: '20:00', to: '08:00' }]
const once: readonly Span[] = [{ from: '09:00', to: '12:00' }]

/** Posts of the community that are no gates. */
export const furtherPosts: readonly PostPlan[] = [
  { name: '西门卡点', type: 'checkpoint', spans: roundTheClock, heads: 2 },
  { name: '高速路口卡点', type: 'checkpoint', spans: halves, heads: 2, skills: ['会用体温计'] },
  { name: '入户宣传组', type: 'publicity', spans: once, heads: 2, skills: ['会说方言'] },
  { name: '流动宣传车', type: 'publicity', spans: once, heads: 1, skills: ['能开车'] },
  { name: '劝导岗', type: 'persuasion', spans: halves, heads: 1 },
  { name: '居家服务组', type: 'isolation', spans: halves, heads: 1 },
  { name: '消毒一组', type: 'disinfection', spans: once, heads: 2 },
  { name: '消毒二组', type: 'disinfection', spans: once, heads: 2 },
  { name: '物资配送', type: 'supplies', spans: once, heads: 2, skills: ['能开车'] },
  { name: '应急小队', type: 'emergency', spans: [{ from: '20:00', to: '08:00' }], heads: 2 },
]
