import type { Page, TestInfo } from '@playwright/test'

/** What the stand-in WeChat server received, as `GET /sandbox/messages` tells it. */
interface Message {
  template: string
  data: Record<string, { value: string }>
}

const SHANGHAI_AHEAD_MS = 8 * 3_600_000

/** Whether phones are left in peace now: 21:30 to 07:30 in Shanghai. */
export function isQuiet(): boolean {
  const clock = new Date(Date.now() + SHANGHAI_AHEAD_MS).toISOString().slice(11, 16)
  return clock >= '21:30' || clock < '07:30'
}

/** The stand-in listens on the port after the service's. */
export function sandboxOf({ project }: TestInfo): string {
  const service = new URL(project.use.baseURL ?? '')
  return `http://${service.hostname}:${String(Number(service.port) + 1)}`
}

/** The names of the templates by which a phone was told something with these words. */
export async function sentAbout(page: Page, info: TestInfo, words: string): Promise<string[]> {
  const answer = await page.request.get(`${sandboxOf(info)}/sandbox/messages`)
  const messages = (await answer.json()) as Message[]
  return messages
    .filter(({ data }) => Object.values(data).some(({ value }) => value.includes(words)))
    .map(({ template }) => template)
}
