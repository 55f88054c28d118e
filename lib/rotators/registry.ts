/** All rotators by name. Adding one here is all that the evaluator, the API and the editor need. */
import { awsIam } from './aws-iam'
import { azureAppSecret } from './azure-app-secret'
import type { JournaledRotator } from './define'
import { external } from './external'
import { mysql } from './mysql'
import { passphrase } from './passphrase'
import { password } from './password'
import { postgres } from './postgres'
import { snowflakeUser } from './snowflake-user'

const rotators: ReadonlyMap<string, JournaledRotator> = new Map(
  [awsIam, azureAppSecret, external, mysql, passphrase, password, postgres, snowflakeUser].map((rotator) => [
    rotator.name,
    rotator,
  ]),
)

export function findRotator(name: string): JournaledRotator | undefined {
  return rotators.get(name)
}

export function listRotators(): readonly JournaledRotator[] {
  return [...rotators.values()]
}
