import type { Diagnostic } from '@/lib/language'

/** What lib/providers/failure.ts packs into one sentence, taken apart again for showing. */
export interface CloudRefusal {
  code: string
  answer: string
  advice: string
  sent: { issuer: string; subject: string; audience: string }
}

const pattern = /(\w+): (.*?)\. Sent: issuer "([^"]*)", subject "([^"]*)", audience "([^"]*)"\. (.*)$/s

/** @returns undefined for diagnostics that are not a cloud's refusal of an identity token */
export function cloudRefusalOf({ summary, detail }: Diagnostic): CloudRefusal | undefined {
  const match = pattern.exec(detail ? `${summary} ${detail}` : summary)
  if (!match) return undefined
  const [, code = '', answer = '', issuer = '', subject = '', audience = '', advice = ''] = match
  return { code, answer, advice, sent: { issuer, subject, audience } }
}
