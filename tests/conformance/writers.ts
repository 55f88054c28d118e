import type { Diagnostic } from '@/lib/language'

/** The exact writers of spec §17–20. */
export function reencode(
  _source: string,
  _environment: string,
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  throw new Error('no writer yet')
}

export function expectPatchSecrets(_cases: readonly object[]): void {
  throw new Error('no writer yet')
}

export function expectEditSteps(_cases: readonly object[]): void {
  throw new Error('no writer yet')
}
