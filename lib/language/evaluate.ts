import type { Evaluation, RotationEvaluation } from './eval/evaluation'
import type { CheckOptions, EvaluationOptions, RotateOptions } from './eval/options'

const NOTHING: RotationEvaluation = {
  environment: undefined,
  diagnostics: [],
  calls: [],
  environments: [],
  rotations: [],
}

/** Evaluates without calling any provider; what only a provider knows is unknown (spec §16). */
export async function checkDefinition(_options: CheckOptions): Promise<Evaluation> {
  return NOTHING
}

/** Evaluates for real: decrypts and opens providers. */
export async function openDefinition(_options: EvaluationOptions): Promise<Evaluation> {
  return NOTHING
}

/** Like {@link openDefinition}, and rotates the selected `fn::rotate` calls of the root (spec §17). */
export async function rotateDefinition(_options: RotateOptions): Promise<RotationEvaluation> {
  return NOTHING
}
