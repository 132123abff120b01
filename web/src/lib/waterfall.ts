import type { EvidenceRow } from '../api.ts';

/** One bar of a waterfall: where the running total stands before and after it, in percent of the width. */
export interface Step {
  row: EvidenceRow;
  left: number;
  width: number;
  total: number;
}

export interface Waterfall {
  steps: Step[];
  zero: number;
  /** The bar of all evidence together. */
  sum: { left: number; width: number };
  stake: number;
}

/** The bars of the evidence, each beginning where the one before it ends. */
export function waterfall(rows: EvidenceRow[]): Waterfall {
  let [total, low, high] = [0, 0, 0];
  const ends = rows.map((row) => {
    const from = total;
    total += row.bits;
    [low, high] = [Math.min(low, total), Math.max(high, total)];
    return { row, from, to: total };
  });
  const span = Math.max(high - low, 1);
  const at = (bits: number): number => ((bits - low) / span) * 100;
  const steps = ends.map(({ row, from, to }) => ({
    row,
    left: at(Math.min(from, to)),
    width: (Math.abs(to - from) / span) * 100,
    total: to,
  }));
  const stake = rows.reduce((sum, row) => sum + row.stake, 0);
  const sum = { left: at(Math.min(0, total)), width: (Math.abs(total) / span) * 100 };
  return { steps, zero: at(0), sum, stake };
}
