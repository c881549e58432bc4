import type { Campaign, CampaignAudience, CampaignForm, EarnedSkill, QuizTopic } from '@/api'

export interface CampaignFields {
  place_code: string
  title: string
  titleEn: string
  about: string
  aboutEn: string
  english: boolean
  firstDay: string
  lastDay: string
  audience: CampaignAudience
  places: string[]
  topics: QuizTopic[]
  questionIds: number[]
  questions: number
  pass: number
  tries: number
  wait: number
  skill: EarnedSkill | null
  months: number | null
}

const USUAL = { questions: 10, pass: 80, tries: 3, wait: 0 }
export const LIMITS = { fewestQuestions: 3, mostQuestions: 50, mostTries: 10, title: 20, about: 300 }
export const PASS_PERCENTS = [60, 70, 80, 90, 100] as const
export const WAIT_HOURS = [0, 1, 24, 72, 168] as const
export const SKILL_MONTHS = [null, 6, 12, 24, 36] as const

export function emptyFields(place: string, firstDay: string, lastDay: string): CampaignFields {
  return {
    place_code: place,
    title: '',
    titleEn: '',
    about: '',
    aboutEn: '',
    english: false,
    firstDay,
    lastDay,
    audience: 'everybody',
    places: [],
    topics: [],
    questionIds: [],
    ...USUAL,
    skill: null,
    months: null,
  }
}

/** A draft as its planner wrote it. */
export function fieldsOf(campaign: Campaign): CampaignFields {
  const { plan } = campaign
  const whole = plan?.places.length === 1 && plan.places[0] === plan.place_code
  return {
    place_code: campaign.place_code,
    title: plan?.title.zh ?? campaign.title,
    titleEn: plan?.title.en ?? '',
    about: plan?.about?.zh ?? '',
    aboutEn: plan?.about?.en ?? '',
    english: Boolean(plan?.title.en),
    firstDay: campaign.first_day,
    lastDay: campaign.last_day,
    audience: campaign.audience,
    places: whole ? [] : (plan?.places ?? []),
    topics: plan?.topics ?? [],
    questionIds: plan?.question_ids ?? [],
    questions: campaign.question_count,
    pass: campaign.pass_percent,
    tries: campaign.most_tries,
    wait: campaign.wait_hours,
    skill: campaign.skill,
    months: plan?.skill_months ?? null,
  }
}

/** What is missing, as keys of `campaign.missing.`, by field. */
export function missingIn(fields: CampaignFields): Record<string, string> {
  return {
    ...(!fields.title.trim() && { title: 'title' }),
    ...(fields.topics.length === 0 && fields.questionIds.length === 0 && { topics: 'topics' }),
    ...(fields.lastDay < fields.firstDay && { last_day: 'days' }),
  }
}

/** As the service wants it, which reckons the minutes; no places chosen is the whole of one's own. What is empty is said to be, as a change would keep it. */
export function bodyOf(fields: CampaignFields): CampaignForm {
  const both = (zh: string, en: string) => ({ zh: zh.trim(), ...(fields.english && en.trim() && { en: en.trim() }) })
  return {
    place_code: fields.place_code,
    title: both(fields.title, fields.titleEn),
    about: fields.about.trim() ? both(fields.about, fields.aboutEn) : null,
    first_day: fields.firstDay,
    last_day: fields.lastDay,
    audience: fields.audience,
    places: fields.places.length > 0 ? [...fields.places] : [fields.place_code],
    ...(fields.topics.length > 0 ? { topics: [...fields.topics] } : { question_ids: [...fields.questionIds] }),
    question_count: fields.questions,
    minutes: null,
    pass_percent: fields.pass,
    most_tries: fields.tries,
    wait_hours: fields.tries > 1 ? fields.wait : 0,
    skill: fields.skill,
    skill_months: fields.skill ? fields.months : null,
  }
}
