/** The audit log as text for other programs (console.md §14). Pure. */
import type { AuditEntry } from './audit-log'

export type AuditFormat = 'csv' | 'json' | 'cef'

/** Text that comes before the first entry. */
export function auditHeader(format: AuditFormat): string {
  return format === 'csv' ? `${columns.map(([title]) => title).join(',')}\r\n` : ''
}

/** One line per entry, with its end. JSON is one object per line. */
export function formatAuditEntry(entry: AuditEntry, format: AuditFormat): string {
  switch (format) {
    case 'csv':
      return `${columns.map(([, value]) => csvCell(value(entry))).join(',')}\r\n`
    case 'json':
      return `${JSON.stringify(entry)}\n`
    case 'cef':
      return `${cefLine(entry)}\n`
  }
}

const columns: [string, (entry: AuditEntry) => string][] = [
  ['Timestamp', ({ at }) => at],
  ['Login', ({ user }) => user.login],
  ['Event', ({ event }) => event],
  ['Description', ({ description }) => description],
  ['Environment', ({ environment }) => environment?.name ?? ''],
  ['SourceIP', ({ address }) => address],
  ['Credential', ({ credential }) => `${credential.kind} ${credential.id}`],
  ['RequestID', ({ requestId }) => requestId],
  ['AuthenticationFailure', (entry) => String(isFailureEvent(entry))],
  ['Sequence', ({ sequence }) => String(sequence)],
  ['Hash', ({ hash }) => hash],
]

/**
 * A cell that begins like a formula would be run by a spreadsheet (W05): an apostrophe makes it text. Quotes hold together
 * what somebody's spreadsheet may divide at a semicolon or a tab.
 */
function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

/** ArcSight Common Event Format 0: seven header fields, then `key=value` pairs, each with escapes of its own. */
function cefLine(entry: AuditEntry): string {
  const header = ['CEF:0', 'OpenESC', 'OpenESC', '1', entry.event, entry.description].map(cefHeader)
  const extension = {
    rt: String(Date.parse(entry.at)),
    src: entry.address,
    suser: entry.user.login,
    suid: entry.user.id,
    externalId: String(entry.sequence),
    cs1Label: 'environment',
    cs1: entry.environment?.name ?? '',
    outcome: isFailureEvent(entry) ? 'failure' : 'success',
  }
  const pairs = Object.entries(extension)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${cefValue(value)}`)
  return [...header, isFailureEvent(entry) ? '6' : '3', pairs.join(' ')].join('|')
}

function cefHeader(text: string): string {
  return text.replace(/[\\|]/g, '\\$&').replace(/[\r\n]+/g, ' ')
}

function cefValue(text: string): string {
  return text.replace(/[\\=]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n')
}

function isFailureEvent({ event }: AuditEntry): boolean {
  return event.startsWith('auth-failure') || event.endsWith('-failed') || event.includes('unauthorized')
}
