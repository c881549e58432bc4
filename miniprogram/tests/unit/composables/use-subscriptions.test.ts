import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Config, NetworkFailure, type Preferences, Problem, type Resident, type TemplateName } from '@/api'
import SubscribeSheet from '@/components/SubscribeSheet.vue'
import { demoQuestion, MOMENTS, useSubscriptions } from '@/composables/use-subscriptions'
import { useReference } from '@/stores/reference'
import { useSession } from '@/stores/session'
import { useSubscriptionStore } from '@/stores/subscriptions'

import { preparePlatform } from '../components/support'

const NAMES: TemplateName[] = ['case_accepted', 'case_handled', 'case_late']
const templates = (left: number) =>
  NAMES.map((name) => ({ name, template_id: `id-${name}`, title: name, left, for_staff: false }))
const preferences: Preferences = { quiet_hours: { from: '21:30', to: '07:30' }, templates: templates(0), kinds: [] }
const allowed = Object.fromEntries(NAMES.map((name) => [`id-${name}`, 'accept']))

function prepare({ sandbox = true } = {}): void {
  preparePlatform()
  demoQuestion.value = null
  const session = useSession()
  session.me = { id: 1, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
  useReference().config = { sandbox } as Config
}

beforeEach(async () => {
  prepare()
  vi.spyOn(api, 'preferences').mockResolvedValue(preferences)
  await useSubscriptionStore().load()
})

describe('asking', () => {
  it('puts the question at once, while the tap still counts', () => {
    void useSubscriptions().ask(MOMENTS.report)
    expect(demoQuestion.value?.templates.map(({ name }) => name)).toEqual(NAMES)
  })

  it('tells the service what was answered, and knows how many are left', async () => {
    const tell = vi.spyOn(api, 'answerSubscriptions').mockResolvedValue({ templates: templates(1) })
    const outcome = useSubscriptions().ask(MOMENTS.report)
    demoQuestion.value?.answer(allowed as never)
    expect(await outcome).toBe('accepted')
    await flushPromises()
    expect(tell).toHaveBeenCalledWith(allowed, expect.any(String))
    expect(await useSubscriptions().ask(MOMENTS.report)).toBe('nothing')
  })

  it('does not come back to a no by itself', async () => {
    vi.spyOn(api, 'answerSubscriptions').mockResolvedValue({ templates: templates(0) })
    const outcome = useSubscriptions().ask(MOMENTS.report)
    demoQuestion.value?.answer(Object.fromEntries(NAMES.map((name) => [`id-${name}`, 'reject'])) as never)
    expect(await outcome).toBe('refused')
    expect(await useSubscriptions().ask(MOMENTS.report)).toBe('nothing')
    void useSubscriptions().ask(MOMENTS.report, { byPerson: true })
    expect(demoQuestion.value?.templates).toHaveLength(3)
  })

  it('says where nobody can ask, and breaks nothing', async () => {
    prepare({ sandbox: false })
    expect(await useSubscriptions().ask(MOMENTS.report)).toBe('impossible')
    expect(demoQuestion.value).toBeNull()
  })

  it('is quiet while nothing is known yet', async () => {
    prepare()
    uni.removeStorageSync('linli.subscriptions')
    useSubscriptionStore().kept = null
    expect(await useSubscriptions().ask(MOMENTS.report)).toBe('nothing')
  })
})

describe('an answer given without a network', () => {
  it('is kept and told later, once and under one key', async () => {
    const store = useSubscriptionStore()
    const tell = vi.spyOn(api, 'answerSubscriptions').mockRejectedValueOnce(new NetworkFailure())
    await store.answer(allowed as never)
    expect(uni.getStorageSync('linli.subscriptions').waiting).toHaveLength(1)
    tell.mockResolvedValue({ templates: templates(1) })
    await store.sendWaiting()
    await store.sendWaiting()
    expect(tell.mock.calls.map(([answers]) => answers)).toEqual([allowed, allowed])
    expect(tell.mock.calls[0]?.[1]).toBe(tell.mock.calls[1]?.[1])
    expect(tell).toHaveBeenCalledTimes(2)
    expect(uni.getStorageSync('linli.subscriptions').waiting).toHaveLength(0)
  })

  it('is dropped if the service will not have it', async () => {
    vi.spyOn(api, 'answerSubscriptions').mockRejectedValue(new Problem(422, 'invalid', '', '', []))
    await useSubscriptionStore().answer(allowed as never)
    expect(uni.getStorageSync('linli.subscriptions').waiting).toHaveLength(0)
  })
})

describe('a switch', () => {
  it('moves at once, and back when the service refuses', async () => {
    const store = useSubscriptionStore()
    const kinds = [{ kind: 'case_late', title: '超期', template: 'case_late' as const, on: true }]
    vi.spyOn(api, 'preferences').mockResolvedValue({ ...preferences, kinds })
    await store.load()
    vi.spyOn(api, 'changePreferences').mockRejectedValue(new NetworkFailure())
    const switching = store.switchKind('case_late', false)
    expect(store.preferences.kinds[0].on).toBe(false)
    await expect(switching).rejects.toBeInstanceOf(NetworkFailure)
    expect(store.preferences.kinds[0].on).toBe(true)
  })
})

describe('the demo’s sheet', () => {
  it('says that it is one, and answers per template', async () => {
    const sheet = mount(SubscribeSheet)
    const tell = vi.spyOn(api, 'answerSubscriptions').mockResolvedValue({ templates: templates(1) })
    void useSubscriptions().ask(MOMENTS.report)
    await sheet.vm.$nextTick()
    expect(sheet.text()).toContain('这是演示')
    await sheet.find('.t-template-case_late').trigger('click')
    await sheet.find('.t-subscribe-allow').trigger('click')
    await flushPromises()
    expect(tell.mock.calls[0]?.[0]).toEqual({ ...allowed, 'id-case_late': 'reject' })
    expect(sheet.find('.t-subscribe-sheet').exists()).toBe(false)
  })
})
