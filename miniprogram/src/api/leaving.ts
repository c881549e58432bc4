import { call } from './client'
import type { components } from './schema'
import { dropTokens } from './tokens'

/** When somebody asked for their account to be deleted, and when it will be. */
export type Leaving = components['schemas']['LeavingView']
/** The newest copy of one's data that one asked for. */
export type DataCopy = components['schemas']['CopyView']

/** One's own data, and going. */
export const leavingApi = {
  copy: () => call<DataCopy>('GET', '/me/copy'),
  askForCopy: () => call<DataCopy>('POST', '/me/copy'),
  /** The service has ended every sign-in, this one too. */
  async askToLeave(): Promise<Leaving> {
    const leaving = await call<Leaving>('POST', '/me/leaving', { body: { confirmed: true } })
    dropTokens()
    return leaving
  },
  takeBackLeaving: () => call<undefined>('DELETE', '/me/leaving'),
}
