import type { Definition } from '../ast/definition'
import { mergedSchema } from '../schema/merge'
import type { EvaluatedEnvironment } from './evaluation'
import { Exporter, exportOptionalSchema } from './export'
import type { RootResult, Round } from './round'

/** The exported form of an evaluated environment (spec §15.4). */
export function exportEnvironment(result: RootResult, round: Round): EvaluatedEnvironment {
  const exporter = new Exporter(round.run.options.name, round.budget)
  const { value, root, context } = result
  const contextProperties = exporter.properties(context)
  const properties = exporter.properties(value)
  const exprs = root.form.kind === 'object' ? exporter.exprs(root.form.sorted) : {}
  const merged = value.base === undefined ? value.schema : mergedSchema(value.base.schema, value.schema)
  const schema = exportOptionalSchema(merged)
  const contextSchema = exportOptionalSchema(context.schema)
  return {
    ...nonEmpty('exprs', exprs),
    ...nonEmpty('properties', properties),
    ...(schema !== undefined && { schema }),
    executionContext: {
      ...nonEmpty('properties', contextProperties),
      ...(contextSchema !== undefined && { schema: contextSchema }),
    },
  }
}

/** The map as a member of that name, or nothing. */
function nonEmpty<K extends string, T extends object>(name: K, map: T): { readonly [name in K]?: T } {
  for (const _key in map) return { [name]: map } as { readonly [name in K]?: T } // a computed key widens to string
  return {}
}

/** Whether there is anything to evaluate (spec §15.4). */
export function hasContent(definition: Definition): boolean {
  return (definition.values?.entries?.length ?? 0) > 0 || (definition.imports?.elements?.length ?? 0) > 0
}
