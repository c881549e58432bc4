/** Redemptions still to be collected are kept on the phone: a code has to show in a cellar without a network, too. */
import { api, type Page, Problem, type Redemption } from '@/api'

const KEY = 'linli.redemptions'
const NOT_FOUND = 404

interface Kept {
  residentId: number
  items: Redemption[]
}

function read(residentId: number): Redemption[] {
  const kept = (uni.getStorageSync(KEY) || null) as Kept | null
  return kept?.residentId === residentId ? kept.items : []
}

function keep(residentId: number, redemption: Redemption): void {
  const others = read(residentId).filter(({ id }) => id !== redemption.id)
  const items = redemption.state === 'reserved' ? [...others, redemption] : others
  uni.setStorageSync(KEY, { residentId, items })
}

export function keptRedemption(residentId: number, id: number): Redemption | null {
  return read(residentId).find((one) => one.id === id) ?? null
}

/** One's redemptions come as a list, the newest first. */
export async function findRedemption(residentId: number, id: number): Promise<Redemption> {
  let cursor: string | undefined
  do {
    const page: Page<Redemption> = await api.redemptions({ cursor })
    const found = page.items.find((one) => one.id === id)
    if (found) {
      keep(residentId, found)
      return found
    }
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  throw new Problem(NOT_FOUND, 'not_found', '', '', [])
}
