/** Becoming a volunteer, one thing at a time: which steps there are, what is missing, what is sent. */
import type { PlaceName, Skill, SpokenLanguage, Volunteer, VolunteerForm } from '@/api'
import { type Cell, cellsOf, oddTimes, type Time, timesOf } from '@/utils/availability'

export const LEAST_AGE = 14
export const OF_AGE = 18
const OLDEST = 100
export const LANGUAGES = ['zh', 'sc', 'yue', 'wu', 'min', 'hakka', 'en', 'bo', 'ug', 'sign', 'other'] as const
const PHONE = /^1[3-9]\d{9}$/

export const STEPS = ['birth', 'guardian', 'skills', 'languages', 'times', 'places', 'contact', 'agree'] as const
export type Step = (typeof STEPS)[number]

export interface Draft {
  step: Step
  birthYear: number
  guardianName: string
  guardianPhone: string
  guardianAgrees: boolean
  skills: Skill[]
  languages: SpokenLanguage[]
  cells: Cell[]
  odd: Time[]
  mostPerWeek: number
  likes: PlaceName[]
  contactName: string
  contactPhone: string
  risk: boolean
  location: boolean
  honour: boolean
}

export function emptyDraft(): Draft {
  return {
    step: 'birth',
    birthYear: 0,
    guardianName: '',
    guardianPhone: '',
    guardianAgrees: false,
    skills: [],
    languages: [],
    cells: [],
    odd: [],
    mostPerWeek: 0,
    likes: [],
    contactName: '',
    contactPhone: '',
    risk: false,
    location: false,
    honour: false,
  }
}

/** What is known of a volunteer, ready to be changed. */
export function draftOf(known: Volunteer): Draft {
  return {
    step: 'birth',
    birthYear: known.birth_year,
    guardianName: known.guardian?.name ?? '',
    guardianPhone: known.guardian?.phone ?? '',
    guardianAgrees: known.guardian !== null,
    skills: [...known.skills],
    languages: [...known.languages],
    cells: cellsOf(known.availability),
    odd: oddTimes(known.availability),
    mostPerWeek: known.most_per_week ?? 0,
    likes: [...known.liked_places],
    contactName: known.emergency_contact?.name ?? '',
    contactPhone: known.emergency_contact?.phone ?? '',
    risk: known.risk_version === known.risk_current,
    location: known.location_consent_at !== null,
    honour: known.on_honour_board,
  }
}

/** Only the year is known, so everybody counts as born on its last day, as the service counts, too. */
function surelyAged(birthYear: number, year: number): number {
  return year - birthYear - 1
}

export function isTooYoung({ birthYear }: Pick<Draft, 'birthYear'>, year: number): boolean {
  return birthYear > 0 && surelyAged(birthYear, year) < LEAST_AGE
}

export function needsGuardian({ birthYear }: Pick<Draft, 'birthYear'>, year: number): boolean {
  return birthYear > 0 && surelyAged(birthYear, year) < OF_AGE
}

/** The wheel's years, the youngest first; those too young stand there as well and hear a kind no. */
export function birthYears(year: number): number[] {
  return Array.from({ length: OLDEST }, (_, back) => year - back)
}

export function stepsFor(draft: Draft, year: number): Step[] {
  return STEPS.filter((step) => step !== 'guardian' || needsGuardian(draft, year))
}

/** For each field that keeps one from going on, the text that says so. */
export function missing(step: Step, draft: Draft, year: number): Record<string, string> {
  const faults: Record<string, string | false> = {}
  if (step === 'birth') {
    faults.birth_year = draft.birthYear === 0 && 'volunteer.missing.birth'
  } else if (step === 'guardian' && needsGuardian(draft, year)) {
    faults.guardianName = !draft.guardianName.trim() && 'contact.missing.name'
    faults.guardianPhone = !PHONE.test(draft.guardianPhone) && 'contact.missing.phone'
    faults.guardianAgrees = !draft.guardianAgrees && 'volunteer.missing.guardian'
  } else if (step === 'contact' && (draft.contactName.trim() || draft.contactPhone)) {
    faults.contactName = !draft.contactName.trim() && 'contact.missing.name'
    faults.contactPhone = !PHONE.test(draft.contactPhone) && 'contact.missing.phone'
  } else if (step === 'agree') {
    faults.risk = !draft.risk && 'volunteer.missing.risk'
  }
  return Object.fromEntries(Object.entries(faults).filter((pair): pair is [string, string] => Boolean(pair[1])))
}

const contactOf = (name: string, phone: string) => (name.trim() && phone ? { name: name.trim(), phone } : null)

export function bodyOf(draft: Draft, year: number): VolunteerForm {
  const guardian = contactOf(draft.guardianName, draft.guardianPhone)
  return {
    birth_year: draft.birthYear,
    skills: draft.skills,
    languages: draft.languages,
    availability: timesOf(draft.cells, draft.odd),
    most_per_week: draft.mostPerWeek || null,
    likes: draft.likes.map(({ code }) => code),
    emergency_contact: contactOf(draft.contactName, draft.contactPhone),
    ...(needsGuardian(draft, year) && guardian && { guardian: { ...guardian, consent: true as const } }),
    consent: true,
    on_honour_board: draft.honour,
    location_consent: draft.location,
  }
}

/** Which step a refusal of the service belongs to, so that the person stands before the field. */
export function stepOf(field: string): Step {
  const steps: Record<string, Step> = {
    birth_year: 'birth',
    guardian: 'guardian',
    skills: 'skills',
    languages: 'languages',
    availability: 'times',
    most_per_week: 'times',
    likes: 'places',
    emergency_contact: 'contact',
  }
  return steps[field] ?? 'agree'
}
