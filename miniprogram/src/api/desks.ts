import { call } from './client'
import type { components } from './schema'
import type { Items } from './types'

/** A computer that asks to be let in, or was. */
export type Desk = components['schemas']['DeskView']

/** Computers that act in one's own name, let in by this phone. */
export const desksApi = {
  desk: (code: string) => call<Desk>('GET', `/desk-sign-ins/${encodeURIComponent(code)}`),
  decideDesk: (code: string, letIn: boolean) =>
    call<Desk>('POST', `/desk-sign-ins/${encodeURIComponent(code)}/decisions`, { body: { let_in: letIn } }),
  desks: () => call<Items<Desk>>('GET', '/me/desks'),
  endDesk: (id: number) => call<undefined>('DELETE', `/me/desks/${String(id)}`),
}
