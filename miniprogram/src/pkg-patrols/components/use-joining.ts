import { api, newIdempotencyKey, Problem, type SignedUp } from '@/api'
import { MOMENTS, useSubscriptions } from '@/composables/use-subscriptions'
import { useWork } from '@/composables/use-work'
import { say } from '@/locale'
import { useVolunteering } from '@/stores/volunteering'
import { askFirst } from '@/utils/ask'
import { volunteerWays } from '@/utils/go'

/** Whoever is no volunteer yet is led to the form, which leads back. */
function leadToProfile(): void {
  askFirst({ title: say('shift.notYet'), text: say('shift.notYetText'), yes: say('shift.toProfile') }, volunteerWays.volunteer)
}

/**
 * Taking a seat, from the list or from the shift's page. The question about messages comes straight
 * from the tap; one tap has one key, so that a second try after a lost answer takes no second seat.
 */
export function useJoining() {
  const subscriptions = useSubscriptions()
  const volunteering = useVolunteering()
  const { doing, failed, work, tell } = useWork()
  const keys = new Map<string, string>()

  function keyFor(what: string): string {
    const key = keys.get(what) ?? newIdempotencyKey()
    keys.set(what, key)
    return key
  }

  async function take(what: string, shiftId: number, ask: (key: string) => Promise<SignedUp>): Promise<SignedUp | null> {
    let answer: SignedUp | null = null
    await work(
      async () => {
        // Whoever has to register first is not asked two things at once.
        if (volunteering.profile !== null) {
          void subscriptions.ask(MOMENTS.shift)
        }
        answer = await ask(keyFor(what))
        keys.delete(what)
      },
      {
        name: shiftId,
        otherwise: (error) => {
          if (error instanceof Problem) {
            keys.delete(what)
          }
          if (error instanceof Problem && error.code === 'not_a_volunteer') {
            leadToProfile()
          } else {
            tell(error)
          }
        },
      },
    )
    return answer
  }

  async function freshen(): Promise<void> {
    volunteering.forgetOthers()
    if (!volunteering.profile) {
      volunteering.load().catch(() => undefined)
    }
    await subscriptions.freshen()
  }

  return {
    doing,
    failed,
    freshen,
    join: (id: number) => take(`join.${id}`, id, (key) => api.joinShift(id, key)),
    standIn: (id: number) => take(`stand-in.${id}`, id, (key) => api.standIn(id, key)),
  }
}
