import { Client } from 'pg'

/** Tables that the app only ever adds to. */
const APPEND_ONLY = ['audit_events']

/**
 * Lets a role do what the app does, and no more: read and write rows, never change what tables, triggers and functions
 * are, and nothing but add to what must stay as it was written. `url` is that of the owner of the tables; the role must
 * be there. To be run after each migration: new tables are closed to it until then.
 */
export async function allowRuntime(url: string, role: string) {
  const owner = new Client({ connectionString: url })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ name: string; database: string }>(
      'SELECT quote_ident($1) AS name, quote_ident(current_database()) AS database',
      [role]
    )
    for (const { name, database } of rows) await owner.query(grants(name, database))
  } finally {
    await owner.end()
  }
}

/** Jobs are kept in a schema that the app makes for itself. */
const grants = (role: string, database: string) => `
  GRANT CONNECT, CREATE ON DATABASE ${database} TO ${role};
  GRANT USAGE ON SCHEMA public TO ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role};
  REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${role};
  ${APPEND_ONLY.map(table => `REVOKE UPDATE, DELETE ON ${table} FROM ${role};`).join('\n')}`
