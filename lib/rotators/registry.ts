/** All rotators by name. Adding one here is all that the evaluator, the API and the editor need. */
import { awsIam } from './aws-iam'
import type { JournaledRotator } from './define'
import { external } from './external'
import { mysql } from './mysql'
import { passphrase } from './passphrase'
import { password } from './password'
import { postgres } from './postgres'

const rotators: ReadonlyMap<string, JournaledRotator> = new Map(
  [awsIam, external, mysql, passphrase, password, postgres].map((rotator) => [rotator.name, rotator]),
)

export function findRotator(name: string): JournaledRotator | undefined {
  return rotators.get(name)
}

export function listRotators(): readonly JournaledRotator[] {
  return [...rotators.values()]
}
