/**
 * One shape for every rotator. A rotation is two steps, so that it survives being killed anywhere: `prepare` decides and
 * makes the new secrets without changing anything outside, the plan is stored sealed, and only then `apply` makes it so.
 * `apply` may run again with the same plan; it must never harm the credential that is current.
 */
import { createHash } from 'node:crypto'
import type * as z from 'zod'
import {
  Annotated,
  type ExternalValue,
  type Json,
  type JsonObject,
  type Opened,
  type Rotator,
  type RotatorContext,
  stringifyJson,
} from '@/lib/language'
import { markSecrets } from '@/lib/providers/mark'
import { parseInputs } from '@/lib/providers/parse-inputs'
import { languageSchema } from '@/lib/providers/schema'
import type { RotationJournal } from './journal'

export interface RotationCall<Inputs, State> {
  inputs: Inputs
  /** Undefined before the first rotation. */
  state: State | undefined
}

export interface RotatorDefinition<
  Inputs extends z.ZodType,
  State extends z.ZodType,
  Plan extends z.ZodType,
  Outputs extends z.ZodType,
> {
  /** Kebab-case, as written after `fn::rotate::`. */
  name: string
  /** One sentence for completion, hover and the reference. */
  description: string
  /** What only a rotation needs, such as the managing login, carries `.meta({ rotateOnly: true })`. */
  inputs: Inputs
  /** An object; its secret leaves carry `.meta({ secret: true })`, never the whole of it (providers.md §5.1). */
  state: State
  outputs: Outputs
  plan: Plan
  /**
   * Changes nothing outside.
   *
   * @param interrupted the plan of a rotation of the same call that may or may not have been applied
   * @throws ProviderFailure
   */
  prepare(
    call: RotationCall<z.output<Inputs>, z.output<State>> & { interrupted: z.output<Plan> | undefined },
    context: RotatorContext,
  ): Promise<z.output<Plan>>
  /** @throws ProviderFailure */
  apply(
    call: RotationCall<z.output<Inputs>, z.output<State>> & { plan: z.output<Plan> },
    context: RotatorContext,
  ): Promise<z.output<State>>
  /** What the environment sees; called without the inputs that are for rotation only. Undefined = not rotated yet. */
  open(state: z.output<State> | undefined, inputs: JsonObject): z.output<Outputs> | undefined
}

/** A rotator that keeps a journal. {@link withJournal} makes it one that the evaluator can call. */
export interface JournaledRotator extends Omit<Rotator, 'rotate'> {
  readonly description: string
  rotate(
    inputs: JsonObject,
    state: Json,
    context: RotatorContext,
    journal: RotationJournal,
  ): Promise<ExternalValue>
}

export function defineRotator<
  Inputs extends z.ZodType,
  State extends z.ZodType,
  Plan extends z.ZodType,
  Outputs extends z.ZodType,
>(definition: RotatorDefinition<Inputs, State, Plan, Outputs>): JournaledRotator {
  const { name, description } = definition
  const schema = {
    description,
    inputs: languageSchema(definition.inputs),
    state: languageSchema(definition.state),
    outputs: languageSchema(definition.outputs),
  }
  const readState = (state: Json) =>
    state === null ? undefined : definition.state.parse(JSON.parse(stringifyJson(state)))
  const open = (inputs: JsonObject, state: Json): Opened => {
    const output = definition.open(readState(state), inputs)
    return {
      output: output === undefined ? notRotatedYet : markSecrets(output, schema.outputs),
      ...(state === null && { warning: 'not rotated yet: rotate the environment to get its values' }),
    }
  }
  const rotate: JournaledRotator['rotate'] = async (inputs, state, context, journal) => {
    const call = { inputs: parseInputs(name, definition.inputs, inputs), state: readState(state) }
    const basis = fingerprint(state)
    const left = await journal.find()
    // Done, but the process ended before the state was written: the rotation ends here instead of starting anew.
    const done = left?.basis === basis ? definition.state.safeParse(left.state) : undefined
    if (done?.success) return markSecrets(done.data, schema.state)
    const interrupted = definition.plan.safeParse(left?.plan).data
    const plan = await definition.prepare({ ...call, interrupted }, context)
    await journal.keep({ basis, plan })
    const next = await definition.apply({ ...call, plan }, context)
    await journal.keep({ basis, plan, state: next })
    return markSecrets(next, schema.state)
  }
  return { name, description, schema: () => schema, open, rotate }
}

/** @param journalOf of the call that rotates */
export function withJournal(
  rotator: JournaledRotator,
  journalOf: (context: RotatorContext) => RotationJournal,
): Rotator {
  return {
    ...rotator,
    rotate: (inputs, state, context) => rotator.rotate(inputs, state, context, journalOf(context)),
  }
}

/** Known only once it is rotated: what depends on it stays unknown until then. */
const notRotatedYet = new Annotated(null, { unknown: true })

/** Tells states apart without keeping them. */
function fingerprint(state: Json): string {
  return createHash('sha256').update(stringifyJson(state)).digest('hex')
}
