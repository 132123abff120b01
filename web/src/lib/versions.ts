import type { ListVersion } from '../api.ts';
import { short } from './words.ts';

/** The day from which a version served. */
export const dayOf = (version: ListVersion): string => version.activated.slice(0, 10);

/** What the API finds a version by: its day, where it is the only one that began on it; else its hash. */
export function nameOf(version: ListVersion, all: ListVersion[]): string {
  const day = dayOf(version);
  const alone = all.filter((other) => dayOf(other) === day).length === 1;
  return alone ? day : `sha256:${short(version.sha256)}`;
}
