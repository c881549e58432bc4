import type {
  Breadth,
  Campaign,
  CampaignChange,
  CampaignForm,
  CampaignItem,
  CampaignMoveForm,
  CampaignQuery,
  CampaignTry,
  Challenge,
  ChallengeForm,
  ChallengeItem,
  PaperCorrection,
  PaperResult,
  PaperResultForm,
  Papers,
  PassCertificate,
} from './campaign-types'
import { call } from './client'
import type { Attempt } from './quiz-types'
import type { Items, Page } from './types'

interface PageQuery {
  cursor?: string
  limit?: number
}

const at = (campaign: number) => `/campaigns/${String(campaign)}`

/** Campaigns: those who take part, those who run them. */
export const campaignsApi = {
  campaigns: (query: CampaignQuery = {}) => call<Page<CampaignItem>>('GET', '/campaigns', { query }),
  campaign: (id: number) => call<Campaign>('GET', at(id)),
  planCampaign: (form: CampaignForm, idempotencyKey: string) =>
    call<Campaign>('POST', '/campaigns', { body: form, idempotencyKey }),
  changeCampaign: (id: number, form: CampaignChange) => call<Campaign>('PATCH', at(id), { body: form }),
  moveCampaign: (id: number, form: CampaignMoveForm) =>
    call<Campaign>('POST', `${at(id)}/moves`, { body: form }),

  /** Begins a try; one that is open is given again. */
  tryCampaign: (id: number) => call<Attempt>('POST', `${at(id)}/attempts`),
  campaignTries: (id: number) => call<Items<CampaignTry>>('GET', `${at(id)}/attempts`),
  passCertificate: (id: number) => call<PassCertificate>('GET', `${at(id)}/certificate`),

  papers: (id: number) => call<Papers>('GET', `${at(id)}/papers`),
  /** Counts once by its `client_uuid`, however often it is sent. */
  enterPaper: (id: number, form: PaperResultForm) => call<PaperResult>('POST', `${at(id)}/paper-results`, { body: form }),
  paperResults: (id: number, query: PageQuery = {}) => call<Page<PaperResult>>('GET', `${at(id)}/paper-results`, { query }),
  /** Other answers, or none: then the paper is taken back altogether. */
  correctPaper: (id: number, form: PaperCorrection) =>
    call<PaperResult>('POST', `/paper-results/${String(id)}/corrections`, { body: form }),
  breadth: (id: number) => call<Breadth>('GET', `${at(id)}/breadth`),

  challenges: (query: PageQuery = {}) => call<Page<ChallengeItem>>('GET', '/challenges', { query }),
  challenge: (id: number) => call<Challenge>('GET', `/challenges/${String(id)}`),
  beginChallenge: (form: ChallengeForm, idempotencyKey: string) =>
    call<Challenge>('POST', '/challenges', { body: form, idempotencyKey }),
}
