import { say } from '@/locale'

interface Question {
  title: string
  text: string
  /** What the answer that does it is called. */
  yes: string
  no?: string
}

/** Asks once more before what one does not want by a slip of the finger. */
export function askFirst({ title, text, yes, no = say('cancel') }: Question, action: () => unknown): void {
  uni.showModal({
    title,
    content: text,
    confirmText: yes,
    cancelText: no,
    success: ({ confirm }) => {
      if (confirm) {
        void action()
      }
    },
  })
}
