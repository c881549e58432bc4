import { expect, test as base, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'

import { takePhotos, type Photo } from './photos'
import { slowDown } from './slow'

export type Build = 'h5' | 'mp-weixin'

export interface BuildOptions {
  build: Build
}

/** The demo's people, by what follows `demo:` in their sign-in code. */
export type DemoPerson =
  | 'resident'
  | 'neighbour'
  | 'gridworker'
  | 'gridworker2'
  | 'committee'
  | 'street'
  | 'district'
  | 'outsider'

/** A button takes no tap just after it has come up, just after another tap, and while it is at work. */
const NOT_YET = /main-button--(settling|resting)|is-loading|is-disabled/

/** What the runner notes of a call that a browser cannot make. */
interface WxCall {
  name: string
  options: { tmplIds?: string[] }
}

/** What a move asks for, in the words of the form. */
export interface Answers {
  note?: string
  photo?: Photo
  /** The name of the person in the list. */
  assignee?: string
  /** The first day that the form offers. */
  until?: 'first day'
  rating?: 1 | 2 | 3 | 4 | 5
}

export interface Report {
  category?: string
  description: string
  /** In lists a case is known by its place. */
  address?: string
  photo?: Photo
  anonymous?: boolean
}

/**
 * One person's phone: a browser of its own with the app in one of its two builds. Elements are found
 * by classes of the form `t-<name>`, which survive both builds; attributes do not.
 */
export class Phone {
  /** Errors of the page, and addresses that are not our own: either fails the test. */
  readonly faults: string[] = []

  private constructor(
    readonly page: Page,
    readonly build: Build,
    private readonly home: string,
  ) {}

  static async open(context: BrowserContext, build: Build, home: string): Promise<Phone> {
    const phone = new Phone(await context.newPage(), build, home)
    await phone.watch()
    await slowDown(phone.page)
    if (build === 'h5') await phone.refuseMessages()
    return phone
  }

  /**
   * In a browser the demo asks, in WeChat's place, whether it may send messages. People say no to it
   * wherever it comes up; a test that is about messages answers by `answerMessages`.
   */
  async refuseMessages(): Promise<void> {
    const sheet = this.page.locator('.t-subscribe-sheet').filter({ visible: true })
    await this.page.addLocatorHandler(sheet, async () => {
      await this.see('t-subscribe-refuse').tap()
    })
  }

  /** Hears WeChat's question, answers it, and tells what it was about; `off` is WeChat's own main switch. */
  async answerMessages(answer: 'accept' | 'reject' | 'off', ask: () => Promise<void>): Promise<string[]> {
    if (this.build === 'mp-weixin') return this.answerWeChat(answer, ask)
    const sheet = this.page.locator('.t-subscribe-sheet').filter({ visible: true })
    await this.page.removeLocatorHandler(sheet)
    await ask()
    await expect(this.text('这是演示')).toBeVisible()
    const asked = await this.page.locator('[class*="t-template-"]').filter({ visible: true }).evaluateAll((found) =>
      found.map(({ className }) => /t-template-(\w+)/.exec(className)?.[1] ?? ''),
    )
    await this.press(answer === 'accept' ? 't-subscribe-allow' : 't-subscribe-refuse')
    await expect(sheet).toHaveCount(0)
    await this.refuseMessages()
    return asked
  }

  private async answerWeChat(answer: string, ask: () => Promise<void>): Promise<string[]> {
    const calls = () => this.page.evaluate(() => (globalThis as unknown as { wxCalls?: WxCall[] }).wxCalls ?? [])
    await this.page.evaluate((said) => {
      localStorage.setItem('mp:subscribe-answer', said)
    }, answer)
    await ask()
    await expect.poll(async () => (await calls()).some(({ name }) => name === 'requestSubscribeMessage')).toBe(true)
    return (await calls()).filter(({ name }) => name === 'requestSubscribeMessage').flatMap(({ options }) => options.tmplIds ?? [])
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
      // The browser itself reports every 4xx and every lost connection; those are the app's business.
      const isNetwork = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isNetwork) this.faults.push(`console: ${message.text()}`)
    })
  }

  /** Loads the app afresh at one of its pages, e.g. `/pages/home/index`. */
  async go(path: string): Promise<void> {
    // A changed query makes it a real load: a changed fragment alone would not be one.
    await this.page.goto(`${this.home}/?at=${String(Date.now())}#${path}`)
  }

  async signIn(person: DemoPerson | (string & {})): Promise<void> {
    if (this.build === 'mp-weixin') {
      // Who holds the phone is WeChat's knowledge; the runner reads it here.
      await this.page.goto(`${this.home}/runtime.css`)
      await this.page.evaluate((code) => {
        localStorage.setItem('mp:login-code', code)
      }, `demo:${person}`)
    }
    await this.go('/pages/sign-in/index')
    // At its box: the sentence beside it holds a link.
    await this.see('t-consent').tap({ position: { x: 24, y: 24 } })
    if (this.build === 'h5') await this.chooseWho(person)
    else await this.press('t-sign-in-wechat')
    await expect(this.see('t-report')).toBeVisible()
  }

  /** Those whom the demo names have a button, once they have been fetched; somebody new says their name. */
  private async chooseWho(person: string): Promise<void> {
    await expect(this.see('t-sign-in-resident')).toBeVisible()
    const named = this.see(`t-sign-in-${person}`)
    if (await named.isVisible()) {
      await this.press(named)
      return
    }
    await this.fill('t-sign-in-name', person)
    await this.press('t-sign-in-other')
  }

  /** What is on the screen with this hook; pages left behind stay in the document, unseen. */
  all(hook: string): Locator {
    return this.page.locator(`.${hook}`).filter({ visible: true })
  }

  see(hook: string): Locator {
    return this.all(hook).first()
  }

  text(text: string | RegExp): Locator {
    return this.page.getByText(text).filter({ visible: true }).first()
  }

  async press(target: string | Locator): Promise<void> {
    const element = typeof target === 'string' ? this.see(target) : target
    await element.scrollIntoViewIfNeeded()
    await expect(element).not.toHaveClass(NOT_YET)
    await element.tap()
  }

  async fill(hook: string, text: string): Promise<void> {
    await this.see(hook).locator('input, textarea').last().fill(text)
  }

  async choosePhoto(hook: string, photo: Photo): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.press(hook)
    await (await chooser).setFiles({ name: photo.name, mimeType: 'image/jpeg', buffer: photo.bytes })
  }

  /** Chooses on one's own page how the app speaks and looks, and waits until whoever keeps that knows it. */
  async chooseLook(hook: string): Promise<void> {
    await this.go('/pages/me/index')
    // By day and by night is the phone's own; the rest goes with the person.
    const told = hook.startsWith('t-dark-')
      ? undefined
      : this.page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/api/v1/me') && answer.ok())
    await this.press(hook)
    await told
  }

  /** The tabs from the left: 0 home, 1 nearby, 2 messages, 3 me. */
  async tab(index: number): Promise<void> {
    const bar = this.build === 'h5' ? '.uni-tabbar__item' : '.mp-tab'
    await this.press(this.page.locator(bar).filter({ visible: true }).nth(index))
  }

  /** The number on the tab of the messages; 0 without one. */
  async badge(): Promise<number> {
    const badge = this.page.locator(this.build === 'h5' ? '.uni-tabbar__badge' : '.mp-badge').filter({ visible: true })
    return badge.evaluateAll(([shown]) => Number(shown?.textContent ?? 0))
  }

  async back(): Promise<void> {
    const arrow = this.build === 'h5' ? '.uni-page-head-btn' : '.mp-nav-back'
    await this.press(this.page.locator(arrow).filter({ visible: true }).first())
  }

  /** Says yes to a question of the phone's own. */
  async agree(): Promise<void> {
    const yes = this.build === 'h5' ? '.uni-modal__btn_primary' : '.mp-modal-confirm'
    await this.press(this.page.locator(yes).filter({ visible: true }).first())
  }

  /** What the demo calls a person. */
  async nameOf(person: DemoPerson): Promise<string> {
    const answer = await this.page.request.get('/api/v1/config')
    const { demo_people: people } = (await answer.json()) as { demo_people: { code: string; name: string }[] }
    return people.find(({ code }) => code === `demo:${person}`)?.name ?? ''
  }

  /** Asks the service as this person, past the screen: for what a test only needs to be so. */
  async asThem<Answer>(method: string, path: string, data?: object): Promise<Answer> {
    const access = await this.page.evaluate((prefix) => {
      const kept = JSON.parse(localStorage.getItem(`${prefix}linli.tokens`) ?? '{}') as { access?: string; data?: { access: string } }
      return kept.access ?? kept.data?.access ?? ''
    }, this.build === 'h5' ? '' : 'mp:')
    const answer = await this.page.request.fetch(`/api/v1${path}`, { method, data, headers: { Authorization: `Bearer ${access}` } })
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true)
    return (answer.status() === 204 ? undefined : await answer.json()) as Answer
  }

  // --- The things people do ---------------------------------------------------------------------

  async fillReport({ category = 'FIRE_LANE', description, address, photo, anonymous }: Report): Promise<void> {
    await this.press('t-report')
    if (photo) await this.choosePhoto('t-photo-add', photo)
    await this.press(`t-category-${category}`)
    await this.fill('t-description', description)
    if (address) await this.fill('t-address', address)
    if (anonymous) await this.press('t-anonymous')
  }

  /** Reports a hazard from home; answers its number and leaves the phone on its page. */
  async report(report: Report): Promise<string> {
    await this.fillReport(report)
    await this.press('t-submit')
    const number = this.see('t-number')
    await expect(number).toContainText(/[A-Z]+-\d{8}-\d{4}/)
    return /[A-Z]+-\d{8}-\d{4}/.exec(await number.innerText())?.[0] ?? ''
  }

  /** The address of the case that is on the screen. */
  get case(): string {
    const id = /[?&]id=(\d+)/.exec(this.page.url().split('#')[1] ?? '')?.[1]
    if (!id) throw new Error(`no case at ${this.page.url()}`)
    return `/pkg-hazards/detail/index?id=${id}`
  }

  async move(name: string, answers: Answers = {}): Promise<void> {
    await this.press(`t-move-${name}`)
    // A move that asks for something, be it optional, opens a form; the others are made at once.
    const form = this.see('t-send-move')
    const made = this.page.locator(`body:has(.t-timeline):not(:has(.t-move-${name}))`)
    await expect(form.or(made).first()).toBeVisible()
    if (await form.isVisible()) await this.answer(answers)
    await expect(form).toBeHidden()
    await expect(this.see('t-timeline')).toBeVisible()
    await expect(this.see(`t-move-${name}`)).toBeHidden()
  }

  private async answer({ rating, photo, assignee, until, note }: Answers): Promise<void> {
    if (rating) await this.press(`t-rating-${String(rating)}`)
    if (photo) await this.choosePhoto('t-photo-after', photo)
    if (assignee !== undefined) {
      const people = this.page.locator('[class*="t-assignee-"]').filter({ visible: true })
      await this.press(people.filter({ hasText: assignee }).first())
    }
    if (until) await this.chooseFirstDay()
    if (note) await this.fill('t-note', note)
    await this.press('t-send-move')
  }

  private async chooseFirstDay(): Promise<void> {
    if (this.build === 'mp-weixin') {
      const day = this.see('t-until').locator('input')
      await day.fill((await day.getAttribute('min')) ?? '')
      return
    }
    await this.press('t-until')
    await this.press(this.page.locator('.uni-picker-action-confirm').filter({ visible: true }).first())
  }

  async expectState(word: string): Promise<void> {
    await expect(this.see('t-state')).toContainText(word)
  }

  /** Nothing on the screen reaches beyond its right edge, unless it is made to be scrolled there. */
  async expectNoOverflow(): Promise<void> {
    const beyond = await this.page.evaluate(() => {
      const clips = (element: Element) => getComputedStyle(element).overflowX !== 'visible'
      const isBar = (element: Element) => element === document.body || element === document.documentElement
      return [...document.querySelectorAll('body *')]
        .filter((element) => {
          const { right, width, height } = element.getBoundingClientRect()
          if (width === 0 || height === 0 || right <= window.innerWidth + 1) return false
          for (let around = element.parentElement; around && !isBar(around); around = around.parentElement) {
            // The page's own scroller clips, too, and would hide every mistake.
            const isPage = around.matches('.mp-scroller, .mp-view, .mp-screen, uni-page-body, uni-page-wrapper, uni-page')
            if (clips(around) && !isPage) return false
          }
          return true
        })
        .map((element) => `${element.tagName.toLowerCase()}.${element.className.toString()}`)
    })
    expect(beyond, 'reaches beyond the screen').toEqual([])
  }
}

interface Fixtures {
  /** Hands a phone to a person: `await phoneOf('resident')`. The same person keeps the same phone. */
  phoneOf: (person: DemoPerson | (string & {}), options?: Parameters<Browser['newContext']>[0]) => Promise<Phone>
}

interface WorkerFixtures {
  photos: { blocked: Photo; cleared: Photo }
}

export const test = base.extend<Fixtures & BuildOptions, WorkerFixtures>({
  build: ['h5', { option: true }],

  photos: [
    async ({ browser }, use) => {
      await use(await takePhotos(browser))
    },
    { scope: 'worker' },
  ],

  phoneOf: async ({ browser, build, baseURL }, use) => {
    const phones = new Map<string, Phone>()
    await use(async (person, options) => {
      const known = phones.get(person)
      if (known) return known
      const context = await browser.newContext(options)
      const phone = await Phone.open(context, build, baseURL ?? '')
      phones.set(person, phone)
      await phone.signIn(person)
      return phone
    })
    for (const [person, phone] of phones) {
      expect(phone.faults, `${person}'s phone`).toEqual([])
      await phone.page.context().close()
    }
  },
})

export { expect }
