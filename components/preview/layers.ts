import type { ExportedValue } from '@/lib/language'
import { JsonNumber } from '@/lib/language/text/json'

/** One definition that set a value: the first of them won, each later one was laid over. */
export interface Layer {
  environment: string
  /** From 1; absent for values that nobody wrote, such as the context. */
  line?: number
  column?: number
  state: 'plain' | 'secret' | 'unknown' | 'collection'
  text?: string
}

/** The chain of definitions that set a value, the winner first. */
export function layersOf(value: ExportedValue): Layer[] {
  const layers: Layer[] = []
  for (let at: ExportedValue | undefined = value; at?.trace; at = at.trace.base) layers.push(layerOf(at))
  return layers
}

function layerOf(value: ExportedValue): Layer {
  const { environment = '', begin } = value.trace.def
  return {
    environment,
    ...(begin.line > 0 && { line: begin.line, column: begin.column }),
    ...contentOf(value),
  }
}

function contentOf({ value, secret, unknown }: ExportedValue): Pick<Layer, 'state' | 'text'> {
  if (secret) return { state: 'secret' }
  if (unknown) return { state: 'unknown' }
  if (value instanceof JsonNumber) return { state: 'plain', text: value.text }
  if (typeof value === 'object' && value !== null) return { state: 'collection' }
  return { state: 'plain', text: String(value ?? null) }
}
