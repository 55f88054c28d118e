/** Small tools for the programs in this folder. Figures are ratios measured side by side in one run; nothing asserts them. */

export interface Summary {
  p50: number
  p95: number
  max: number
}

/** Percentiles of samples by the nearest-rank method; same unit as the samples. */
export function summarize(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}

export interface SampleOptions {
  rounds: number
  /** Rounds that are run but not counted. */
  warmUp?: number
}

/** Runs the work in rounds and gives the milliseconds of each. */
export async function sample(work: () => unknown, { rounds, warmUp = 1 }: SampleOptions): Promise<number[]> {
  const samples: number[] = []
  for (let round = -warmUp; round < rounds; round++) {
    const start = performance.now()
    await work()
    if (round >= 0) samples.push(performance.now() - start)
  }
  return samples
}

/** Prints one figure; `floor` is what the same run measured for the least that any solution must spend. */
export function report(
  name: string,
  value: number,
  { unit = 'ms', floor }: { unit?: string; floor?: number } = {},
): void {
  const ratio = floor === undefined ? '' : `  ${(value / floor).toFixed(2)} × floor (${round(floor)} ${unit})`
  console.log(`${name.padEnd(52)} ${round(value).padStart(9)} ${unit}${ratio}`)
}

export function reportSummary(name: string, samples: readonly number[]): void {
  const { p50, p95 } = summarize(samples)
  report(`${name} p50`, p50)
  report(`${name} p95`, p95)
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
