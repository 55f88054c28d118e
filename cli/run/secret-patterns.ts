/** Shorter secrets are not masked: they would turn any text into masks (the rule of the reference). */
export const shortestSecretBytes = 3
/** Forms derived from shorter secrets are not masked, for the same reason. */
export const shortestDerivedBytes = 8

/**
 * What to look for so that a secret does not show: its bytes, the same with other line ends and without the last one,
 * and what is left of it in base64, in a URL and in JSON. Other encodings (hex, compression, encryption, a change of
 * case, shell quoting of single characters) are not recognised.
 */
export function secretPatterns(secrets: Iterable<string>): Uint8Array[] {
  const texts = new Set<string>()
  for (const secret of new Set(secrets)) {
    for (const form of lineForms(secret)) {
      texts.add(form)
      for (const derived of derivedForms(form)) texts.add(derived)
    }
  }
  return [...texts].map((text) => Buffer.from(text)).filter((bytes) => bytes.length >= shortestSecretBytes)
}

/** A shell's `$(…)` drops the last line ends, and terminals and Windows write `\r\n`. */
function lineForms(secret: string): string[] {
  const unix = secret.replaceAll('\r\n', '\n')
  const trimmed = unix.replace(/\n+$/, '')
  return [secret, unix, trimmed, ...(unix.includes('\n') ? [crlf(unix), crlf(trimmed)] : [])]
}

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n')
}

function derivedForms(secret: string): string[] {
  const bytes = Buffer.from(secret)
  if (bytes.length < shortestDerivedBytes) return []
  return [
    ...base64Forms(bytes, 'base64'),
    ...base64Forms(bytes, 'base64url'),
    encodeURIComponent(bytes.toString()),
    JSON.stringify(secret).slice(1, -1),
  ]
}

/**
 * The characters that a secret's bytes determine, for each of the three places where it can begin in the groups of
 * base64. The characters at the ends also depend on the neighbours and stay visible: at most five bits of the secret.
 */
function base64Forms(bytes: Buffer, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
    const first = Math.ceil((offset * 8) / 6)
    const end = Math.floor((shifted.length * 8) / 6)
    return shifted.toString(encoding).slice(first, end)
  })
}
