import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { Pool, type QueryArrayConfig, type QueryArrayResult } from 'pg'

const PACKAGE = '@prisma/schema-engine-wasm/schema_engine_bg'
const CHAR = 18
const CHAR_ARRAY = 1002
const { Character, CharacterArray } = ColumnTypeEnum

declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>
}

let loaded: Promise<void> | undefined

/** Prisma's schema engine in this process (WebAssembly, no binary to download), talking to the database at `url`. */
export async function withSchemaEngine<T>(url: string, run: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load()
  await loaded
  const pool = withLetters(new Pool({ connectionString: url }))
  const adapter = bindMigrationAwareSqlAdapterFactory(new PostgresForEngine(pool))
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
  try {
    return await run(engine)
  } finally {
    engine.free()
    await pool.end()
  }
}

/** The package's own entry imports the `.wasm` file as a module, which Node still calls experimental. */
async function load() {
  const code = await readFile(
    createRequire(import.meta.url)
      .resolve(PACKAGE)
      .replace(/js$/, 'wasm')
  )
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': { ...bindings, ...timers } })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
}

/** The engine never clears its 10 s lock timeout; nobody should have to wait for that before the process may end. */
const timers = Object.fromEntries(
  Object.keys(bindings)
    .filter(name => name.startsWith('__wbg_setTimeout'))
    .map(name => [name, (run: () => void, ms: number) => setTimeout(run, ms).unref()])
)

class PostgresForEngine extends PrismaPg {
  override async connect() {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)

    adapter.queryRaw = async query => {
      const result = await queryRaw(query)
      return { ...result, columnTypes: result.columnTypes.map(type => (type === CharacterArray ? Character : type)) }
    }
    // The adapter's own cuts at every semicolon, even inside a function's body. PostgreSQL needs no cutting.
    adapter.executeScript = async script => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
    }
    return adapter
  }
}

/**
 * The engine reads one-letter `"char"` columns of the catalogue, and the adapter knows only arrays of them. So a
 * letter goes through it dressed as an array, and `queryRaw` above undresses it.
 */
function withLetters(pool: Pool): Pool {
  const query: (request: QueryArrayConfig) => Promise<QueryArrayResult> = pool.query.bind(pool)
  return Object.assign(pool, {
    query: async (request: QueryArrayConfig) => {
      const result = await query(request)
      for (const field of result.fields ?? []) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY
      return result
    }
  })
}
