/** What a story needs to be there beforehand, made and read through the HTTP API. */
import type { OpenEsc } from '../../tests/peers/openesc'

export interface StoredDefinition {
  /** `project/name`. */
  name: string
  definition: string
}

/** Creates the environment if it is missing, and saves the definition. */
export async function store({ api }: OpenEsc, { name, definition }: StoredDefinition): Promise<void> {
  const [project, short] = name.split('/')
  await api('/api/esc/environments/acme', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ project, name: short }),
  })
  const saved = await api(`/api/esc/environments/acme/${name}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/x-yaml' },
    body: definition,
  })
  if (!saved.ok) throw new Error(`${name}: ${saved.status} ${await saved.text()}`)
}

/** The newest definition as it is stored. */
export async function stored({ api }: OpenEsc, name: string): Promise<string> {
  return (await api(`/api/esc/environments/acme/${name}`)).text()
}
