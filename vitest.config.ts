import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/run/longest-first.ts'

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // Vitest would leave one core to itself, which of two is half of them.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/app/**'],
          environment: 'node',
          globalSetup: 'tests/server/kit/postgres/setup.ts',
        },
      },
      { extends: true, plugins: [vue()], test: { name: 'page', include: ['tests/app/**/*.test.ts'], environment: 'happy-dom' } },
    ],
  },
})
