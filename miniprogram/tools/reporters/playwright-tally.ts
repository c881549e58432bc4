import { stripVTControlCharacters } from 'node:util'

import type { Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter'

const MOST_SAID = 400

/** Ends the run with what failed and why, each in one line, and one plain line that any script can count. */
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
    for (const test of tests.filter((one) => one.outcome() === 'unexpected')) {
      process.stdout.write(`WHY ${test.titlePath().slice(1).join(' › ')}: ${why(test.results.at(-1)?.error)}\n`)
    }
    process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`)
    return Promise.resolve()
  }
}

function why(error: TestError | undefined): string {
  const said = stripVTControlCharacters(error?.message ?? 'no error told').replaceAll(/\s+/g, ' ')
  return `${said.slice(0, MOST_SAID)} (line ${String(error?.location?.line ?? '?')})`
}
