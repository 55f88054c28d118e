import type { Diagnostic } from '@/lib/language'

/** Why a route handler did not do it, or that there was no answer at all (`unreachable`). */
export interface RequestRefusal {
  ok: false
  code: string
  message: string
  scope?: string
  diagnostics?: Diagnostic[]
}

/** As app/outcome.ts writes it. */
export type Answer<T> = { ok: true; value: T } | RequestRefusal

export interface JsonRequest {
  method: 'POST' | 'DELETE'
  body: unknown
  signal?: AbortSignal
}

/**
 * Asks a route handler of this console. What a route answers is typed by its use case; both ends are built together.
 *
 * @throws DOMException `AbortError` when `signal` aborts
 */
export async function requestJson<T>(url: string, { method, body, signal }: JsonRequest): Promise<Answer<T>> {
  try {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      ...(signal && { signal }),
    })
    return await response.json()
  } catch (error) {
    if (signal?.aborted) throw error
    return { ok: false, code: 'unreachable', message: '' }
  }
}
