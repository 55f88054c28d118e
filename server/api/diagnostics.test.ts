import { expect, it } from 'vitest'
import { wireDiagnostics } from './diagnostics'

it('keeps what official clients do not know from them', () => {
  const refusal = { provider: 'aws-login', code: 'AccessDenied', answer: 'no', advice: 'Ask.' }
  expect(
    wireDiagnostics([{ severity: 'error', code: 'provider', summary: 'AccessDenied: no. Ask.', refusal }]),
  ).toEqual([{ severity: 'error', summary: 'AccessDenied: no. Ask.' }])
})
