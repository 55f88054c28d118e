import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { listEnvironments } from '@/lib/environments/list'
import type { LanguageContext, ProviderInfo } from '@/lib/language/analysis'
import { listProviders } from '@/lib/providers/registry'
import { listRotators } from '@/lib/rotators/registry'

export type LanguageData = Pick<LanguageContext, 'providers' | 'environments'>

/** Import names that completion knows at most. */
const mostEnvironments = 500

/** What the language service in the browser must know beside the text. */
export async function languageData(actor: Actor, organization: string): Promise<LanguageData> {
  const { environments } = await listEnvironments(actor, { organization, limit: mostEnvironments })
  return {
    providers: [
      ...listProviders().map(
        (each): ProviderInfo => ({ name: each.name, kind: 'provider', ...each.schema() }),
      ),
      ...listRotators().map((each): ProviderInfo => ({ name: each.name, kind: 'rotator', ...each.schema() })),
    ],
    environments: environments.map(({ project, name }) => ({ name: `${project}/${name}` })),
  }
}
