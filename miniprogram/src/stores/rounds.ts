import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { api, type BatchItem, type CheckInForm, type HelpCall, newIdempotencyKey, type ScanKind, type ShiftDetail } from '@/api'
import type { Measured } from '@/composables/use-location'
import { hasText, say } from '@/locale'
import { inWords, isPassing } from '@/utils/failures'
import { inTurn } from '@/utils/in-turn'
import { untilSent } from '@/utils/until-sent'
import { newUuid } from '@/utils/uuid'

import { useNetwork } from './network'
import { useSession } from './session'

const KEY = 'linli.rounds'
/** The service takes so many at once. */
const BATCH = 50
/** The service takes so many points at once; a walker makes 120 in an hour. */
const MOST_POINTS = 200
/** Whoever calls for help is not made to wait longer and longer, nor by chance. */
const HELP_PACE = { pausesS: [5], scatter: 0 }
const FORGET_AFTER_MS = 14 * 86_400_000

/** `refused`: the service will not have it, whatever is tried again; the words say why. */
export type ScanState = 'kept' | 'sent' | 'refused'

export interface KeptScan {
  /** Made on the phone: however often it is sent, it counts once. */
  uuid: string
  residentId: number
  shiftId: number
  kind: ScanKind
  checkpointId: number | null
  at: string
  place: Measured | null
  code: string | null
  state: ScanState
  problem: string | null
  evidence: number | null
  flags: readonly string[]
}

export interface KeptCall {
  key: string
  residentId: number
  shiftId: number
  at: string
  place: Measured | null
  /** Known once the service has it. */
  id: number | null
  problem: string | null
  /** It has set out at least once: whether it arrived, nobody may know. */
  tried?: boolean
  /** All is well after all: the service is to hear that, too. */
  isWell?: boolean
}

interface KeptPoint {
  residentId: number
  shiftId: number
  at: string
  lat: number
  lon: number
  accuracy: number | null
}

interface KeptRound {
  residentId: number
  shift: ShiftDetail
  keptAt: string
  /** Whether this person lets the phone note the way during this round; null: not asked yet. */
  tracked: boolean | null
  /** Whether the service knows of that consent; without it, it takes no places. */
  told: boolean
}

interface Kept {
  rounds: KeptRound[]
  scans: KeptScan[]
  points: KeptPoint[]
  calls: KeptCall[]
}

export interface Seen {
  kind: ScanKind
  checkpointId?: number | null
  code?: string | null
  place: Measured | null
}

/**
 * A round is walked without a network: the shift with its route lies on the phone, every scan is put there
 * first, with the phone's time and the place, and goes out later, in order, once.
 */
export const useRounds = defineStore('rounds', () => {
  const session = useSession()
  const network = useNetwork()
  const again = untilSent(() => sendWaiting(), () => network.mayTry)
  /** In a pocket too, and whatever the phone thinks of its network. */
  const callAgain = untilSent(() => sendCalls(), () => session.signedIn, HELP_PACE)
  const empty: Kept = { rounds: [], scans: [], points: [], calls: [] }
  const kept = ref<Kept>({ ...empty, ...((uni.getStorageSync(KEY) || {}) as Partial<Kept>) })
  const own = computed(() => session.me?.id ?? 0)
  const isMine = ({ residentId }: { residentId: number }) => residentId === own.value
  const scans = computed(() => kept.value.scans.filter(isMine))
  const waiting = computed(() => scans.value.filter(({ state }) => state === 'kept'))
  const calls = computed(() => kept.value.calls.filter(isMine))

  function save(): void {
    uni.setStorageSync(KEY, kept.value)
  }

  function roundOf(shiftId: number): KeptRound | undefined {
    return kept.value.rounds.find((round) => isMine(round) && round.shift.id === shiftId)
  }

  function scansOf(shiftId: number): KeptScan[] {
    return scans.value.filter((scan) => scan.shiftId === shiftId)
  }

  /** Puts a shift on the phone, and forgets those long past of which everything has arrived. */
  function keep(shift: ShiftDetail): void {
    const before = roundOf(shift.id)
    const oldest = Date.now() - FORGET_AFTER_MS
    const isDone = ({ shift: one }: KeptRound) =>
      new Date(one.ends_at).getTime() < oldest && !waiting.value.some(({ shiftId }) => shiftId === one.id)
    const rounds = kept.value.rounds.filter((round) => round !== before && !isDone(round))
    const left = new Set([...rounds.map((round) => round.shift.id), shift.id])
    kept.value = {
      ...kept.value,
      rounds: [
        ...rounds,
        { residentId: own.value, shift, keptAt: new Date().toISOString(), tracked: before?.tracked ?? null, told: before?.told ?? false },
      ],
      scans: kept.value.scans.filter((scan) => left.has(scan.shiftId) || scan.state === 'kept'),
    }
    save()
  }

  function track(shiftId: number, tracked: boolean): void {
    const round = roundOf(shiftId)
    if (round) {
      round.tracked = tracked
      if (!tracked) {
        kept.value.points = kept.value.points.filter((point) => point.shiftId !== shiftId)
      }
      save()
    }
  }

  /** Notes a scan on the phone; what is on the phone is safe, so this is when the person hears "done". */
  function note(shiftId: number, { kind, checkpointId = null, code = null, place }: Seen): KeptScan {
    const scan: KeptScan = {
      uuid: newUuid(),
      residentId: own.value,
      shiftId,
      kind,
      checkpointId,
      at: new Date().toISOString(),
      place,
      code,
      state: 'kept',
      problem: null,
      evidence: null,
      flags: [],
    }
    kept.value.scans = [...kept.value.scans, scan]
    save()
    return scan
  }

  /** A point of the way, if this person agreed to it. */
  function walk(shiftId: number, { lat, lon, accuracy }: Measured): void {
    if (roundOf(shiftId)?.tracked) {
      const point = { residentId: own.value, shiftId, at: new Date().toISOString(), lat, lon, accuracy }
      kept.value.points = [...kept.value.points, point].slice(-MOST_POINTS)
      save()
    }
  }

  /** Sends all that waits, shift by shift. Answers how many arrived. */
  const sendWaiting = inTurn(deliver)

  async function deliver(): Promise<number> {
    if (!session.signedIn) {
      return 0
    }
    let arrived = 0
    try {
      await sendCalls()
      for (const shiftId of new Set(waiting.value.map((scan) => scan.shiftId))) {
        arrived += await sendScans(shiftId)
      }
      await sendPoints()
      again.anew()
    } catch (error) {
      if (!isPassing(error)) {
        throw error
      }
      again.later(error)
    }
    return arrived
  }

  function formOf(scan: KeptScan): CheckInForm {
    const { place, code, checkpointId } = scan
    return {
      client_uuid: scan.uuid,
      kind: scan.kind,
      at: scan.at,
      sent_at: new Date().toISOString(),
      ...(place && { lat: place.lat, lon: place.lon, coord_sys: 'wgs84' as const }),
      ...(place?.accuracy && { accuracy: place.accuracy }),
      ...(code && { code }),
      ...(checkpointId !== null && { checkpoint_id: checkpointId }),
    }
  }

  async function sendScans(shiftId: number): Promise<number> {
    let arrived = 0
    for (let batch = nextBatch(shiftId); batch.length > 0; batch = nextBatch(shiftId)) {
      const { items } = await api.checkInBatch(shiftId, batch.map(formOf)).catch((error: unknown) => {
        if (isPassing(error)) {
          throw error
        }
        // Not one of them will be had: the round is not mine any more, or the shift is gone.
        batch.forEach((scan) => Object.assign(scan, { state: 'refused', problem: inWords(error, say) }))
        save()
        return { items: [] }
      })
      for (const scan of batch.filter(({ state }) => state === 'kept')) {
        const answer = items.find(({ client_uuid: uuid }) => uuid === scan.uuid)
        settle(scan, answer)
        arrived += Number(scan.state === 'sent')
      }
      save()
    }
    return arrived
  }

  function nextBatch(shiftId: number): KeptScan[] {
    return waiting.value.filter((scan) => scan.shiftId === shiftId).slice(0, BATCH)
  }

  function settle(scan: KeptScan, answer: BatchItem | undefined): void {
    if (answer?.check_in) {
      const { evidence, flags } = answer.check_in
      Object.assign(scan, { state: 'sent', problem: null, evidence, flags })
    } else {
      const key = `round.problem.${answer?.code ?? ''}`
      Object.assign(scan, { state: 'refused', problem: say(hasText(key) ? key : 'failure.unknown') })
    }
  }

  async function sendPoints(): Promise<void> {
    const mine = kept.value.points.filter(isMine)
    for (const shiftId of new Set(mine.map((point) => point.shiftId))) {
      const points = mine.filter((point) => point.shiftId === shiftId)
      try {
        await tellConsent(roundOf(shiftId))
        await api.positions(
          shiftId,
          points.map(({ at, lat, lon, accuracy }) => ({ at, lat, lon, accuracy })),
          new Date().toISOString(),
        )
      } catch (error) {
        if (isPassing(error)) {
          throw error
        }
        // Without consent, or after the round, the service wants no places; then nor does the phone.
      }
      kept.value.points = kept.value.points.filter((point) => !points.includes(point))
      save()
    }
  }

  /** The consent is given on the phone, network or not; the service hears it before the first place. */
  async function tellConsent(round: KeptRound | undefined): Promise<void> {
    if (round && !round.told) {
      await api.changeVolunteer({ location_consent: true })
      round.told = true
      save()
    }
  }

  /** On the phone first, like everything else: a call for help goes out again and again until it has arrived. */
  function call(shiftId: number, place: Measured | null): KeptCall {
    const already = callOf(shiftId)
    if (already) {
      return already
    }
    const one: KeptCall = {
      key: newIdempotencyKey(),
      residentId: own.value,
      shiftId,
      at: new Date().toISOString(),
      place,
      id: null,
      problem: null,
    }
    kept.value.calls = [...kept.value.calls, one]
    save()
    return one
  }

  function callOf(shiftId: number): KeptCall | null {
    return calls.value.filter((one) => one.shiftId === shiftId && !one.isWell).at(-1) ?? null
  }

  /** What has become of a call that arrived: who comes, or how it ended. */
  async function lookAfterCall(shiftId: number): Promise<HelpCall | null> {
    const one = callOf(shiftId)
    if (!one?.id) {
      return null
    }
    const { sos } = await api.round(shiftId)
    return sos.find(({ id }) => id === one.id) ?? null
  }

  /** Whoever holds the button again while nobody can say what became of the call: the service takes it for the same one, unless that is over. */
  async function repeatCall(shiftId: number): Promise<void> {
    const before = callOf(shiftId)
    if (before) {
      forget(before)
      call(shiftId, before.place)
      await sendCalls().catch(() => undefined)
    }
  }

  /** By a way of its own: help does not wait until an upload has been given up. */
  const sendCalls = inTurn(deliverCalls)

  async function deliverCalls(): Promise<void> {
    for (const one of calls.value.filter(({ id, problem, isWell }) => (id === null && problem === null) || isWell)) {
      const begunAt = Date.now()
      try {
        await deliverCall(one)
      } catch (error) {
        if (isPassing(error)) {
          callAgain.later(null, begunAt)
          throw error
        }
        if (one.isWell) {
          forget(one) // somebody has closed it before
        }
        one.problem = inWords(error, say)
      } finally {
        save()
      }
    }
  }

  async function deliverCall(one: KeptCall): Promise<void> {
    if (one.id === null && !one.isWell) {
      const { place } = one
      one.tried = true
      save()
      const { id } = await api.callForHelp(one.shiftId, { ...(place && { lat: place.lat, lon: place.lon }), coord_sys: 'wgs84' }, one.key)
      one.id = id
    }
    // Also where it was taken back on the way.
    if (one.isWell) {
      const id = one.id ?? (await arrivedCall(one))
      if (id !== null) {
        await api.moveHelpCall(id, 'closed')
      }
      forget(one)
    }
  }

  /** A call whose answer was lost may have arrived all the same. */
  async function arrivedCall({ shiftId }: KeptCall): Promise<number | null> {
    const { sos } = await api.round(shiftId)
    return sos.find(({ by, state }) => by?.id === own.value && state !== 'closed')?.id ?? null
  }

  /** All is well after all: whoever may have heard the call hears that as well, as soon as there is a network. */
  async function takeBack(shiftId: number): Promise<void> {
    const one = callOf(shiftId)
    if (one?.tried && !one.problem) {
      one.isWell = true
      save()
      await sendCalls().catch(() => undefined)
    } else {
      forgetCall(shiftId)
    }
  }

  /** Somebody has seen to it; the next one is a call of its own. */
  function forgetCall(shiftId: number): void {
    const one = callOf(shiftId)
    if (one) {
      forget(one)
    }
  }

  function forget(gone: KeptCall): void {
    kept.value.calls = kept.value.calls.filter((one) => one.key !== gone.key)
    save()
  }

  return {
    kept,
    scans,
    waiting,
    calls,
    roundOf,
    scansOf,
    keep,
    track,
    note,
    walk,
    call,
    callOf,
    lookAfterCall,
    repeatCall,
    takeBack,
    forgetCall,
    sendCalls,
    sendWaiting,
  }
})
