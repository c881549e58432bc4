/**
 * Lets something run once at a time. Whoever asks while it runs gets one more run after it, shared with all who ask
 * meanwhile: what set out without a network says nothing of the network that has come back since.
 */
export function inTurn<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  let next: Promise<T> | undefined

  function start(): Promise<T> {
    running = run().finally(() => {
      running = undefined
    })
    return running
  }

  return () => {
    if (!running) {
      return start()
    }
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return start()
      })
    return next
  }
}
