import { say } from '@/locale'

import type { Point } from './coordinates'
// #ifndef H5
import { toGcj02 } from './coordinates'
// #endif

/** All ways through the app, so that no page spells another's address. */
type Query = Record<string, string | number | boolean | undefined>

function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path
}

function open(path: string, query?: Query): void {
  uni.navigateTo({ url: address(path, query) })
}

/** Where somebody wanted to go when they had to sign in first. */
let wanted: string | undefined

function here(): string | undefined {
  const page = getCurrentPages().at(-1) as { route?: string; options?: Query } | undefined
  return page?.route === undefined ? undefined : address(`/${page.route}`, page.options)
}

export const go = {
  home: () => {
    uni.switchTab({ url: '/pages/home/index' })
  },
  nearby: () => {
    uni.switchTab({ url: '/pages/nearby/index' })
  },
  notices: () => {
    uni.switchTab({ url: '/pages/notices/index' })
  },
  signIn: () => {
    uni.reLaunch({ url: '/pages/sign-in/index' })
  },
  /** Sign in, and come back to this page: a message was tapped long after the last visit. */
  signInAndReturn: () => {
    wanted = here()
    go.signIn()
  },
  signedIn: () => {
    if (wanted === undefined) {
      go.home()
    } else {
      uni.reLaunch({ url: wanted })
      wanted = undefined
    }
  },
  back: () => {
    if (getCurrentPages().length > 1) {
      uni.navigateBack()
    } else {
      uni.switchTab({ url: '/pages/home/index' })
    }
  },
  report: (draft?: string) => {
    open('/pkg-hazards/report/index', { draft })
  },
  detail: (id: number) => {
    open('/pkg-hazards/detail/index', { id })
  },
  /** After sending there is no way back into the form. */
  sent: (id: number) => {
    uni.redirectTo({ url: address('/pkg-hazards/detail/index', { id, sent: 1 }) })
  },
  act: (id: number, move: string) => {
    open('/pkg-hazards/act/index', { id, move })
  },
  mine: () => {
    open('/pkg-hazards/mine/index')
  },
  tasks: () => {
    open('/pkg-hazards/tasks/index')
  },
  /** The cases whose supervision order nobody has answered yet. */
  orders: () => {
    open('/pkg-hazards/tasks/index', { orders: 1 })
  },
  overview: () => {
    open('/pkg-committees/overview/index')
  },
  residence: () => {
    open('/pkg-residents/residence/index')
  },
  requests: () => {
    open('/pkg-residents/requests/index')
  },
  account: () => {
    open('/pkg-residents/account/index')
  },
  leaving: () => {
    open('/pkg-residents/leaving/index')
  },
  /** Whoever asked to go may only see to that. */
  onlyLeaving: () => {
    uni.reLaunch({ url: '/pkg-residents/leaving/index' })
  },
  privacy: () => {
    open('/pkg-residents/privacy/index')
  },
  messages: () => {
    open('/pkg-residents/messages/index')
  },
  announce: () => {
    open('/pkg-committees/announce/index')
  },
  /** What became of what residents reported in a community. */
  became: (place: string) => {
    open('/pkg-reports/became/index', { place })
  },
  announcement: (id: number) => {
    open('/pkg-residents/announcement/index', { id })
  },
}

/** The ways to shifts and rounds. */
export const patrolWays = {
  shifts: (mine = false) => {
    open('/pkg-patrols/shifts/index', { mine: mine ? 1 : undefined })
  },
  myShifts: () => {
    open('/pkg-patrols/mine/index')
  },
  shift: (id: number) => {
    open('/pkg-patrols/shift/index', { id })
  },
  /** A shift that was just planned stands in place of its form. */
  planned: (id: number) => {
    uni.redirectTo({ url: address('/pkg-patrols/shift/index', { id }) })
  },
  swap: (id: number) => {
    open('/pkg-patrols/swap/index', { id })
  },
  plan: () => {
    open('/pkg-patrols/plan/index')
  },
  editShift: (id?: number, day?: string) => {
    open('/pkg-patrols/edit/index', { id, day })
  },
  templates: (place: string) => {
    open('/pkg-patrols/templates/index', { place })
  },
  template: (place: string, id?: number) => {
    open('/pkg-patrols/template/index', { place, id })
  },
  routes: (place: string) => {
    open('/pkg-patrols/routes/index', { place })
  },
  route: (place: string, id?: number) => {
    open('/pkg-patrols/route/index', { place, id })
  },
  suitable: (id: number) => {
    open('/pkg-patrols/suitable/index', { id })
  },
  roster: (place: string, week: string) => {
    open('/pkg-patrols/roster/index', { place, week })
  },
  volunteer: () => {
    open('/pkg-volunteers/profile/index')
  },
  round: (shift: number) => {
    open('/pkg-rounds/round/index', { id: shift })
  },
  lead: (shift: number) => {
    open('/pkg-rounds/lead/index', { id: shift })
  },
  appeals: () => {
    open('/pkg-rounds/appeals/index')
  },
  /** What was found on the way: the report knows on which round. */
  finding: (shift: number) => {
    open('/pkg-hazards/report/index', { round: shift })
  },
}

/** The ways to volunteering: oneself, teams, hours, points, papers. */
export const volunteerWays = {
  volunteer: patrolWays.volunteer,
  records: () => {
    open('/pkg-volunteers/records/index')
  },
  teams: () => {
    open('/pkg-volunteers/teams/index')
  },
  team: (id: number) => {
    open('/pkg-volunteers/team/index', { id })
  },
  hours: () => {
    open('/pkg-volunteers/hours/index')
  },
  honour: () => {
    open('/pkg-volunteers/honour/index')
  },
  certificates: () => {
    open('/pkg-volunteers/certificates/index')
  },
  certificate: (number: string) => {
    open('/pkg-volunteers/certificate/index', { number })
  },
  /** For those who look after volunteers: who they are, their papers, their hours. */
  people: () => {
    open('/pkg-volunteers/people/index')
  },
  papers: () => {
    open('/pkg-volunteers/papers/index')
  },
  correct: (residentId: number, name: string) => {
    open('/pkg-volunteers/correct/index', { id: residentId, name })
  },
  points: () => {
    open('/pkg-points/points/index')
  },
  rewards: () => {
    open('/pkg-points/rewards/index')
  },
  redemptions: () => {
    open('/pkg-points/redemptions/index')
  },
  redemption: (id: number) => {
    open('/pkg-points/redemption/index', { id })
  },
  /** What was just redeemed stands in place of the list that it was chosen from. */
  redeemed: (id: number) => {
    uni.redirectTo({ url: address('/pkg-points/redemption/index', { id }) })
  },
  offer: () => {
    open('/pkg-points/offer/index')
  },
  collect: () => {
    open('/pkg-points/collect/index')
  },
  participation: () => {
    open('/pkg-committees/participation/index')
  },
}

/** The ways to figures, what is said and asked about them, and the reports. */
export const figureWays = {
  figures: (query: Query = {}) => {
    open('/pkg-committees/figures/index', query)
  },
  indicators: (query: Query = {}) => {
    open('/pkg-committees/indicators/index', query)
  },
  children: (query: Query = {}) => {
    open('/pkg-committees/children/index', query)
  },
  figure: (name: string, query: Query) => {
    open('/pkg-committees/figure/index', { ...query, name })
  },
  review: (query: Query = {}) => {
    open('/pkg-committees/review/index', query)
  },
  rectifications: (place?: string) => {
    open('/pkg-committees/rectifications/index', { place })
  },
  rectification: (id: number) => {
    open('/pkg-committees/rectification/index', { id })
  },
  raise: (place: string) => {
    open('/pkg-committees/raise/index', { place })
  },
  /** What was just asked for stands in place of its form. */
  raised: (id: number) => {
    uni.redirectTo({ url: address('/pkg-committees/rectification/index', { id }) })
  },
  /** To let a computer in, and to see which are. */
  desk: () => {
    open('/pkg-committees/desk/index')
  },
  reports: (place?: string) => {
    open('/pkg-reports/reports/index', { place })
  },
  report: (id: number) => {
    open('/pkg-reports/report/index', { id })
  },
  /** Another edition stands in place of the one that it corrects. */
  reportInstead: (id: number) => {
    uni.redirectTo({ url: address('/pkg-reports/report/index', { id }) })
  },
}

/** The ways to the daily five, practice, and what one knows. */
export const quizWays = {
  quizzes: () => {
    open('/pkg-quizzes/quizzes/index')
  },
  daily: () => {
    open('/pkg-quizzes/daily/index')
  },
  practice: (topic?: string) => {
    open('/pkg-quizzes/practice/index', { topic })
  },
  knowledge: () => {
    open('/pkg-quizzes/knowledge/index')
  },
  points: volunteerWays.points,
}

/** The ways to the question bank, for those who write and review. */
export const authorWays = {
  questions: () => {
    open('/pkg-questions/questions/index')
  },
  question: (id: number, version?: number) => {
    open('/pkg-questions/question/index', { id, version })
  },
  /** A new question, or another version of one. */
  write: (id?: number) => {
    open('/pkg-questions/write/index', { id })
  },
  /** What was just written stands in place of its form. */
  written: (id: number) => {
    uni.redirectTo({ url: address('/pkg-questions/question/index', { id }) })
  },
  files: () => {
    open('/pkg-questions/files/index')
  },
}

/** The ways to campaigns and challenges: to take part, and to run them. */
export const campaignWays = {
  campaigns: () => {
    open('/pkg-campaigns/campaigns/index')
  },
  campaign: (id: number) => {
    open('/pkg-campaigns/campaign/index', { id })
  },
  take: (campaign: number) => {
    open('/pkg-campaigns/take/index', { campaign })
  },
  certificate: (campaign: number) => {
    open('/pkg-campaigns/certificate/index', { campaign })
  },
  edit: (id?: number) => {
    open('/pkg-campaigns/edit/index', { id })
  },
  /** What was just planned stands in place of its form. */
  planned: (id: number) => {
    uni.redirectTo({ url: address('/pkg-campaigns/campaign/index', { id }) })
  },
  breadth: (campaign: number) => {
    open('/pkg-campaigns/breadth/index', { campaign })
  },
  papers: (campaign: number) => {
    open('/pkg-campaigns/papers/index', { campaign })
  },
  enter: (campaign: number) => {
    open('/pkg-campaigns/enter/index', { campaign })
  },
  /** Other answers in place of those that were entered. */
  correct: (campaign: number, result: number) => {
    open('/pkg-campaigns/enter/index', { campaign, result })
  },
  challenges: () => {
    open('/pkg-campaigns/challenges/index')
  },
  challenge: (id: number) => {
    open('/pkg-campaigns/challenge/index', { id })
  },
}

/** The phone's own map and its way there. */
export function showTheWay(point: Point, name: string): void {
  // #ifdef H5
  location.href = `geo:${point.lat},${point.lon}?q=${point.lat},${point.lon}(${encodeURIComponent(name)})`
  // #endif
  // #ifndef H5
  const { lat: latitude, lon: longitude } = toGcj02(point)
  uni.openLocation({ latitude, longitude, name, address: name })
  // #endif
}

export function callPhone(phoneNumber: string): void {
  uni.makePhoneCall({
    phoneNumber,
    fail: ({ errMsg }) => {
      // Whoever thinks better of it has not failed.
      if (!errMsg.includes('cancel')) {
        uni.showToast({ title: say('call.failed'), icon: 'none' })
      }
    },
  })
}
