import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { may } from '../../permissions.ts'
import { type Kind, type News, TEAM } from './news.ts'

/** Who watches, and what of: each is null for those who hear nothing of it. */
export interface Watcher {
  /** The account whose notices they are. */
  accountId: string | null
  /** Doctors and the desk hear of their clinics; `clinicIds` is null for all of them. */
  team: { doctorId: string | null; clinicIds: ReadonlySet<string> | null } | null
  /** The doctor whose times are looked at, and the clinics they are at. */
  times: { doctorId: string; clinicIds: ReadonlySet<string> } | null
}

/**
 * The front desk watches its own clinics, doctors those they work at, admins all, and whoever has notices those. Anybody
 * at all may watch the times of a doctor.
 */
export async function watcherOf(actor: Actor, timesOf: string | null): Promise<Watcher> {
  const { role, doctorId } = actor
  const own = role === 'DOCTOR' ? doctorId : null
  const clinics = await clinicsOf([own, timesOf].filter(id => id !== null))
  const of = (id: string) => new Set(clinics.get(id))
  const team = own ? of(own) : role === 'STAFF' ? new Set(actor.clinicIds) : null
  return {
    accountId: may(actor, 'notices.read') ? actor.id : null,
    team: team || role === 'ADMIN' ? { doctorId, clinicIds: team } : null,
    times: timesOf ? { doctorId: timesOf, clinicIds: of(timesOf) } : null
  }
}

/** The clinics of each of these doctors. */
export async function clinicsOf(doctorIds: string[]) {
  const clinics = new Map<string, string[]>(doctorIds.map(id => [id, []]))
  if (doctorIds.length === 0) return clinics
  const rows = await db.doctorClinic.findMany({ where: { doctorId: { in: doctorIds } } })
  for (const { doctorId, clinicId } of rows) clinics.get(doctorId)?.push(clinicId)
  return clinics
}

/** What somebody hears of it, if anything. `clinics` are those of the doctors in the news. */
export function heardOf(news: News, watcher: Watcher, clinics: Map<string, string[]>): Kind[] {
  if (news.kind === 'notice') {
    const isTheirs = watcher.accountId !== null && [null, watcher.accountId].includes(news.accountId)
    return isTheirs ? ['notice'] : []
  }
  return [
    ...(concernsTeam(news, watcher, clinics) ? [news.kind] : []),
    ...(concernsTimes(news, watcher) ? (['timeslot'] as const) : [])
  ]
}

function concernsTeam({ clinicId, doctorId }: News, { team }: Watcher, clinics: Map<string, string[]>) {
  if (!team?.clinicIds) return team !== null
  const { clinicIds } = team
  if (clinicId) return clinicIds.has(clinicId)
  if (!doctorId) return true
  return doctorId === team.doctorId || Boolean(clinics.get(doctorId)?.some(id => clinicIds.has(id)))
}

function concernsTimes({ clinicId, timesOf }: News, { times }: Watcher) {
  if (!times || !timesOf) return false
  return timesOf.length ? timesOf.includes(times.doctorId) : clinicId === null || times.clinicIds.has(clinicId)
}

/** The kinds of things that somebody's stream tells of; with `timesOf` when the times of that doctor change, too. */
export async function kindsHeard({ actor }: Ctx, timesOf: string | null): Promise<Kind[]> {
  const { accountId, team, times } = await watcherOf(actor, timesOf)
  const kinds = new Set<Kind>([...(team ? TEAM : []), ...(times ? (['timeslot'] as const) : [])])
  return [...kinds, ...(accountId ? (['notice'] as const) : [])]
}
