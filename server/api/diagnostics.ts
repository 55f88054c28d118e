/** What an evaluation found, as the official clients decode it (http-api.md §1.6). */
import * as z from 'zod'
import type { Diagnostic } from '@/lib/language'

const positionShape = z.object({ line: z.number(), column: z.number(), byte: z.number() }).meta({
  id: 'Position',
  description: 'Line and column count from 1, the byte offset from 0.',
})

export const rangeShape = z
  .object({ environment: z.string(), begin: positionShape, end: positionShape })
  .meta({ id: 'Range' })

export const diagnosticShape = z
  .object({
    severity: z.enum(['error', 'warning']),
    summary: z.string(),
    detail: z.string().optional(),
    path: z.string().optional(),
    range: rangeShape.optional(),
  })
  .meta({ id: 'Diagnostic' })

export type WireDiagnostic = z.output<typeof diagnosticShape>

/** Our codes stay inside: strict clients refuse members they do not know. */
export function wireDiagnostics(diagnostics: readonly Diagnostic[]): WireDiagnostic[] {
  return diagnostics.map(({ severity, summary, detail, path, range }) => ({
    severity,
    summary,
    ...(detail !== undefined && { detail }),
    ...(path !== undefined && { path }),
    ...(range !== undefined && { range: wireRange(range) }),
  }))
}

function wireRange({ environment, begin, end }: NonNullable<Diagnostic['range']>) {
  return { environment, begin: wirePosition(begin), end: wirePosition(end) }
}

function wirePosition({ line, column, byte }: z.output<typeof positionShape>) {
  return { line, column, byte }
}

/** Trap 7: no diagnostics is no member, not an empty list. */
export function someDiagnostics(diagnostics: readonly Diagnostic[]): { diagnostics?: WireDiagnostic[] } {
  return diagnostics.length > 0 ? { diagnostics: wireDiagnostics(diagnostics) } : {}
}

/** The same diagnostics with the root `project/name` shown by its bare name, as clients expect it of opening. */
export function renameRoot(diagnostics: readonly Diagnostic[], root: string): Diagnostic[] {
  const bare = root.slice(root.indexOf('/') + 1)
  return diagnostics.map((diagnostic) =>
    diagnostic.range?.environment.toLowerCase() === root.toLowerCase()
      ? { ...diagnostic, range: { ...diagnostic.range, environment: bare } }
      : diagnostic,
  )
}
