import AxeBuilder from '@axe-core/playwright'
import { expect, request, test as base, type Browser, type BrowserContext, type Cookie, type Locator, type Page } from '@playwright/test'

import { takePhotos, type Photo } from './photos'
import type { BuildOptions, DemoPerson } from './phone'
import { slowDown } from './slow'

/** How a browser shows pages. */
export interface Looks {
  language?: 'zh-Hans' | 'en'
  letters?: 'standard' | 'large'
  scheme?: 'light' | 'dark'
}

const PLAIN: Looks = {}
const OTHERWISE: Looks = { language: 'en', letters: 'large', scheme: 'dark' }
const WIDE = 800
const GRAVE = ['serious', 'critical']

/** Asks the API as one of the demo's people, past every screen. */
export class Api {
  private constructor(
    private readonly home: string,
    private readonly token: string,
  ) {}

  static async of(home: string, person: DemoPerson): Promise<Api> {
    const { access_token: token } = await new Api(home, '').ask<{ access_token: string }>('POST', '/session', { code: `demo:${person}` })
    return new Api(home, token)
  }

  /** Its answer; whatever is refused fails the test. */
  async ask<Answer>(method: string, path: string, data?: object): Promise<Answer> {
    const http = await request.newContext({ baseURL: this.home })
    const headers = this.token ? { Authorization: `Bearer ${this.token}` } : undefined
    const answer = await http.fetch(`/api/v1${path}`, { method, data, headers })
    const text = await answer.text()
    const good = answer.ok()
    await http.dispose()
    expect(good, `${method} ${path}: ${text}`).toBe(true)
    return (text ? JSON.parse(text) : undefined) as Answer
  }

  /** Takes a photo in; returns its id. */
  async photo({ name, bytes }: Photo): Promise<string> {
    const http = await request.newContext({ baseURL: this.home })
    const answer = await http.post('/api/v1/photos', {
      headers: { Authorization: `Bearer ${this.token}` },
      multipart: { file: { name, mimeType: 'image/jpeg', buffer: bytes } },
    })
    const { id } = (await answer.json()) as { id: string }
    await http.dispose()
    return id
  }
}

/** One person's browser at a desk. */
export class Desk {
  /** Errors of the page, and addresses that are not our own: either fails the test. */
  readonly faults: string[] = []
  /** The code of the place whose first page opened. */
  place = ''

  private constructor(
    readonly page: Page,
    readonly home: string,
  ) {}

  static async open(context: BrowserContext, home: string): Promise<Desk> {
    const desk = new Desk(await context.newPage(), home)
    await desk.watch()
    await slowDown(desk.page)
    return desk
  }

  /** Lets nothing out of this origin, and hears every error. */
  private async watch(): Promise<void> {
    await this.page.context().route(
      (url) => url.origin !== this.home && url.protocol.startsWith('http'),
      async (route) => {
        this.faults.push(`asked a third party: ${route.request().url()}`)
        await route.abort()
      },
    )
    this.page.on('pageerror', (error) => {
      this.faults.push(error.stack ?? error.message)
    })
    this.page.on('console', (message) => {
      // A refusal is the page's business, and htmx tells of it, too.
      const isNetwork = /^Failed to load resource|Response Status Error Code/.test(message.text())
      if (message.type() === 'error' && !isNetwork) this.faults.push(`console: ${message.text()}`)
    })
  }

  /** Has a phone let this browser in, and sits down at the first page. */
  async signIn(person: DemoPerson): Promise<void> {
    await this.page.goto('/console/sign-in')
    const code = await this.code()
    // The page asks every other second by itself, for which only its own test waits: away from it.
    await this.page.goto('about:blank')
    await (await Api.of(this.home, person)).ask('POST', `/desk-sign-ins/${code}/decisions`, { let_in: true })
    await this.page.goto('/console/sign-in/state')
    await this.arrived()
  }

  /** The code that the way in shows, as a phone reads it. */
  async code(): Promise<string> {
    return (await this.page.locator('.code').innerText()).replace('-', '')
  }

  /** Waits for the first page, and notes of which place it is. */
  async arrived(): Promise<void> {
    await this.page.waitForURL(/\/console\/\d+\//)
    this.place = /\/console\/(\d+)\//.exec(this.page.url())?.[1] ?? ''
  }

  /** Opens a page of the place: `board?late=true`. */
  async go(path: string): Promise<void> {
    await this.page.goto(`/console/${this.place}/${path}`)
  }

  async look({ language = 'zh-Hans', letters = 'standard', scheme = 'light' }: Looks): Promise<void> {
    const kept = { path: '/console', domain: new URL(this.home).hostname }
    await this.page.context().addCookies([
      { ...kept, name: 'linli_language', value: language },
      { ...kept, name: 'linli_letters', value: letters },
    ])
    await this.page.emulateMedia({ colorScheme: scheme })
  }

  /** What the page says out loud after something was done. */
  get said(): Locator {
    return this.page.locator('#said')
  }

  get refused(): Locator {
    return this.page.locator('#refused')
  }

  /** The two widths show every choice once between them; whoever keeps pictures wants all of them. */
  private looks(): Looks[] {
    if (process.env.LOOK) return [PLAIN, OTHERWISE]
    return [(this.page.viewportSize()?.width ?? WIDE) >= WIDE ? PLAIN : OTHERWISE]
  }

  /** A page of the place without serious fault, however it is shown at this width. */
  async expectGoodLooks(path: string, ready?: (desk: Desk) => Promise<void>): Promise<void> {
    for (const looks of this.looks()) {
      await this.look(looks)
      await this.go(path)
      await ready?.(this)
      await this.picture(`${path}-${looks.scheme ?? 'light'}`)
      await expectNoSeriousFault(this.page)
      await this.expectNoOverflow()
    }
    await this.look(PLAIN)
  }

  /** Nothing makes the page wider than its window: what is wide scrolls by itself. */
  async expectNoOverflow(): Promise<void> {
    const beyond = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(beyond, 'pixels beyond the window').toBeLessThanOrEqual(0)
    // The frame would hide a field that reaches beyond it; what may be scrolled to is not lost.
    const fields = await this.page.evaluate(() => {
      const scrolls = (around: Element | null): boolean =>
        around !== null && around.tagName !== 'MAIN' && (/auto|scroll/.test(getComputedStyle(around).overflowX) || scrolls(around.parentElement))
      return [...document.querySelectorAll<HTMLElement>('main :is(select, input, textarea, table)')]
        .filter((field) => field.checkVisibility() && !scrolls(field.parentElement))
        .filter((field) => field.getBoundingClientRect().right > (field.closest('.card') ?? document.body).getBoundingClientRect().right + 1)
        .map((field) => `${field.tagName} ${field.id}`)
    })
    expect(fields, 'beyond what they stand in').toEqual([])
  }

  /** Keeps a picture for whoever wants to look: `LOOK=/somewhere npm run test:console`. */
  async picture(name: string): Promise<void> {
    if (!process.env.LOOK) return
    const width = String(this.page.viewportSize()?.width)
    await this.page.waitForLoadState('networkidle')
    await this.page.screenshot({ path: `${process.env.LOOK}/${name.replace(/\W+/g, '-')}-${width}.png`, fullPage: true, animations: 'disabled' })
  }
}

/** axe-core finds nothing serious or critical on what is shown. */
export async function expectNoSeriousFault(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations
    .filter(({ impact }) => impact && GRAVE.includes(impact))
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect(grave, 'axe-core').toEqual([])
}

interface Fixtures {
  /** Seats a person at a desk: `await deskOf('committee')`. The same person keeps the same desk. */
  deskOf: (person: DemoPerson, options?: Parameters<Browser['newContext']>[0]) => Promise<Desk>
  /** A browser that nobody sits at. */
  emptyDesk: Desk
  /** Asks the API as somebody: for what a test only needs to be so. */
  apiOf: (person: DemoPerson) => Promise<Api>
}

interface WorkerFixtures {
  photos: { blocked: Photo; cleared: Photo }
  /** The cookies of those who were let in already: a desk is good for hours. */
  letIn: Map<DemoPerson, Cookie[]>
}

export const test = base.extend<Fixtures & BuildOptions, WorkerFixtures>({
  build: ['h5', { option: true }],

  photos: [
    async ({ browser }, use) => {
      await use(await takePhotos(browser))
    },
    { scope: 'worker' },
  ],

  letIn: [
    async ({}, use) => {
      await use(new Map())
    },
    { scope: 'worker' },
  ],

  deskOf: async ({ browser, baseURL, letIn }, use) => {
    const desks = new Map<DemoPerson, Desk>()
    await use(async (person, options) => {
      const seated = desks.get(person)
      if (seated) return seated
      const context = await browser.newContext(options)
      const desk = await Desk.open(context, baseURL ?? '')
      desks.set(person, desk)
      const known = letIn.get(person)
      if (known) {
        await context.addCookies(known)
        await desk.page.goto('/console')
        await desk.arrived()
      } else {
        await desk.signIn(person)
        letIn.set(person, await context.cookies())
      }
      return desk
    })
    for (const [person, desk] of desks) {
      expect(desk.faults, `${person}'s desk`).toEqual([])
      await desk.page.context().close()
    }
  },

  emptyDesk: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext()
    const desk = await Desk.open(context, baseURL ?? '')
    await use(desk)
    expect(desk.faults, 'the empty desk').toEqual([])
    await context.close()
  },

  apiOf: async ({ baseURL }, use) => {
    const known = new Map<DemoPerson, Api>()
    await use(async (person) => {
      const api = known.get(person) ?? (await Api.of(baseURL ?? '', person))
      known.set(person, api)
      return api
    })
  },
})

export { expect }
