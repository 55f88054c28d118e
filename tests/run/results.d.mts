/** What a stage came to. */
export interface StageResult {
  passed: number
  failed: number
  skipped: { name: string; reason: string }[]
}

export function vitestResult(report: unknown): StageResult
export function playwrightResult(report: unknown): StageResult
