import type { Reporter, Suite, TestCase } from '@playwright/test/reporter'

/** Ends the run with one plain line that any script can count. */
export default class Tally implements Reporter {
  private suite: Suite | undefined
  private errors = 0

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite
  }

  onError(): void {
    this.errors += 1
  }

  onExit(): Promise<void> {
    const tests: TestCase[] = this.suite?.allTests() ?? []
    const passed = tests.filter((test) => ['expected', 'flaky'].includes(test.outcome())).length
    const failed = tests.filter((test) => test.outcome() === 'unexpected').length + this.errors
    process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`)
    return Promise.resolve()
  }
}
