import { defineConfig } from 'vitest/config';

const setupFiles = ['test/kit/end-with-parent.ts'];

/**
 * Three projects because they need different machines: `unit` runs wherever Node and the programs are that README names,
 * `moto` needs `moto_server` and the `aws` CLI, `browser` needs Chromium.
 * None of them skips: a test whose part is absent fails and says which part.
 */
export default defineConfig({
  test: {
    // With `npm test -- --coverage`, which CI runs.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
      reportOnFailure: true,
      // A floor a little below what was measured: 98 % of lines.
      thresholds: { lines: 95, functions: 93, statements: 94, branches: 85 },
    },
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles,
          include: ['test/**/*.test.ts'],
          exclude: ['test/moto/**', 'test/browser/**'],
          testTimeout: 60_000,
          // Files share the modules of their process: importing them anew for each file took a quarter of the time.
          // A process and not a thread, since the command line's tests change the current folder.
          isolate: false,
          pool: 'forks',
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'moto',
          setupFiles,
          include: ['test/moto/**/*.test.ts'],
          // Each file has a server of its own on a free port.
          maxWorkers: '100%',
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          setupFiles,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
