import { expect, it } from 'vitest'
import { type AuditFormat, auditHeader, formatAuditEntry } from './audit-formats'
import type { AuditEntry } from './audit-log'

const opened: AuditEntry = {
  sequence: 7,
  at: '2026-11-23T10:20:30.400Z',
  event: 'environment-open',
  description: 'Opened the environment shop/prod',
  user: { kind: 'person', id: 'u-1', login: 'ada' },
  credential: { kind: 'access_token', id: 't-1' },
  address: '203.0.113.9',
  requestId: 'r-1',
  environment: { id: 'e-1', name: 'shop/prod' },
  data: { revision: 3 },
  hash: 'c0ffee',
}

/** Everything that a format could mistake for its own. */
const hostile: AuditEntry = {
  ...opened,
  sequence: 8,
  event: 'user-login-failed',
  description: '=cmd|" /C calc",\\x=y\nsecond line',
  user: { kind: 'person', id: 'u|2', login: '@mal=lory' },
  data: null,
}
delete hostile.environment

const formatted = (format: AuditFormat) =>
  auditHeader(format) + [opened, hostile].map((entry) => formatAuditEntry(entry, format)).join('')

it('writes CSV that a spreadsheet takes for text', () => {
  expect(formatted('csv')).toBe(
    [
      'Timestamp,Login,Event,Description,Environment,SourceIP,Credential,RequestID,AuthenticationFailure,Sequence,Hash',
      '2026-11-23T10:20:30.400Z,ada,environment-open,Opened the environment shop/prod,shop/prod,203.0.113.9,access_token t-1,r-1,false,7,c0ffee',
      `2026-11-23T10:20:30.400Z,'@mal=lory,user-login-failed,"'=cmd|"" /C calc"",\\x=y\nsecond line",,203.0.113.9,access_token t-1,r-1,true,8,c0ffee`,
      '',
    ].join('\r\n'),
  )
})

it('writes CEF with the escapes of its header and of its extension', () => {
  expect(formatted('cef')).toBe(
    [
      'CEF:0|OpenESC|OpenESC|1|environment-open|Opened the environment shop/prod|3|rt=1795429230400 src=203.0.113.9 suser=ada suid=u-1 externalId=7 cs1Label=environment cs1=shop/prod outcome=success',
      'CEF:0|OpenESC|OpenESC|1|user-login-failed|=cmd\\|" /C calc",\\\\x=y second line|6|rt=1795429230400 src=203.0.113.9 suser=@mal\\=lory suid=u|2 externalId=8 cs1Label=environment outcome=failure',
      '',
    ].join('\n'),
  )
})

it('writes one JSON object per line', () => {
  const lines = formatted('json').split('\n')
  expect(lines.map((line) => (line === '' ? '' : JSON.parse(line)))).toEqual([
    opened,
    JSON.parse(JSON.stringify(hostile)),
    '',
  ])
})
