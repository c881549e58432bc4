import { type Ref, ref } from 'vue'

const TICK_MS = 20_000

const now = ref(new Date())
let ticking = false

/** The current moment, moving on by itself while the app runs; a page that comes up after a night begins with today. */
export function useNow(): Ref<Date> {
  now.value = new Date()
  if (!ticking) {
    ticking = true
    setInterval(() => {
      now.value = new Date()
    }, TICK_MS)
  }
  return now
}
