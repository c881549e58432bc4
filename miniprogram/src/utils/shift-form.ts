/** What a planner fills in for a shift or a template, and what the service is sent of it. */
import type { ShiftSkill } from '@/api'

import { addDays, clockTime, dayOf, momentOf } from './time'

export interface ShiftFields {
  title: string
  place_code: string
  route_id: number | null
  team_id: number | null
  leader_id: number | null
  day: string
  starts: string
  ends: string
  capacity: number
  minimum: number
  skills: ShiftSkill[]
  words: string
  residence_required: boolean
}

const MINUTES_OF_DAY = 1440

export function emptyFields(place: string, day: string): ShiftFields {
  return {
    title: '',
    place_code: place,
    route_id: null,
    team_id: null,
    leader_id: null,
    day,
    starts: '19:00',
    ends: '21:00',
    capacity: 6,
    minimum: 2,
    skills: [],
    words: '',
    residence_required: false,
  }
}

interface Planned {
  title: string
  place_code: string
  route_id: number | null
  team: { id: number } | null
  leader: { id: number } | null
  starts_at: string
  ends_at: string
  capacity: number
  minimum: number
  skills: string[]
  words: string | null
  residence_required: boolean
}

export function fieldsOf(shift: Planned): ShiftFields {
  const { title, place_code, route_id, team, capacity, minimum, skills, words, residence_required } = shift
  return {
    title,
    place_code,
    route_id,
    team_id: team?.id ?? null,
    leader_id: shift.leader?.id ?? null,
    day: dayOf(new Date(shift.starts_at)),
    starts: clockTime(shift.starts_at),
    ends: clockTime(shift.ends_at),
    capacity,
    minimum,
    skills: skills as ShiftSkill[],
    words: words ?? '',
    residence_required,
  }
}

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** An end that is not after the start is on the next day. */
export function minutesBetween(starts: string, ends: string): number {
  return (minutesOf(ends) - minutesOf(starts) + MINUTES_OF_DAY) % MINUTES_OF_DAY || MINUTES_OF_DAY
}

export function moments({ day, starts, ends }: Pick<ShiftFields, 'day' | 'starts' | 'ends'>): { starts_at: string; ends_at: string } {
  const lastDay = minutesOf(ends) > minutesOf(starts) ? day : addDays(day, 1)
  return { starts_at: momentOf(day, starts), ends_at: momentOf(lastDay, ends) }
}

/** The part that shifts and templates share, without empty words. */
export function sharedBody(fields: ShiftFields) {
  const { place_code, route_id, team_id, leader_id, capacity, minimum, skills, residence_required } = fields
  return {
    title: fields.title.trim(),
    place_code,
    route_id,
    team_id,
    leader_id,
    capacity,
    minimum: Math.min(minimum, capacity),
    skills: [...skills],
    words: fields.words.trim() || null,
    residence_required,
  }
}

/** When something that begins at `starts` and takes so many minutes is over, "HH:MM". */
export function endClock(starts: string, minutes: number): string {
  const end = (minutesOf(starts) + minutes) % MINUTES_OF_DAY
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`
}
