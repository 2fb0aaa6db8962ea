process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath // never run, and so never downloaded: generating needs none
process.env.CHECKPOINT_DISABLE ??= '1'

import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' }
})
