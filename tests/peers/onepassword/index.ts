/** A double of a 1Password Connect server: it checks its token, filters by name, and gives whole items by id. */
import {
  bearerOf,
  type Double,
  type DoubleAnswer,
  DoubleFault,
  type DoubleRequest,
  startDouble,
} from '../double'

export interface ConnectItem {
  id: string
  title: string
  sections?: { id: string; label: string }[]
  fields: { id: string; label: string; value?: string; totp?: string; section?: { id: string } }[]
}

export interface ConnectOptions {
  token: string
  vaults: { id: string; name: string; items: ConnectItem[] }[]
}

export function startConnect({ token, vaults }: ConnectOptions): Promise<Double> {
  return startDouble((request) => {
    if (bearerOf(request) !== token) throw failed(401, 'Invalid bearer token')
    const [, , , vaultId, , itemId] = request.path.split('/')
    if (!request.path.startsWith('/v1/vaults')) throw failed(404, 'no such route')
    if (vaultId === undefined || vaultId === '') return list(request, 'name', vaults)
    const vault = vaults.find(({ id }) => id === vaultId)
    if (!vault) throw failed(404, 'vault not found')
    if (itemId === undefined || itemId === '') {
      const items = vault.items.map((item) => ({ ...item, vault: { id: vaultId } }))
      return list(request, 'title', items)
    }
    const item = vault.items.find(({ id }) => id === itemId)
    if (!item) throw failed(404, 'item not found')
    return { status: 200, body: { ...item, vault: { id: vaultId }, category: 'LOGIN' } }
  })
}

type Named = { id: string; name?: string; title?: string; vault?: { id: string } }

function list({ query }: DoubleRequest, property: 'name' | 'title', all: readonly Named[]): DoubleAnswer {
  // The SDK asks for vaults by title, the reference documents their name.
  const filter = query.get('filter')
  const [, wanted] = new RegExp(`^(?:${property}|title) eq "([^"]*)"$`).exec(filter ?? '') ?? []
  if (filter !== null && wanted === undefined) throw failed(400, 'Invalid filter')
  const found = all.filter((each) => wanted === undefined || each[property] === wanted)
  return { status: 200, body: found.map(({ id, name, title, vault }) => ({ id, name, title, vault })) }
}

function failed(status: number, message: string): DoubleFault {
  return new DoubleFault({ status, body: { status, message } })
}
