import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Located, NetworkFailure, type Place, Problem, type Role, type RoleKind } from '@/api'
import { communityHere } from '@/composables/use-location'
import { isOverseer, placesBelow } from '@/utils/places'

const role = (kind: RoleKind) => ({ kind, place_code: '510105007004', place_name: '长安坊' }) as Role
const grid = { code: '510105007004001', name: '长安坊第1网格' } as Place

describe('the places below', () => {
  it.each([
    ['district', 'street'],
    ['street', 'community'],
    ['committee', 'grid'],
  ] as const)('what a %s oversees are of the kind %s', async (held, kind) => {
    const asked = vi.spyOn(api, 'places').mockResolvedValue({ items: [grid], next_cursor: null })
    expect(await placesBelow(role(held))).toEqual([grid])
    expect(asked).toHaveBeenCalledExactlyOnceWith({ kind, within: '510105007004', limit: 50 })
    expect(isOverseer(held)).toBe(true)
  })

  it('are none where nobody oversees any, and nothing is asked', async () => {
    const asked = vi.spyOn(api, 'places').mockRejectedValue(new NetworkFailure())
    expect(await placesBelow(null)).toEqual([])
    expect(await placesBelow(role('grid_worker'))).toEqual([])
    expect(isOverseer('grid_worker')).toBe(false)
    expect(asked).not.toHaveBeenCalled()
    expect(await placesBelow(role('street'))).toEqual([])
  })
})

describe('the community one stands in', () => {
  const community = { code: '510105007004', name: '长安坊' }

  function standing(known: boolean): void {
    vi.mocked(uni.getLocation).mockImplementation(((options: { success: (place: object) => void; fail: () => void }) => {
      if (known) {
        options.success({ latitude: 30.6, longitude: 104, accuracy: 5 })
      } else {
        options.fail()
      }
    }) as unknown as typeof uni.getLocation)
  }

  beforeEach(() => {
    standing(true)
  })

  it('is found, or it is said why there is none', async () => {
    vi.spyOn(api, 'locate')
      .mockResolvedValueOnce({ community } as Located)
      .mockRejectedValueOnce(new Problem(404, 'outside_all_grids', '', '', []))
    expect(await communityHere()).toEqual(community)
    expect(await communityHere()).toBe('residence.outside')
    standing(false)
    expect(await communityHere()).toBe('residence.noLocation')
  })

  it('is not known where the service fails', async () => {
    vi.spyOn(api, 'locate').mockRejectedValue(new NetworkFailure())
    await expect(communityHere()).rejects.toBeInstanceOf(NetworkFailure)
  })
})
