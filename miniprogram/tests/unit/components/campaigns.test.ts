import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Attempt, type CampaignItem, type PaperQuestion, type QuestionFigures } from '@/api'
import CampaignAsk from '@/pages/home/CampaignAsk.vue'
import AnswerSheet from '@/pkg-campaigns/components/AnswerSheet.vue'
import TryResult from '@/pkg-campaigns/take/TryResult.vue'
import { handOver } from '@/pkg-questions/components/files'
import FiguresCard from '@/pkg-questions/components/FiguresCard.vue'
import OptionEditor from '@/pkg-questions/components/OptionEditor.vue'
import { emptyOption } from '@/pkg-questions/components/form'

import { preparePlatform } from './support'

beforeEach(preparePlatform)

describe('a campaign on the home page', () => {
  it('says until when, or that it was begun', async () => {
    const campaign = { id: 7, title: '消防月安全答题', last_day: '2026-12-05', mine: { open: false, tries: 0, passed: false, best_percent: null } } as unknown as CampaignItem
    const card = mount(CampaignAsk, { props: { campaign } })
    expect(card.text()).toContain('消防月安全答题')
    expect(card.text()).toContain('12月5日前完成')
    await card.setProps({ campaign: { ...campaign, mine: { ...campaign.mine, open: true } } })
    expect(card.text()).toContain('接着答')
  })
})

describe('the sheet of a paper', () => {
  const questions: PaperQuestion[] = [
    { number: 1, kind: 'single', letters: ['A', 'B'], pick: 'one' },
    { number: 2, kind: 'ordering', letters: ['A', 'B', 'C'], pick: 'order' },
  ]

  it('gives back all answers, those not tapped as blanks', async () => {
    const sheet = mount(AnswerSheet, { props: { questions, answers: [], wrong: { 1: '还缺一个' } } })
    await sheet.find('.t-letter-1-B').trigger('click')
    expect(sheet.emitted('change')).toEqual([[['B', '']]])
    expect(sheet.find('.t-line-2').text()).toContain('还缺一个')
  })
})

describe('the result of a try', () => {
  const verdict = { campaign_id: 1, percent: 50, pass_percent: 80, passed: false, tries_left: 2, next_try_at: null, certificate_number: null }
  const result = { right: 1, of: 2, verdict } as unknown as NonNullable<Attempt['result']>
  const attempt = { questions: [] } as unknown as Attempt

  it('says how many tries are left, and offers a certificate only to who passed', async () => {
    const page = mount(TryResult, { props: { campaign: 1, attempt, result } })
    expect(page.text()).toContain('还差一点')
    expect(page.text()).toContain('还有 2 次')
    expect(page.find('.t-certificate').exists()).toBe(false)
    await page.setProps({ result: { ...result, verdict: { ...verdict, passed: true, certificate_number: 'LLP-1' } } })
    expect(page.find('.t-verdict').text()).toBe('合格了！')
    expect(page.find('.t-certificate').exists()).toBe(true)
  })
})

describe('figures of a question', () => {
  it('say what they mean, or that there are too few answers', async () => {
    const card = mount(FiguresCard, { props: { figures: null, options: ['不能', '能'] } })
    expect(card.text()).toContain('不到 30 个')
    const figures: QuestionFigures = {
      answers: 60,
      facility: 0.25,
      discrimination: -0.2,
      flags: ['negative'],
      options: [
        { number: 0, right: true, share: 0.25, by_best: 0.1, by_worst: 0.4 },
        { number: 1, right: false, share: 0.75, by_best: 0.9, by_worst: 0.6 },
      ],
    }
    await card.setProps({ figures })
    expect(card.text()).toContain('60 人第一次作答，答对25%')
    expect(card.text()).toContain('先核对答案')
    expect(card.text()).toContain('答得最好的四分之一里 90%')
  })
})

describe('an option while it is written', () => {
  it('is moved in an order, and marked elsewhere', async () => {
    const props = { option: emptyOption(), number: 2, english: false, last: true, removable: true }
    const order = mount(OptionEditor, { props: { ...props, kind: 'ordering' as const } })
    expect(order.find('.t-right-2').exists()).toBe(false)
    await order.find('.option__up').trigger('click')
    expect(order.emitted('move')).toEqual([[-1]])
    expect(order.find('.option__down').exists()).toBe(false)
    const single = mount(OptionEditor, { props: { ...props, kind: 'single' as const } })
    await single.find('.t-right-2').trigger('click')
    expect(single.emitted('right')).toHaveLength(1)
  })
})

describe('files of questions', () => {
  it('go up with what is said beside them', async () => {
    vi.mocked(uni.uploadFile).mockImplementation((options) => {
      options.success?.({ statusCode: 200, data: '{"accepted":1}', errMsg: '' } as never)
      return undefined as never
    })
    await expect(api.importQuestions('blob:a', { format: 'gift', topic: 'fire' })).resolves.toEqual({ accepted: 1 })
    expect(vi.mocked(uni.uploadFile).mock.calls[0]?.[0]).toMatchObject({ filePath: 'blob:a', formData: { format: 'gift', topic: 'fire' } })
  })

  it('come down only with a good answer, and are handed over by their name', async () => {
    const statuses = [200, 403]
    Object.assign(uni, {
      downloadFile: vi.fn(({ success }: { success: (answer: object) => void }) => {
        success({ statusCode: statuses.shift(), tempFilePath: 'blob:file' })
      }),
    })
    await expect(api.exportQuestions({ format: 'csv' })).resolves.toBe('blob:file')
    await expect(api.exportQuestions({ format: 'csv' })).rejects.toThrow()
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      expect([this.href, this.download]).toEqual(['blob:file', 'questions.csv'])
    })
    handOver('blob:file', 'questions.csv')
    await flushPromises()
    expect(click).toHaveBeenCalledOnce()
  })
})
