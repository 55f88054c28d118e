import { Failure } from '@/lib/failure'
import { teamNameProblem, titleProblem } from './names'

/** @throws Failure `invalid` naming the field */
export function requireTitle(name: string, field: string): void {
  const problem = titleProblem(name)
  if (problem) throw new Failure('invalid', problem.message, { field })
}

/** @throws Failure `invalid` naming the field */
export function requireTeamName(name: string, field: string): void {
  const problem = teamNameProblem(name)
  if (problem) throw new Failure('invalid', problem.message, { field })
}
