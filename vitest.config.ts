import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup/cluster.ts', 'tests/setup/browser.ts'],
    setupFiles: ['tests/setup/database.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: {
      NODE_ENV: 'test',
      BASE_URL: 'http://localhost:3000',
      RATE_LIMIT_FACTOR: '1000',
      LOG_LEVEL: 'silent',
      TEST_GATEWAY_SUCCESS_PERCENT: '100',
      MESSAGES_PER_SECOND: '1000',
      TZ: 'Pacific/Auckland'
    }
  }
})
