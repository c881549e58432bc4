import type { Phone } from './phone'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const SHANGHAI_AHEAD_MS = 8 * 3_600_000

export interface PlannedShift {
  id: number
  title: string
}

interface Route {
  id: number
  name: string
  checkpoints: { id: number; name: string; lat: number; lon: number }[]
}

/** In so many minutes, as the service wants it. */
export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * MINUTE_MS).toISOString()

/** So many days from now at a time of day in Shanghai. */
export function onDay(days: number, clock: string): string {
  const day = new Date(Date.now() + SHANGHAI_AHEAD_MS + days * DAY_MS).toISOString().slice(0, 10)
  return new Date(`${day}T${clock}:00+08:00`).toISOString()
}

/** The community in which the demo's committee works. */
export async function placeOf(staff: Phone): Promise<string> {
  const { roles } = await staff.asThem<{ roles: { kind: string; place_code: string }[] }>('GET', '/me')
  return roles.find(({ kind }) => kind === 'committee')?.place_code ?? ''
}

export async function planShift(staff: Phone, title: string, form: object): Promise<PlannedShift> {
  return staff.asThem<PlannedShift>('POST', '/shifts', { title, place_code: await placeOf(staff), capacity: 4, minimum: 1, ...form })
}

/** A way of the demo's with at least two checkpoints. */
export async function someRoute(staff: Phone): Promise<Route> {
  const { items } = await staff.asThem<{ items: { id: number }[] }>('GET', `/patrol-routes?place=${await placeOf(staff)}`)
  return staff.asThem<Route>('GET', `/patrol-routes/${String(items[0]?.id)}`)
}

/** Somebody new who may join a shift. */
export async function volunteer(phone: Phone): Promise<void> {
  await phone.asThem('PUT', '/me/volunteer', { birth_year: 1970, skills: ['first_aid'], consent: true })
}

/** Holds a code before the phone: WeChat scans it, in a browser its letters are typed. */
export async function scan(phone: Phone, hook: string, code: string): Promise<void> {
  if (phone.build === 'mp-weixin') {
    await phone.page.evaluate((text) => {
      localStorage.setItem('mp:scan', text)
    }, code)
    await phone.press(hook)
    return
  }
  await phone.press(hook)
  await phone.fill('t-code-input', code)
  await phone.press('t-code-done')
}
