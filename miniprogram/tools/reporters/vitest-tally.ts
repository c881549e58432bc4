import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that any script can count. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      // A file that cannot even be loaded holds no tests; it still counts as a failure.
      if (module.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        if (state === 'failed') failed += 1
      }
    }
    // The default reporter writes its own summary afterwards; ours has to come last.
    process.once('exit', () => {
      process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`)
    })
  }
}
