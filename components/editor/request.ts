import type { Diagnostic } from '@/lib/language'

/** A route handler's refusal, or that there was no answer at all. */
export interface RequestRefusal {
  code: string
  message: string
  scope?: string
  diagnostics?: Diagnostic[]
}

export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: RequestRefusal }

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
    const answer = await response.json()
    return response.ok ? { ok: true, value: answer } : { ok: false, refusal: answer }
  } catch (error) {
    if (signal?.aborted) throw error
    return { ok: false, refusal: { code: 'unreachable', message: '' } }
  }
}
