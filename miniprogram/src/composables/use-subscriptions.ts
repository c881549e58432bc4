import { shallowRef } from 'vue'

import type { MessageTemplate, SubscribeAnswers, TemplateName } from '@/api'
// #ifdef H5
import { useReference } from '@/stores/reference'
// #endif
import { useSubscriptionStore } from '@/stores/subscriptions'
// #ifndef H5
import { answersOf } from '@/utils/subscriptions'
// #endif

/** `blocked`: WeChat's main switch is off, or it would not ask. `impossible`: there is no WeChat here. */
export type Outcome = 'accepted' | 'refused' | 'nothing' | 'blocked' | 'impossible'

interface Question {
  templates: MessageTemplate[]
  answer: (answers: SubscribeAnswers) => void
}

/** What the demo's sheet asks in a browser, in place of WeChat. */
export const demoQuestion = shallowRef<Question | null>(null)

/** Whether there is anybody here who could ask. */
export function canAsk(): boolean {
  // #ifdef H5
  return useReference().config?.sandbox ?? false
  // #endif
  // #ifndef H5
  return uni.canIUse('requestSubscribeMessage')
  // #endif
}

/** Null: nobody was asked. */
function question(templates: MessageTemplate[]): Promise<SubscribeAnswers | null> {
  return new Promise((resolve) => {
    // #ifdef H5
    demoQuestion.value?.answer({})
    demoQuestion.value = {
      templates,
      answer: (answers) => {
        demoQuestion.value = null
        resolve(answers)
      },
    }
    // #endif
    // #ifndef H5
    const tmplIds = templates.map(({ template_id: id }) => id)
    uni.requestSubscribeMessage({
      tmplIds,
      success: (result) => {
        resolve(answersOf(result as unknown as Record<string, unknown>, tmplIds))
      },
      fail: () => {
        resolve(null)
      },
    })
    // #endif
  })
}

/**
 * Asks whether we may send messages in WeChat. To be called straight from a tap, before anything is
 * awaited: WeChat refuses otherwise. Never fails; whatever comes of it, all messages are in the inbox.
 */
export function useSubscriptions() {
  const store = useSubscriptionStore()

  async function settle(asked: Promise<SubscribeAnswers | null>): Promise<Outcome> {
    const answers = await asked
    if (answers === null) {
      return 'blocked'
    }
    if (Object.keys(answers).length === 0) {
      return 'nothing'
    }
    void store.answer(answers)
    return Object.values(answers).includes('accept') ? 'accepted' : 'refused'
  }

  function ask(names: readonly TemplateName[], { byPerson = false } = {}): Promise<Outcome> {
    if (!canAsk()) {
      return Promise.resolve('impossible')
    }
    const templates = store.due(names, byPerson)
    return templates.length === 0 ? Promise.resolve('nothing') : settle(question(templates))
  }

  return { ask, freshen: store.freshen }
}

/** Which messages belong to which tap. */
export const MOMENTS = {
  report: ['case_accepted', 'case_handled', 'case_late'],
  task: ['task_new', 'task_due', 'task_back'],
  oversight: ['supervision'],
  shift: ['shift'],
  lead: ['shift_lead'],
  quiz: ['quiz'],
} as const satisfies Record<string, readonly TemplateName[]>
