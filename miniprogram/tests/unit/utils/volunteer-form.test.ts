import { describe, expect, it } from 'vitest'

import type { Volunteer } from '@/api'
import { bodyOf, birthYears, draftOf, emptyDraft, isTooYoung, missing, needsGuardian, stepOf, stepsFor } from '@/pkg-volunteers/profile/form'

const YEAR = 2026
const grown = { ...emptyDraft(), birthYear: 1960 }
const young = { ...emptyDraft(), birthYear: 2010 }

describe('becoming a volunteer', () => {
  it.each([
    [2013, true, true],
    [2012, true, true],
    [2011, false, true],
    [2008, false, true],
    [2007, false, false],
    [1950, false, false],
  ])('born in %d: too young %s, needs a guardian %s', (birthYear, tooYoung, guardian) => {
    expect(isTooYoung({ birthYear }, YEAR)).toBe(tooYoung)
    expect(needsGuardian({ birthYear }, YEAR)).toBe(guardian)
  })

  it('asks for a guardian only whom it needs', () => {
    expect(stepsFor(grown, YEAR)).not.toContain('guardian')
    expect(stepsFor(young, YEAR)[1]).toBe('guardian')
    expect(birthYears(YEAR)[0]).toBe(YEAR)
  })

  it('says what is missing at each step, and lets go on without what is optional', () => {
    expect(missing('birth', emptyDraft(), YEAR)).toHaveProperty('birth_year')
    expect(Object.keys(missing('guardian', young, YEAR))).toEqual(['guardianName', 'guardianPhone', 'guardianAgrees'])
    expect(missing('contact', grown, YEAR)).toEqual({})
    expect(missing('contact', { ...grown, contactName: '老伴' }, YEAR)).toHaveProperty('contactPhone')
    expect(missing('agree', grown, YEAR)).toHaveProperty('risk')
    for (const step of ['skills', 'languages', 'times', 'places'] as const) {
      expect(missing(step, grown, YEAR)).toEqual({})
    }
  })

  it('sends no guardian for somebody of age, and the times as the service has them', () => {
    const draft = { ...grown, guardianName: '妈妈', guardianPhone: '13800000000', cells: ['6-evening' as const], mostPerWeek: 2 }
    expect(bodyOf(draft, YEAR)).toMatchObject({
      birth_year: 1960,
      availability: [{ weekday: 6, from: '18:00', to: '22:00' }],
      most_per_week: 2,
      emergency_contact: null,
      consent: true,
    })
    expect(bodyOf(draft, YEAR)).not.toHaveProperty('guardian')
    expect(bodyOf({ ...draft, birthYear: 2010 }, YEAR)).toMatchObject({ guardian: { name: '妈妈', consent: true } })
  })

  it('changes nothing by opening and saving what is known', () => {
    const known = {
      birth_year: 1971,
      minor: false,
      guardian: null,
      skills: ['care'],
      languages: ['zh', 'sc'],
      availability: [{ weekday: 2, from: '06:00', to: '12:00' }],
      most_per_week: null,
      likes: ['510105007004001'],
      liked_places: [{ code: '510105007004001', name: '第1网格' }],
      emergency_contact: { name: '女儿', phone: '13900000000' },
      risk_version: '2026-11',
      risk_current: '2026-11',
      location_consent_at: null,
      on_honour_board: true,
    } as unknown as Volunteer
    expect(bodyOf(draftOf(known), YEAR)).toEqual({
      birth_year: 1971,
      skills: ['care'],
      languages: ['zh', 'sc'],
      availability: known.availability,
      most_per_week: null,
      likes: known.likes,
      emergency_contact: known.emergency_contact,
      consent: true,
      on_honour_board: true,
      location_consent: false,
    })
  })

  it('stands before the field that the service refused', () => {
    expect(['birth_year', 'guardian', 'likes', 'consent'].map(stepOf)).toEqual(['birth', 'guardian', 'places', 'agree'])
  })
})
