import { onBeforeUnmount, type Ref, ref } from 'vue'

const SECOND_MS = 1000

/** The current moment by the second, for countdowns; only while the component is there. */
export function useSeconds(): Ref<Date> {
  const now = ref(new Date())
  const timer = setInterval(() => {
    now.value = new Date()
  }, SECOND_MS)
  onBeforeUnmount(() => {
    clearInterval(timer)
  })
  return now
}
