// My shifts as a calendar, read as phones and web calendars read it. The server's own test
// (tests/patrols/test_calendar_elsewhere.py) proves that the file is what it makes.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import ICAL from 'ical.js'
import { beforeAll, describe, expect, it } from 'vitest'

const written = readFileSync(resolve('tests/unit/calendar/shifts.ics'), 'utf8')
const calendar = new ICAL.Component(ICAL.parse(written))

function event(name: string): ICAL.Event {
  const found = calendar
    .getAllSubcomponents('vevent')
    .find((each) => each.getFirstPropertyValue('uid') === `${name}@linli`)
  if (!found) throw new Error(`no ${name}`)
  return new ICAL.Event(found)
}

function value(name: string, property: string): string {
  return String(event(name).component.getFirstPropertyValue(property))
}

beforeAll(() => {
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
})

describe('my shifts as a calendar', () => {
  it('is version 2.0 and has four events and one zone', () => {
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(4)
    expect(calendar.getAllSubcomponents('vtimezone')).toHaveLength(1)
  })

  it('stands at the moments of the shifts, by the wall of Shanghai', () => {
    expect(event('walked').startDate.zone.tzid).toBe('Asia/Shanghai')
    expect(event('walked').startDate.toString()).toBe('2026-11-23T19:00:00')
    expect(event('walked').startDate.toJSDate().toISOString()).toBe('2026-11-23T11:00:00.000Z')
    expect(event('walked').endDate.toJSDate().toISOString()).toBe('2026-11-23T13:00:00.000Z')
  })

  it('goes over midnight', () => {
    expect(event('night').startDate.toString()).toBe('2026-11-25T23:00:00')
    expect(event('night').endDate.toString()).toBe('2026-11-26T02:00:00')
    expect(event('night').duration.toSeconds()).toBe(3 * 3600)
  })

  it('unfolds and unescapes what planners wrote', () => {
    expect(event('walked').summary).toBe('晚间巡逻; 楼道, 车库')
    expect(event('walked').description).toContain('路线：河边, 东段\n')
    expect(event('night').summary).toBe(
      '冬季夜间消防通道与电动车充电联合巡逻检查第二小组带队老师演练',
    )
    expect(Math.max(...written.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThan(76)
  })

  it('says what is cancelled, and counts the changes', () => {
    const states = Object.fromEntries(
      ['walked', 'night', 'off', 'left'].map((name) => [name, value(name, 'status')]),
    )
    expect(states).toEqual({
      walked: 'CONFIRMED',
      night: 'CONFIRMED',
      off: 'CANCELLED',
      left: 'CANCELLED',
    })
    expect(event('walked').sequence).toBe(0)
    expect(event('night').sequence).toBeGreaterThan(0)
    expect(event('off').sequence).toBeGreaterThan(0)
    expect(event('left').sequence).toBeGreaterThan(0)
  })

  it('rings a day and two hours before, but not for what is cancelled', () => {
    const triggers = (name: string) =>
      event(name)
        .component.getAllSubcomponents('valarm')
        .map((alarm) => String(alarm.getFirstPropertyValue('trigger')))
    expect(triggers('walked')).toEqual(['-P1D', '-PT2H'])
    expect(triggers('off')).toEqual([])
    expect(triggers('left')).toEqual([])
  })

  it('names nobody', () => {
    expect(written).not.toMatch(/ATTENDEE|ORGANIZER|CONTACT/)
  })
})
