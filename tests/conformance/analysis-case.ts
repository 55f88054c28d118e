/** `analysis/`. */
export function runAnalysisCase(_folder: string): void {
  throw new Error('no analysis yet')
}
