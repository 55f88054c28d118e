/**
 * Request bodies are read as bytes and decoded by what the route expects: the official command line sends YAML, and
 * nothing at all, as `application/json` (http-api.md §1.2, trap 4).
 */
import { Failure } from '@/lib/failure'
import type { Api, BodyFormat } from './api'

export function readBodiesByRoute(api: Api): void {
  api.removeAllContentTypeParsers()
  api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  // Fastify answers 415 to a content type that it cannot parse, before any parser is asked.
  api.addHook('onRequest', (request, _reply, done) => {
    if (request.headers['content-type'] !== undefined) {
      request.headers['content-type'] = 'application/octet-stream'
    }
    done()
  })
  api.addHook('preValidation', (request, _reply, done) => {
    const { schema, config } = request.routeOptions
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    request.body = schema?.body === undefined ? undefined : decode(raw, config.body ?? 'json')
    done()
  })
}

/** An empty body is an empty definition, and an object without members. */
function decode(raw: Buffer, format: BodyFormat): unknown {
  const text = decodeText(raw)
  if (format === 'yaml') return text
  if (text.trim() === '') return {}
  return format === 'form' && !text.trimStart().startsWith('{')
    ? Object.fromEntries(new URLSearchParams(text))
    : parseJson(text)
}

function decodeText(raw: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)
  } catch {
    throw new Failure('invalid', 'Bad Request: the body is not valid UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message quotes the text, which could be secret.
    throw new Failure('invalid', 'Bad Request: the body is not valid JSON')
  }
}
