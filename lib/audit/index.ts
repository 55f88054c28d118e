/** The audit log: one hash chain per organization, written with the effect it records. */
export { type AuditEvent, appendAudit, appendAuditWith, type RecordedEffect } from './append'
export type { AuditValue } from './canonical'
export { consumeOutbox, type OutboxConsumer, type OutboxEntry } from './outbox'
export { recordUnlessLately } from './repeated'
export { type ChainProblem, type ChainReport, verifyChain } from './verify'
