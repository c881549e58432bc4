import { useDrafts } from './drafts'
import { usePractice } from './practice'
import { useQuizzes } from './quizzes'
import { useRounds } from './rounds'
import { useSubscriptionStore } from './subscriptions'

/**
 * Tries at once all that waits on the phone: when the app is shown, the network is back, or somebody has signed in.
 * What fails then by something passing is tried again by its own store.
 */
export function sendAllThatWaits(): void {
  // Somebody may be calling for help, so rounds come first.
  void Promise.allSettled([useRounds(), useDrafts(), useQuizzes(), usePractice(), useSubscriptionStore()].map((store) => store.sendWaiting()))
}
