/** What the runner and the server process say to one another. */
import type { SeedEnvironment } from './scenario'

export interface SeedRequest {
  readonly kind: 'seed'
  readonly environments: readonly SeedEnvironment[]
  /** Whether a gate stands before opening each of them: the scenarios' service takes any request for access. */
  readonly gated: boolean
}

export type ServerMessage =
  | { readonly kind: 'listening'; readonly port: number; readonly token: string }
  | { readonly kind: 'seeded'; readonly names: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly reason: string }
