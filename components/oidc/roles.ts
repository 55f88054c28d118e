import type { MakerExpr } from '@/components/preview/maker'
import type { PackedEvaluation } from '@/components/preview/wire'

/** The role ARNs written as literals in the definition's `aws-login` calls, in the order of the text. */
export function awsRoleArns(environment: Pick<PackedEvaluation, 'exprs'> | undefined): string[] {
  return Object.values(environment?.exprs ?? {}).flatMap(arnsIn)
}

function arnsIn(expr: MakerExpr): string[] {
  if (expr.builtin?.name === 'fn::open::aws-login') return roleArnOf(expr.builtin.arg)
  const children = [...Object.values(expr.object ?? {}), ...(expr.list ?? [])]
  return children.flatMap(arnsIn)
}

function roleArnOf(inputs: MakerExpr): string[] {
  const literal = inputs.object?.oidc?.object?.roleArn?.literal
  return typeof literal === 'string' ? [literal] : []
}
