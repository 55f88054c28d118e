import type { Diagnostic } from '../syntax/diagnostic'
import type { ProviderCall, Rotation } from './evaluation'

/** One finding of the evaluation of an environment, in order of discovery. */
export type Finding =
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'call'; readonly call: ProviderCall }
  | { readonly kind: 'rotation'; readonly rotation: Rotation }
  | { readonly kind: 'environment'; readonly name: string; readonly findings: readonly Finding[] }

/** Collects the findings of one environment. */
export class Sink {
  readonly findings: Finding[] = []

  diagnostic(diagnostic: Diagnostic): void {
    this.findings.push({ kind: 'diagnostic', diagnostic })
  }

  call(call: ProviderCall): void {
    this.findings.push({ kind: 'call', call })
  }

  rotation(rotation: Rotation): void {
    this.findings.push({ kind: 'rotation', rotation })
  }

  environment(name: string, findings: readonly Finding[]): void {
    this.findings.push({ kind: 'environment', name, findings })
  }
}

export interface Gathered {
  readonly diagnostics: Diagnostic[]
  readonly calls: ProviderCall[]
  readonly rotations: Rotation[]
}

/** All findings in order, those of imported environments where they were found first. */
export function gather(findings: readonly Finding[]): Gathered {
  const gathered: Gathered = { diagnostics: [], calls: [], rotations: [] }
  const visit = (list: readonly Finding[]): void => {
    for (const finding of list) {
      if (finding.kind === 'diagnostic') gathered.diagnostics.push(finding.diagnostic)
      else if (finding.kind === 'call') gathered.calls.push(finding.call)
      else if (finding.kind === 'rotation') gathered.rotations.push(finding.rotation)
      else visit(finding.findings)
    }
  }
  visit(findings)
  return gathered
}
