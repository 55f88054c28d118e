import type { StageResult } from './results.mjs'

export interface Total extends StageResult {
  /** Skipped although they must run. */
  forbidden: StageResult['skipped']
}

export function sum(results: StageResult[]): Total
export function report(total: Total): void
