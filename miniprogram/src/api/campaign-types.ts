/** Campaigns, their paper, who took part, and challenges between grids, in the service's own words, as in types.ts. */
import type { QuizTopic } from './quiz-types'
import type { components, paths } from './schema'
import type { Narrow } from './types'

type Schemas = components['schemas']

export type CampaignState = Schemas['CampaignView']['state']
export type CampaignAudience = Schemas['CampaignView']['audience']
export type EarnedSkill = NonNullable<Schemas['CampaignForm']['skill']>
export type CampaignMoveName = 'announce' | 'drop' | 'call_off' | 'break_off'
export type CampaignMove = Narrow<Schemas['CampaignMoveView'], { move: CampaignMoveName; to: CampaignState }>
export type CampaignPlan = Narrow<Schemas['CampaignPlanView'], { topics: QuizTopic[] }>
export type CampaignQuery = NonNullable<paths['/api/v1/campaigns']['get']['parameters']['query']>
export type CampaignItem = Narrow<Schemas['ListedCampaignView'], { skill: EarnedSkill | null }>
/** `plan`, `history` and `counts` for who plans it. */
export type Campaign = Narrow<
  Schemas['CampaignView'],
  { skill: EarnedSkill | null; moves: CampaignMove[]; plan: CampaignPlan | null }
>
export type CampaignForm = Schemas['CampaignForm']
export type CampaignChange = Schemas['CampaignChangeForm']
export type CampaignMoveForm = Schemas['CampaignMoveForm']
export type CampaignTry = Schemas['CampaignTryView']
/** Who passed what, on a paper that anybody can verify. */
export type PassCertificate = Schemas['PassCertificateView']

export type Papers = Schemas['PapersView']
export type PaperQuestion = Schemas['PaperQuestionView']
export type PaperVariant = Schemas['PaperVariantView']['variant']
export type PaperResult = Schemas['PaperResultView']
export type PaperResultForm = Schemas['PaperResultForm']
export type PaperCorrection = Schemas['PaperCorrectionForm']

/** Who took part, as breadth and never as names; null where fewer than `fewest` would be known by it. */
export type Breadth = Schemas['BreadthView']
export type BreadthTopic = Breadth['topics'][number]

export type Challenge = Schemas['ChallengeView']
export type ChallengeItem = Schemas['ChallengeItemView']
export type ChallengeState = Challenge['state']
export type ChallengeForm = Schemas['ChallengeForm']
