/** Where somebody is on their round: which checkpoints are done, which comes next, how far it is. */
import type { Checkpoint, ScanKind } from '@/api'

import { distanceMetres, type Point } from './coordinates'

export interface Scanned {
  kind: ScanKind
  checkpointId: number | null
  at: string
  state: 'kept' | 'sent' | 'refused'
}

export interface Step<Scan extends Scanned = Scanned> {
  checkpoint: Checkpoint
  /** The last scan here that counts; a refused one does not. */
  scan: Scan | null
}

const counts = ({ state }: Scanned): boolean => state !== 'refused'

export function steps<Scan extends Scanned>(checkpoints: readonly Checkpoint[], scans: readonly Scan[]): Step<Scan>[] {
  return [...checkpoints]
    .sort((a, b) => a.seq - b.seq)
    .map((checkpoint) => ({
      checkpoint,
      scan: scans.filter((scan) => counts(scan) && scan.checkpointId === checkpoint.id).at(-1) ?? null,
    }))
}

/** The first that is not done; whoever walks the other way round may still scan any of them. */
export function nextStep<Scan extends Scanned>(all: readonly Step<Scan>[]): Step<Scan> | null {
  return all.find(({ scan }) => scan === null) ?? null
}

export function firstOf<Scan extends Scanned>(scans: readonly Scan[], kind: ScanKind): Scan | null {
  return scans.find((scan) => counts(scan) && scan.kind === kind) ?? null
}

export type Phase = 'before' | 'walking' | 'ended'

export function phaseOf(scans: readonly Scanned[]): Phase {
  if (firstOf(scans, 'end')) {
    return 'ended'
  }
  return firstOf(scans, 'start') ? 'walking' : 'before'
}

export function metresTo(here: Point | null, checkpoint: Point): number | null {
  return here ? Math.round(distanceMetres(here, checkpoint)) : null
}

/** The checkpoint at which somebody stands: the nearest within its radius and what the measurement may be off. */
export function standingAt<Scan extends Scanned>(
  all: readonly Step<Scan>[],
  here: (Point & { accuracy: number | null }) | null,
): Step<Scan> | null {
  const MOST_OFF = 50
  if (!here) {
    return null
  }
  const near = all
    .map((step) => ({ step, away: distanceMetres(here, step.checkpoint) }))
    .filter(({ step, away }) => away <= step.checkpoint.radius_m + Math.min(here.accuracy ?? 0, MOST_OFF))
    .sort((a, b) => a.away - b.away)
  return near[0]?.step ?? null
}

/** Whose printed code it is: `LLCP:<checkpoint>:<secret>`; null for any other code. */
export function checkpointOf(code: string): number | null {
  const id = /^LLCP:(\d{1,18}):/.exec(code)?.[1]
  return id === undefined ? null : Number(id)
}
